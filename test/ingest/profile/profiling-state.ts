/** A state with a few films, and a profiler that runs on it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unwrap } from '../../../src/core/errors.js';
import { createProfiler, type ProfilerParts, type ProfilerStatus } from '../../../src/ingest/profile/profiler.js';
import type { StoredProfile } from '../../../src/store/profiles.js';
import { openState, type State } from '../../../src/store/state.js';
import { genreNames, type Genre } from '../../../src/text/genre-words.js';

/** Known, and met by users, from the beginning. */
const titles = ['Star Wars', 'The Matrix', 'Heat', 'Airplane!', 'Ronin'];

export interface ProfilingState {
  readonly state: State;
  readonly folder: string;
  close(): Promise<void>;
}

export function profilingState(): ProfilingState {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
  const state = unwrap(openState(join(folder, 'state')));
  state.transaction(() => {
    for (const title of titles) addFilm(state, title);
  });
  return {
    ...{ state, folder },
    close: async () => {
      await state.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const addFilm = (state: State, title: string): number =>
  state.films.put({ id: title.toLowerCase().replace(/\W/g, '+'), title, year: 1990, genres: [] });

export interface Profiling {
  readonly statuses: ProfilerStatus[];
  /** Reads until nobody waits, or only for a model that fails. */
  drained(): Promise<void>;
  /** Ends it. */
  stopped(): Promise<void>;
}

export function startProfiler(state: State, model?: ProfilerParts['model']): Profiling {
  const statuses: ProfilerStatus[] = [];
  const profiler = createProfiler({
    ...{ state, model, seed: 1 },
    onStatus: (status) => {
      statuses.push(status);
    },
  });
  const running = profiler.run();
  return {
    statuses,
    drained: async () => {
      profiler.drain();
      unwrap(await running);
    },
    stopped: async () => {
      profiler.stop();
      unwrap(await running);
    },
  };
}

/** Waits for what another thread, or the next turn of a profiler, will bring about. */
export async function until(holds: () => boolean, withinMs = 5000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${withinMs} ms`);
    await sleep(5);
  }
}

const nothing: StoredProfile = {
  ...{ likedFilms: [], dislikedFilms: [], genres: [], era: null },
  ...{ popular: null, age: null, gender: null },
};

/** What is not given is not known. */
export const profile = (facts: Partial<StoredProfile>): StoredProfile => ({ ...nothing, ...facts });

export const genre = (name: Genre, strength: number): [number, number] => [genreNames.indexOf(name), strength];
