/** Mean licence fee of the shown films, USD a view. */

import type { FilmFacts } from '../../dataset/facts.js';

/** A film of unknown fee is left out, not taken for free; NaN when all are unknown. */
export function licenceCost(list: Int32Array, films: readonly FilmFacts[]): number {
  const known = Array.from(list, (film) => films[film]!.cost).filter((cost) => cost !== null);
  return known.reduce((sum, cost) => sum + cost, 0) / known.length;
}
