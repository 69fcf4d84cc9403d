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

/** One series by drawn unit. */
interface Series {
  /** What the values add up to. */
  readonly sums: Float64Array;
  /** How many they are: the same array for all series in which each value is there. */
  readonly sizes: Float64Array;
}

/**
 * One interval for each series. All series draw the same units in each resample, so that an interval of differences is
 * the paired bootstrap's. A unit is drawn with all its values: values of one user are no independent witnesses.
 * @param series values in the same order; NaN is no value, and each series has at least one; not empty
 * @param unitOf the unit of each value, dense from 0; each value is a unit of its own when absent
 */
export function bootstrap(series: readonly Float64Array[], seed: number, unitOf?: Int32Array): Interval[] {
  const length = series[0]?.length ?? 0;
  assert(length > 0 && series.every((values) => values.length === length), 'series of the same users');
  const of = unitOf ?? Int32Array.from({ length }, (_, i) => i);
  const units = of.reduce((most, unit) => Math.max(most, unit + 1), 0);
  const drawn = new Float64Array(units);
  const { integer } = random(seed);

  const byUnit = (valueAt: (i: number) => number): Float64Array => {
    const sums = new Float64Array(units);
    for (let i = 0; i < length; i++) sums[of[i]!]! += valueAt(i);
    return sums;
  };
  const full = byUnit(() => 1);
  const bySeries = series.map((values): Series => {
    const sums = byUnit((i) => values[i]! || 0); // NaN adds nothing
    return { sums, sizes: values.some(Number.isNaN) ? byUnit((i) => Number(!Number.isNaN(values[i]!))) : full };
  });
  const means = series.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample++) {
    drawn.fill(0);
    for (let draw = 0; draw < units; draw++) drawn[integer(units)]! += 1;
    const fullSize = dot(drawn, full);
    for (const [s, { sums, sizes }] of bySeries.entries()) {
      means[s]![resample] = dot(drawn, sums) / (sizes === full ? fullSize : dot(drawn, sizes));
    }
  }
  return bySeries.map(({ sums, sizes }, s) => {
    const value = total(sums) / total(sizes);
    assert(Number.isFinite(value), 'a series has a value');
    // A resample that drew no value at all says nothing of the mean.
    const sorted = means[s]!.filter(Number.isFinite).sort();
    const low = sorted[Math.floor(sorted.length * 0.025)]!;
    return { value, low, high: sorted[Math.ceil(sorted.length * 0.975) - 1]! };
  });
}

/** In four sums, so that no addition waits for the one before. */
function dot(a: Float64Array, b: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < a.length; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < a.length; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
