/** From a stored profile, which knows films of the state, to a taste in rows of one model. */

import {
  LANE_SEEN,
  LANE_SEEN_COUNT,
  MODEL_FILMS,
  MODEL_FILM_TABLE,
  MODEL_ROW_OF,
  SEEN_MAX,
} from '../../assembly/layout.js';
import type { Taste } from '../cold/cold-vector.js';
import { groupsOf } from '../cold/group-lift.js';
import type { StoredProfile } from '../store/profiles.js';
import type { Stranger } from './strangers.js';
import type { Views } from './views.js';

/**
 * The stranger whose profile it is; undefined when nothing in it says anything to this model.
 * @param lane its user's, filled with what they met
 */
export function strangerOf(views: Views, model: number, lane: number, profile: StoredProfile): Stranger | undefined {
  const { likedFilms, dislikedFilms, genres, era, popular, age, gender } = profile;
  const likedRows = rowsOf(views, model, likedFilms);
  const named = [...likedRows, ...rowsOf(views, model, dislikedFilms)];
  const taste = { likedRows, genres, era, popular, age, gender };
  if (isSilent(named, taste)) return undefined;
  return { taste, seen: [...named, ...metRows(views, model, lane)].slice(0, SEEN_MAX) };
}

/**
 * Whether nothing in it says anything to a model.
 * @param named rows of films, for good or ill
 */
export const isSilent = (named: readonly number[], { genres, era, popular, age, gender }: Taste): boolean =>
  named.length === 0 && genres.length === 0 && (era ?? popular) === null && groupsOf({ age, gender }).length === 0;

/** Films that the model does not know are left out. */
function rowsOf({ u32, i32 }: Views, model: number, films: readonly number[]): number[] {
  const table = u32[(model + MODEL_FILM_TABLE) >>> 2]! >>> 2;
  const covered = u32[(model + MODEL_FILMS) >>> 2]!;
  const rowOf = u32[(model + MODEL_ROW_OF) >>> 2]! >>> 2;
  return films
    .map((film) => (film < covered ? i32[table + film]! : -1))
    .filter((position) => position >= 0)
    .map((position) => u32[rowOf + position]!);
}

/** Rows of what a lane keeps out of the list. */
function metRows({ u32 }: Views, model: number, lane: number): number[] {
  const rowOf = u32[(model + MODEL_ROW_OF) >>> 2]! >>> 2;
  const at = (lane + LANE_SEEN) >>> 2;
  const positions = u32.subarray(at, at + u32[(lane + LANE_SEEN_COUNT) >>> 2]!);
  return Array.from(positions, (position) => u32[rowOf + position]!);
}
