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

/** Resamples that are drawn together, so that each value that is read serves all of them. Divides `resamples`. */
const together = 4;

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
  const columns = new Set(bySeries.flatMap(({ sums, sizes }) => [sums, sizes]));
  const totals = resampledTotals([...columns], units, seed);
  return bySeries.map(({ sums, sizes }) => {
    const value = total(sums) / total(sizes);
    assert(Number.isFinite(value), 'a series has a value');
    // A resample that drew no value at all says nothing of the mean.
    const resampledSizes = totals.get(sizes)!;
    const means = totals.get(sums)!.map((sum, resample) => sum / resampledSizes[resample]!);
    const sorted = means.filter(Number.isFinite).sort();
    const low = sorted[Math.floor(sorted.length * 0.025)]!;
    return { value, low, high: sorted[Math.ceil(sorted.length * 0.975) - 1]! };
  });
}

/** The total of each column in each resample, which draws as many units as there are. */
function resampledTotals(
  columns: readonly Float64Array[],
  units: number,
  seed: number,
): ReadonlyMap<Float64Array, Float64Array> {
  const { integer } = random(seed);
  const totals = new Map(columns.map((column) => [column, new Float64Array(resamples)]));
  /** Unit by unit: how often each of the resamples drew it. */
  const counts = new Float64Array(together * units);
  for (let resample = 0; resample < resamples; resample += together) {
    counts.fill(0);
    for (let i = 0; i < together; i++) {
      for (let draw = 0; draw < units; draw++) counts[together * integer(units) + i]! += 1;
    }
    for (const column of columns) drawnTotals(column, counts, totals.get(column)!.subarray(resample));
  }
  return totals;
}

/** In each of the resamples drawn together; written to the first places of `totals`. */
function drawnTotals(column: Float64Array, counts: Float64Array, totals: Float64Array): void {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let unit = 0; unit < column.length; unit++) {
    const value = column[unit]!;
    const at = together * unit;
    s0 += value * counts[at]!;
    s1 += value * counts[at + 1]!;
    s2 += value * counts[at + 2]!;
    s3 += value * counts[at + 3]!;
  }
  totals.set([s0, s1, s2, s3]);
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
