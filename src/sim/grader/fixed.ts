/** A recommender without a network, whose answers follow from a function: for runs that must come out the same. */

import type { Recommender } from './grader.js';

const LATENCY_MS = 12;

/** `answerOf` gives indexes into `ids`, best first; it is called once for every ask, in their order. */
export function fixedRecommender(
  ids: readonly string[],
  answerOf: (user: string) => readonly number[],
  model = 'fixed',
): Recommender {
  return {
    ask: (user) => {
      const films = answerOf(user);
      const result = films.map((film) => ids[film]!).join(', ');
      return Promise.resolve({ status: 200, films, result, latencyMs: LATENCY_MS, model, tier: undefined });
    },
    close: () => Promise.resolve(),
  };
}
