/** How fast self-descriptions become stored profiles, and what the profiles and the index of titles take. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { unwrap } from '../src/core/errors.js';
import { titlesIn } from '../src/ingest/profile/catalogue-titles.js';
import { readLane } from '../src/ingest/profile/local-readings.js';
import { bundledCatalogue } from '../src/sim/catalogue/bundled.js';
import { createSimWorld, type SimWorld } from '../src/sim/world.js';
import type { StoredProfile } from '../src/store/profiles.js';
import { openState, type State } from '../src/store/state.js';
import { byForm } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import { figureRow, type Row } from './harness/rows.js';

const known = bundledCatalogue();
/** The bundled films, and as many as the largest MovieLens edition with tags has: the others are invented. */
const catalogues = byForm({ short: [known.length], usual: [known.length, 27_278] });
const { speakers, rounds, stored, gets } = byForm({
  short: { speakers: 300, rounds: 2, stored: 20_000, gets: 100_000 },
  usual: { speakers: 4_000, rounds: 3, stored: 1_000_000, gets: 1_000_000 },
});
/** Met so often by all together: enough that films differ in how well they are known. */
const MEETINGS = 200_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

async function withState<T>(work: (state: State) => T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-bench-'));
  const state = unwrap(openState(folder));
  try {
    return work(state);
  } finally {
    await state.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** CPU seconds of all threads. */
function cpuOf(work: () => void): number {
  const from = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1e6;
}

/** After a round that warms. */
function measured(work: () => void): number[] {
  work();
  return Array.from({ length: rounds }, () => cpuOf(work));
}

/** The catalogue of a world, how often its films were met, and the first users who say something of themselves. */
function fill(state: State, world: SimWorld): number[] {
  const total = world.weights.reduce((sum, weight) => sum + weight, 0);
  const users: number[] = [];
  state.transaction(() => {
    for (const index of world.ids.keys()) {
      const { id, title, year, genres, overview } = world.film(index);
      const film = state.films.put({ id, title, year, genres, overview });
      for (let met = Math.round((MEETINGS * world.weights[index]!) / total); met > 0; met--) state.viewers.add(film);
    }
    for (let id = 1; users.length < speakers; id++) {
      const { age, gender, likes, dislikes } = world.user(id)!;
      if (likes === null) continue;
      users.push(id);
      state.users.put(id, { age, gender, likes, dislikes });
    }
  });
  return users;
}

function catalogueRows(state: State, films: number): Row[] {
  const users = fill(state, createSimWorld({ seed: 1, films, users: 100_000, known }));
  const named = `${films} films`;
  collect();
  const before = process.memoryUsage().heapUsed;
  let titles = titlesIn(state, 0);
  collect();
  const heapMb = (process.memoryUsage().heapUsed - before) / 1e6;
  const index = measured(() => (titles = titlesIn(state, 0)));
  const reading = measured(() => {
    state.transaction(() => {
      for (const user of users) state.profiles.want(user, 'again');
    });
    while (readLane(state, 'again', titles.index, undefined));
  });
  return [
    figureRow({ name: `index of titles, ${named}`, unit: 'CPU s', ours: index }),
    figureRow({ name: `index of titles, ${named}`, unit: 'MB of heap', ours: [heapMb] }),
    figureRow({
      ...{ name: `descriptions read and stored, ${named}`, unit: 'texts per CPU-second', better: 'higher' },
      ours: reading.map((seconds) => users.length / seconds),
    }),
  ];
}

function storageRows(state: State, profiles: readonly StoredProfile[]): Row[] {
  const users = Array.from({ length: stored }, (_, user) => user);
  for (let from = 0; from < stored; from += 10_000) {
    state.transaction(() => {
      for (const user of users.slice(from, from + 10_000)) state.profiles.put(user, profiles[user % profiles.length]);
    });
  }
  const { bytes } = state.space().find(({ name }) => name === 'profiles')!;
  let named = 0;
  const getting = measured(() => {
    for (let i = 0; i < gets; i++) named += state.profiles.get((i * 7919) % stored)!.likedFilms.length;
  });
  return [
    figureRow({ name: `${stored} profiles with words`, unit: 'bytes each on disk', ours: [bytes / stored] }),
    figureRow({
      ...{ name: 'profile read as a request reads it', unit: 'CPU µs' },
      ours: getting.map((seconds) => (1e6 * seconds) / gets),
      note: `anybody of ${stored}, ${(named / gets / (rounds + 1)).toFixed(2)} liked films each`,
    }),
  ];
}

printMachine();
const rows: Row[] = [];
let profiles: StoredProfile[] = [];
for (const films of catalogues) {
  await withState((state) => {
    rows.push(...catalogueRows(state, films));
    profiles = Array.from(state.users.all(), ([user]) => state.profiles.get(user)!);
  });
}
rows.push(...(await withState((state) => storageRows(state, profiles))));
reportRows('profiles', rows);
