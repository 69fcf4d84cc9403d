/** All interactions of the state as columns, with dense users and films: what training and evaluation read. */

import type { State } from '../store/state.js';
import { preferenceOf, ratingHighOf } from './weight.js';

/**
 * n interactions, one for each pair of user and film, in order of user, then time, then film. Users are dense in
 * ascending order of id; films are those with at least one interaction, dense in order of state index.
 */
export interface Interactions {
  /** User id of each dense user. */
  readonly users: Float64Array;
  /** Film id of each dense film. */
  readonly films: readonly string[];
  /** n dense users, ascending. */
  readonly userOf: Int32Array;
  /** n dense films. */
  readonly filmOf: Int32Array;
  /** n preferences: how much the user liked the film, 0…1, NaN when nothing is known of it; see weight.ts. */
  readonly preference: Float32Array;
  /** n times of the newest event of the pair, milliseconds since 1970, 0 when unknown. */
  readonly time: Float64Array;
  /** The highest value of the site's rating scale. */
  readonly ratingHigh: number;
}

/** Reads in two passes over one snapshot: count, then fill. 24 bytes an interaction. */
export function readInteractions({ films, histories, meta }: State): Interactions {
  const users: number[] = [];
  let n = 0;
  let highest = 0;
  const seen = new Uint8Array(films.count());
  for (const user of histories.users()) {
    const history = histories.read(user)!;
    users.push(user);
    n += history.count;
    for (let i = 0; i < history.count; i++) {
      seen[history.film(i)] = 1;
      if (history.rating(i) > highest) highest = history.rating(i);
    }
  }
  const ratingHigh = meta.ratingHigh() ?? ratingHighOf(highest);

  const filmIds: string[] = [];
  const denseOf = new Int32Array(seen.length).fill(-1);
  const runtimes = new Float64Array(seen.length);
  for (const [index, film] of films.all()) {
    if (seen[index] === 0) continue;
    runtimes[index] = film.runtime ?? 0;
    denseOf[index] = filmIds.length;
    filmIds.push(film.id);
  }

  const userOf = new Int32Array(n);
  const filmOf = new Int32Array(n);
  const preference = new Float32Array(n);
  const time = new Float64Array(n);
  let at = 0;
  for (const [dense, user] of users.entries()) {
    const history = histories.read(user)!;
    for (let i = 0; i < history.count; i++, at++) {
      userOf[at] = dense;
      const film = history.film(i);
      filmOf[at] = denseOf[film]!;
      preference[at] = preferenceOf(history.rating(i), history.minutes(i), runtimes[film]!, ratingHigh);
      time[at] = history.lastMs(i);
    }
  }
  return { users: Float64Array.from(users), films: filmIds, userOf, filmOf, preference, time, ratingHigh };
}
