/** 95 % intervals of means by the percentile bootstrap over users (Efron 1979). */

import assert from 'node:assert/strict';
import { random } from '../core/random.js';

export interface Interval {
  /** The mean. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 1000;

/**
 * One interval for each series. All series draw the same users in each resample, so that an interval of differences is
 * the paired bootstrap's.
 * @param series one value a user each, the same users in the same order; not empty
 */
export function bootstrap(series: readonly Float64Array[], seed: number): Interval[] {
  const n = series[0]?.length ?? 0;
  assert(n > 0 && series.every((values) => values.length === n), 'series of the same users');
  const { integer } = random(seed);
  const means = series.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample++) {
    for (let draw = 0; draw < n; draw++) {
      const user = integer(n);
      for (let s = 0; s < series.length; s++) means[s]![resample]! += series[s]![user]! / n;
    }
  }
  return series.map((values, s) => {
    const sorted = means[s]!.sort();
    const value = values.reduce((sum, x) => sum + x, 0) / n;
    return { value, low: sorted[resamples * 0.025]!, high: sorted[resamples * 0.975 - 1]! };
  });
}
