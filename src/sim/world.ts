/** One seeded small world, told from by the log and by the look-up APIs: films, how popular each is, and users. */

import assert from 'node:assert/strict';
import { aliasTable } from './alias-table.js';
import { createFilms, type Films, type KnownFilm } from './catalogue/films.js';
import { createTastes, type Tastes } from './viewers/taste.js';
import { ageOf, userOf, type SimUser } from './viewers/users.js';

export interface SimWorldOptions {
  readonly seed: number;
  /** How many; invented where `known` is shorter. */
  readonly films: number;
  /** How many. A tenth of them, the highest ids, have not created their account when the log begins. */
  readonly users: number;
  /** The lowest of their ids, which follow one another; 1 unless given. */
  readonly firstUser?: number;
  readonly known?: readonly KnownFilm[];
}

export interface SimWorld extends Films {
  readonly seed: number;
  readonly users: number;
  readonly firstUser: number;
  /** So many users, those with the lowest ids, have an account when the log begins. */
  readonly registered: number;
  /** Undefined for ids of nobody. */
  user(id: number): SimUser | undefined;
  /** Index of a film as users choose: popular ones more often. `uniform` in [0, 1). */
  pickFilm(uniform: number): number;
  /** Made when first asked for, which takes some tenths of a second. */
  readonly tastes: Tastes;
}

/** So many of a world's users have an account when the log begins. */
export const registeredAmong = (users: number): number => Math.floor(users * 0.9);

export function createSimWorld({ seed, films: count, users, firstUser = 1, known = [] }: SimWorldOptions): SimWorld {
  assert(count >= 1 && users >= 10, 'a world needs a film and ten users');
  const films = createFilms(seed, count, known);
  const choices = aliasTable(films.weights);
  const pickFilm = (uniform: number): number => choices.pick(uniform);
  let made: Tastes | undefined;
  const tastes = (): Tastes =>
    (made ??= createTastes({ seed, films, popularity: films.popularity, pickFilm, ageOf: (id) => ageOf(seed, id) }));
  return {
    ...films,
    seed,
    users,
    firstUser,
    registered: registeredAmong(users),
    user: (id) =>
      Number.isInteger(id) && id >= firstUser && id < firstUser + users
        ? userOf(seed, id, () => tastes().selfImage(id))
        : undefined,
    pickFilm,
    get tastes() {
      return tastes();
    },
  };
}
