/** What a viewer without recommendations watches: of a few films that come to mind by popularity, mostly the one expected to please. */

import type { Random } from '../../core/random.js';

/** Films that come to mind, at most. */
const CANDIDATES = 6;

/**
 * @param candidate a film by popularity, that the viewer may watch now
 * @param satisfaction 0 … 1, by film
 */
export function explore(draws: Random, candidate: () => number, satisfaction: (film: number) => number): number {
  let [chosen, best] = [0, -1];
  for (let i = 0; i < CANDIDATES; i++) {
    const film = candidate();
    // Nobody knows beforehand how a film will please: what one expects is up to a half too low.
    const expected = satisfaction(film) * (0.5 + 0.5 * draws.uniform());
    if (expected > best) [chosen, best] = [film, expected];
  }
  return chosen;
}
