/** A state of a million users with ten films and a profile each, with and without the users' own words: what it takes on disk, and how soon it answers. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { unwrap } from '../../src/core/errors.js';
import { built } from '../../src/core/package.js';
import { random, type Random } from '../../src/core/random.js';
import type { KnownFilm } from '../../src/sim/catalogue/films.js';
import { createSimWorld, type SimWorld } from '../../src/sim/world.js';
import type { HistoryEvent } from '../../src/store/histories.js';
import { openState, type State } from '../../src/store/state.js';
import { byForm, wholeBar } from '../harness/form.js';
import { prepared } from '../harness/prepared.js';
import { figureRow, type Row } from '../harness/rows.js';
import { startServer } from '../harness/server.js';
import { serveWorld } from '../harness/world.js';
import { simSources } from './log.js';
import { inState } from './run.js';

const USERS = byForm({ short: 20_000, usual: 1_000_000 });
const FILMS_A_USER = 10;
/** Users come back: their films arrive in so many visits, and everybody in any order. */
const VISITS = 2;
const ROUNDS = byForm({ short: 1, usual: 5 });
/** As many as a commit of the ingest holds while it catches up and there are many users. */
const USERS_A_TRANSACTION = 16_384;
const WATCHED_MS = 1_767_225_600_000;

export async function measureFullState(): Promise<Row[]> {
  const { program, dataDir: known } = await serveWorld(20);
  const [plain, told] = [await fullState(known, 'plain'), await fullState(known, 'told')];
  const opened: number[] = [];
  const ready: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    opened.push(await openOnce(join(told, 'state')));
    const server = await startServer([...program, '--data-dir', told]);
    ready.push(server.readySeconds);
    await server.stop();
  }
  const note = 'with what users say of themselves; its file is in the page cache';
  return [
    ...(await inState(plain, (state) => spaceRows(state, 'plain', wholeBar(400)))),
    ...(await inState(told, (state) => spaceRows(state, 'told'))),
    figureRow({ name: 'full state: opened and a history read', unit: 's', ours: opened, bar: 2, note }),
    figureRow({ name: 'full state: service ready', unit: 's', ours: ready, bar: 2, note }),
  ];
}

/** Whether profiles have age, occupation and gender alone, or also what 70 % of the users say of themselves. */
type Profiles = 'plain' | 'told';

const noteOf: Readonly<Record<Profiles, string>> = {
  plain: 'profiles with age, occupation and gender',
  told: 'profiles also with the likes and dislikes that 70 % of the users tell, in their own words',
};

/** Its data folder. */
const fullState = (known: string, profiles: Profiles): Promise<string> =>
  prepared({
    bench: 'bench-ingest',
    what: `a state of ${USERS} users with ${FILMS_A_USER} films and a profile each (${profiles})`,
    sources: [
      ...simSources,
      'bench/ingest/full-state.js',
      'src/store/history-codec.js',
      'src/store/meta.js',
      'src/store/users.js',
    ],
    shape: [USERS, FILMS_A_USER, VISITS, profiles === 'told' ? 1 : 0],
    make: async (part) => {
      const films = await inState(known, (state) => Array.from(state.films.all(), ([, film]) => film));
      await fill(join(part, 'state'), films, profiles);
    },
  });

/** Of every database that matters, and of what is in no database. */
function spaceRows(state: State, profiles: Profiles, bar?: number): Row[] {
  const { bytesOnDisk } = state.stats();
  const spaces = state.space();
  const bytesOf = (name: string): number => spaces.find((space) => space.name === name)!.bytes;
  const used = spaces.reduce((sum, { bytes }) => sum + bytes, 0);
  const note = `${USERS} users × ${FILMS_A_USER} films, ${noteOf[profiles]}`;
  const row = (what: string, bytes: number): Row =>
    figureRow({ name: `full state (${profiles}): ${what}`, unit: 'MB', ours: [bytes / 1e6] });
  return [
    figureRow({
      ...{ name: `full state (${profiles}): on disk`, unit: 'MB', ours: [bytesOnDisk / 1e6], note },
      ...(bar === undefined ? {} : { bar }),
    }),
    row('of it histories', bytesOf('histories')),
    row('of it profiles', bytesOf('users')),
    row('of it films and their viewers', bytesOf('films') + bytesOf('film-index') + bytesOf('viewers')),
    row('of it pages free for later', bytesOnDisk - used),
  ];
}

async function fill(folder: string, known: readonly KnownFilm[], profiles: Profiles): Promise<void> {
  const site = createSimWorld({ seed: 1, films: known.length, users: USERS, known });
  const draws = random(1);
  const users = Uint32Array.from({ length: USERS }, (_, i) => 1 + i);
  const state = unwrap(openState(folder));
  state.transaction(() => {
    for (let film = 0; film < known.length; film++) state.films.put(site.film(film));
  });
  const inAnyOrder = (write: (user: number) => void): void => {
    shuffle(users, draws);
    for (let first = 0; first < USERS; first += USERS_A_TRANSACTION) {
      state.transaction(() => {
        users.subarray(first, first + USERS_A_TRANSACTION).forEach(write);
      });
    }
  };
  for (let visit = 0; visit < VISITS; visit++) {
    inAnyOrder((user) => state.histories.merge(user, viewings(site, draws, visit)));
    if (visit === 0) inAnyOrder((user) => putProfile(state, site, user, profiles));
  }
  await state.close();
}

function putProfile({ users }: State, site: SimWorld, user: number, profiles: Profiles): void {
  const { age, occupation, gender, likes, dislikes } = site.user(user)!;
  const words = profiles === 'told' ? { likes, dislikes } : {};
  users.put(user, { age, occupation, gender, ...words, lookedUpMs: WATCHED_MS });
}

/** The films of one visit: no film twice, also not in another one. */
function viewings(site: SimWorld, draws: Random, visit: number): HistoryEvent[] {
  const films = new Set<number>();
  while (films.size < FILMS_A_USER / VISITS) {
    const film = site.pickFilm(draws.uniform());
    if (film % VISITS === visit) films.add(film);
  }
  return Array.from(films, (film, i) => ({
    ...{ film, rating: null, minutes: 90 },
    timeMs: WATCHED_MS + (10 * visit + i) * 86_400_000,
  }));
}

/** Fisher and Yates. */
function shuffle(values: Uint32Array, { integer }: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const other = integer(i + 1);
    [values[i], values[other]] = [values[other]!, values[i]!];
  }
}

/** Seconds, in a process that has opened nothing before. */
async function openOnce(folder: string): Promise<number> {
  const child = fork(built('bench/ingest/open-state.js'), [folder]);
  const [seconds] = (await once(child, 'message')) as [number];
  return seconds;
}
