/** Intra-list diversity: how little the films of one list have in common, 1 − the mean Jaccard index of their genres. */

import type { FilmFacts } from '../../dataset/facts.js';

/** Over all pairs of films whose genres are known; NaN when there is none. */
export function diversity(list: Int32Array, films: readonly FilmFacts[]): number {
  const known = Array.from(list, (film) => films[film]!.genres).filter((genres) => genres.length > 0);
  let [alike, pairs] = [0, 0];
  for (const [i, a] of known.entries()) {
    for (const b of known.slice(i + 1)) {
      alike += jaccard(a, b);
      pairs++;
    }
  }
  return 1 - alike / pairs;
}

function jaccard(a: readonly string[], b: readonly string[]): number {
  const common = a.filter((genre) => b.includes(genre)).length;
  return common / (a.length + b.length - common);
}
