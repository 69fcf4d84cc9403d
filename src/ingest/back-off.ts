/**
 * How long to leave an API alone that fails: exponential back-off with jitter, so that replicas which met the same outage do
 * not come back together. Pure: the caller brings the clock and the seed.
 */

import { random } from '../core/random.js';

export const PAUSE_MS_FIRST = 1_000;
export const PAUSE_MS_MAX = 60_000;

export interface BackOff {
  /** Milliseconds to wait before the next request; never less than what the API itself asked for. */
  failed(retryAfterMs: number): number;
  answered(): void;
}

/** The pause doubles with every failure in a row; half of it is certain, the other half a matter of chance. */
export function backOff(seed: number): BackOff {
  const chance = random(seed);
  let failures = 0;
  return {
    failed: (retryAfterMs) => {
      const pauseMs = Math.min(PAUSE_MS_MAX, PAUSE_MS_FIRST * 2 ** failures);
      failures += 1;
      return Math.max(retryAfterMs, Math.ceil((pauseMs * (1 + chance.uniform())) / 2));
    },
    answered: () => {
      failures = 0;
    },
  };
}
