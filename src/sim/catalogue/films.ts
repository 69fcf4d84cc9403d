/** The catalogue: known films first, then invented ones; of each only its id and title are kept, its facts are computed. */

import { filmFromId, filmIdFor } from '../../world/film-id.js';
import { drawsOf, mix } from '../mix.js';
import { filmOf } from './facts.js';
import type { KnownFilm, NamedFilm, SimFilm } from './film.js';
import { rankFilms } from './popularity.js';
import { inventTitle } from './titles.js';

export type { KnownFilm, SimFilm } from './film.js';

export interface Films {
  /** By index. */
  readonly ids: readonly string[];
  indexOf(id: string): number | undefined;
  film(index: number): SimFilm;
  /** By index: how often it is chosen, relative to the others; above 0. */
  readonly weights: Float64Array;
  /** The share of the other films that are chosen less often: 1 for the most popular, 0 for the last. */
  popularity(index: number): number;
}

/** Of a world in which a film might stand that is not in the catalogue. */
const USUAL_FILMS = 27_000;

export function createFilms(seed: number, count: number, known: readonly KnownFilm[]): Films {
  const named: NamedFilm[] = known.slice(0, count).map(({ id, title, year }) => ({ id, title, year }));
  const index = new Map(named.map(({ id }, i) => [id, i]));
  for (let i = named.length; i < count; i++) {
    const film = inventFilm(seed, i, index);
    index.set(film.id, i);
    named.push(film);
  }
  const { weights, ranks } = rankFilms(seed, count, known.slice(0, count));
  return {
    ids: named.map(({ id }) => id),
    indexOf: (id) => index.get(id),
    film: (i) => filmOf(seed, i, named[i]!, { rank: ranks[i]!, of: count }, known[i]),
    weights,
    popularity: (i) => 1 - ranks[i]! / Math.max(1, count - 1),
  };
}

/** A film of which only the id is given, whether the catalogue has it or not: its other facts follow from the id. */
export function filmSpelt(seed: number, id: string): SimFilm {
  let index = 0;
  for (let i = 0; i < id.length; i++) index = mix(index, id.charCodeAt(i));
  const standing = { rank: mix(index, seed) % USUAL_FILMS, of: USUAL_FILMS };
  return filmOf(seed, index, { id, ...filmFromId(id) }, standing);
}

/** An id is given once: who comes later tries other titles. */
function inventFilm(seed: number, index: number, taken: ReadonlyMap<string, number>): NamedFilm {
  const draws = drawsOf(seed, 'title', index);
  for (;;) {
    const { title, year } = inventTitle(draws);
    const id = draws.uniform() < 0.001 ? filmIdFor(title, year).replace('+', "'") : filmIdFor(title, year);
    if (!taken.has(id)) return { id, title, year };
  }
}
