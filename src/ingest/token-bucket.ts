/**
 * Paces requests as a token bucket that learns: a token a request, up to a second's worth saved up; whoever is told to slow
 * down (429) goes on at half the rate and gains a twentieth of the configured rate with every request that is answered
 * (additive increase, multiplicative decrease: Chiu and Jain, 1989). Pure: the caller brings the clock.
 */

export interface TokenBucket {
  /** Takes a token and returns 0, or takes none and returns the milliseconds until there will be one. */
  take(nowMs: number): number;
  /** Requests a second at present. */
  rate(): number;
  throttled(nowMs: number): void;
  answered(): void;
}

const DECREASE = 1 / 2;
const INCREASE = 1 / 20;
const SLOWEST = 1 / 64;

/** `rate` is in requests a second; it is the most that is ever asked. */
export function tokenBucket(rate: number, nowMs: number): TokenBucket {
  const capacity = Math.max(1, rate);
  let current = rate;
  let tokens = capacity;
  let filledMs = nowMs;

  return {
    take: (atMs) => {
      const elapsedMs = Math.max(0, atMs - filledMs);
      filledMs = Math.max(filledMs, atMs);
      tokens = Math.min(capacity, tokens + (elapsedMs * current) / 1000);
      if (tokens < 1) return Math.ceil(((1 - tokens) * 1000) / current);
      tokens -= 1;
      return 0;
    },
    rate: () => current,
    throttled: (atMs) => {
      current = Math.max(rate * SLOWEST, current * DECREASE);
      tokens = 0;
      filledMs = Math.max(filledMs, atMs);
    },
    answered: () => {
      current = Math.min(rate, current + rate * INCREASE);
    },
  };
}
