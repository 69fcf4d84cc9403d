/** How popular each film is: as often chosen as MovieLens' users rated it, and from there on by the law of Zipf and Mandelbrot. */

import { mix, streams } from '../mix.js';
import type { KnownFilm } from './film.js';

interface Ranking {
  /** By index of the film: how often it is chosen, relative to the others; above 0. */
  readonly weights: Float64Array;
  /** By index of the film: 0 for the most popular. */
  readonly ranks: Uint32Array;
}

/** Films of the log that the law was read from: the first had 1.5 % of the viewings, the hundredth 0.1 %. */
const OFFSET = 10;

/**
 * Rated films come first, each with the number of its ratings for a weight; of equal ones, the seed decides. The others follow
 * with (10 + R) / (10 + rank), R being how many are rated, so that none outweighs a film that was rated once; known films tend
 * to the front of these.
 */
export function rankFilms(seed: number, count: number, known: readonly KnownFilm[]): Ranking {
  const order = Array.from({ length: count }, (_, film) => ({
    film,
    ratings: known[film]?.ratings ?? 0,
    place: (mix(mix(seed, streams.rank), film) / 4294967296) * 0.8 + (film < known.length ? 0 : 0.2),
  })).sort((a, b) => b.ratings - a.ratings || a.place - b.place || a.film - b.film);
  const rated = order.filter(({ ratings }) => ratings > 0).length;

  const weights = new Float64Array(count);
  const ranks = new Uint32Array(count);
  for (const [rank, { film, ratings }] of order.entries()) {
    weights[film] = ratings > 0 ? ratings : (OFFSET + rated) / (OFFSET + rank);
    ranks[film] = rank;
  }
  return { weights, ranks };
}
