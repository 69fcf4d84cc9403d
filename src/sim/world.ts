/** One seeded small world, told from by the log and by the look-up APIs: films, how popular each is, and users. */

import assert from 'node:assert/strict';
import { aliasTable } from './alias-table.js';
import { createFilms, type Films, type KnownFilm } from './catalogue/films.js';
import { mix, streams } from './mix.js';
import { userOf, type SimUser } from './viewers/users.js';

export interface SimWorldOptions {
  readonly seed: number;
  /** How many; invented where `known` is shorter. */
  readonly films: number;
  /** Ids are 1 … users. A tenth of them, the highest, have not created their account when the log begins. */
  readonly users: number;
  readonly known?: readonly KnownFilm[];
}

export interface SimWorld extends Films {
  readonly seed: number;
  readonly users: number;
  /** Users 1 … registered have an account when the log begins. */
  readonly registered: number;
  /** Undefined for ids outside 1 … users. */
  user(id: number): SimUser | undefined;
  /** Index of a film as users choose: popular ones more often. `uniform` in [0, 1). */
  pickFilm(uniform: number): number;
}

export function createSimWorld({ seed, films: count, users, known = [] }: SimWorldOptions): SimWorld {
  assert(count >= 1 && users >= 10, 'a world needs a film and ten users');
  const films = createFilms(seed, count, known);
  const popularity = aliasTable(popularities(seed, count, Math.min(known.length, count)));
  const pickFilm = (uniform: number): number => popularity.pick(uniform);
  return {
    ...films,
    seed,
    users,
    registered: Math.floor(users * 0.9),
    user: (id) =>
      Number.isInteger(id) && id >= 1 && id <= users
        ? userOf(seed, id, (draws) => films.film(pickFilm(draws.uniform())).title)
        : undefined,
    pickFilm,
  };
}

/**
 * Weights 1 / (10 + rank): the law of Zipf and Mandelbrot that a real log of 37,000 lines followed (1.5 % of the viewings to
 * the first film, 0.1 % to the hundredth). Known films tend to the front of the ranking.
 */
function popularities(seed: number, count: number, known: number): Float64Array {
  const order = Array.from({ length: count }, (_, film) => ({
    film,
    place: (mix(mix(seed, streams.rank), film) / 4294967296) * 0.8 + (film < known ? 0 : 0.2),
  })).sort((a, b) => a.place - b.place || a.film - b.film);
  const weights = new Float64Array(count);
  for (const [rank, { film }] of order.entries()) weights[film] = 1 / (10 + rank);
  return weights;
}
