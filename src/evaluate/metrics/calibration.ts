/** Calibration by genre (Steck 2018): how far the genres of a list are from those of the user's history. 0 is perfect. */

import type { FilmFacts } from '../../dataset/facts.js';

/** Share of the history's distribution that smooths the list's, so that a genre which the list lacks is not infinitely far. */
const smoothing = 0.01;

/**
 * KL(p || q̃) in nats: p of the history, q of the list, q̃ = (1 − 0.01)·q + 0.01·p; each film spreads 1 evenly over its
 * genres. NaN when the history or the list has no film whose genres are known.
 */
export function calibration(list: Int32Array, history: Int32Array, films: readonly FilmFacts[]): number {
  const wanted = genreShares(history, films);
  const given = genreShares(list, films);
  if (wanted.size === 0 || given.size === 0) return NaN;
  let divergence = 0;
  for (const [genre, p] of wanted) {
    const q = (1 - smoothing) * (given.get(genre) ?? 0) + smoothing * p;
    divergence += p * Math.log(p / q);
  }
  return divergence;
}

/** Sums to 1, unless it is empty. */
function genreShares(rows: Int32Array, films: readonly FilmFacts[]): Map<string, number> {
  const shares = new Map<string, number>();
  const known = Array.from(rows, (film) => films[film]!.genres).filter((genres) => genres.length > 0);
  for (const genres of known) {
    for (const genre of genres) shares.set(genre, (shares.get(genre) ?? 0) + 1 / (genres.length * known.length));
  }
  return shares;
}
