/**
 * How fast something grows, when single readings jump: the median of the slopes between all pairs of readings (Theil 1950,
 * Sen 1968), and the interval that holds the true one in 95 of 100 cases. Up to 29 % of the readings may be far off.
 */

import { median } from '../harness/measure.js';

export interface Slope {
  readonly value: number;
  /** The interval; infinite at both ends where there are too few readings to tell. */
  readonly low: number;
  readonly high: number;
}

/** Of a standard normal, both tails together 5 %. */
const Z = 1.96;

/** In units of y per unit of x; needs two readings with different x. */
export function slopeOf(x: readonly number[], y: readonly number[]): Slope {
  const slopes: number[] = [];
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) if (x[i] !== x[j]) slopes.push((y[i]! - y[j]!) / (x[i]! - x[j]!));
  }
  slopes.sort((a, b) => a - b);
  // Sen: Kendall's S has this deviation when nothing grows; so many slopes lie between the ends of the interval.
  const n = x.length;
  const within = Z * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const low = Math.floor((slopes.length - within) / 2) - 1;
  const high = Math.ceil((slopes.length + within) / 2);
  return { value: median(slopes), low: slopes[low] ?? -Infinity, high: slopes[high] ?? Infinity };
}

/** Whether a growth stays below `bar`: true or false when the whole interval says so, null when the readings cannot tell. */
export function below(bar: number, { low, high }: Slope): boolean | null {
  if (high <= bar) return true;
  return low > bar ? false : null;
}
