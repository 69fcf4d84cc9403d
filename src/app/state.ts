/** Composition of looks into the state: opened for reading, beside whoever writes it. */

import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import type { DatabaseSpace } from '../store/space.js';
import { openState, type State } from '../store/state.js';
import { stateFolderOf } from './folders.js';

/** Errors: those of opening it (data-missing, file-unreadable) and of `work`. */
export async function withState<T>(
  config: Config,
  work: (state: State) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const state = openState(stateFolderOf(config), { readOnly: true });
  if (!state.ok) return state;
  try {
    return await work(state.value);
  } finally {
    await state.value.close();
  }
}

export interface StateSpace {
  /** With a history. */
  readonly users: number;
  readonly films: number;
  /** Pairs of user and film. */
  readonly interactions: number;
  readonly bytesOnDisk: number;
  /** Histories, facts and profiles, for each user with a history; 0 without any. */
  readonly bytesPerUser: number;
  /** Catalogue and viewers, for each film; 0 without any. */
  readonly bytesPerFilm: number;
  readonly databases: readonly DatabaseSpace[];
}

const OF_USERS = ['histories', 'users', 'profiles'];
const OF_FILMS = ['films', 'film-index', 'viewers'];

/** Errors: data-missing, file-unreadable. */
export const stateSpace = (config: Config): Promise<Result<StateSpace>> =>
  withState(config, (state) => {
    const stats = state.stats();
    const databases = state.space();
    const each = (names: readonly string[], count: number): number => {
      const bytes = databases.reduce((sum, database) => sum + (names.includes(database.name) ? database.bytes : 0), 0);
      return count === 0 ? 0 : bytes / count;
    };
    const bytesPerUser = each(OF_USERS, stats.users);
    return succeed({ ...stats, bytesPerUser, bytesPerFilm: each(OF_FILMS, stats.films), databases });
  });
