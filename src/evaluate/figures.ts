/** Figures of some of the windows of a measurement: every contender's metrics with intervals, and the paired differences. */

import { bootstrap, type Interval } from './bootstrap.js';
import type { Measured, Measurement } from './measure.js';

/** By metric, e.g. `recall@20`. A metric that no list has a value of is not in it. */
export type Metrics = Readonly<Record<string, Interval>>;

export interface ModelFigures {
  readonly model: string;
  readonly metrics: Metrics;
  /** Less the baseline's, paired by window; not of the baseline itself. */
  readonly difference?: Metrics;
}

export interface Figures {
  /** User-windows: test cases. */
  readonly n: number;
  /** Different users among them. */
  readonly users: number;
  /** In the order of the measurement. */
  readonly models: readonly ModelFigures[];
}

/**
 * One bootstrap over users for all of it, so that all figures see the same draws.
 * @param which indexes of windows, at least one
 * @param baseline name of the contender that the others are held against
 */
export function figuresOf(
  { measured, windows }: Pick<Measurement, 'measured' | 'windows'>,
  which: readonly number[],
  baseline: string,
  seed: number,
): Figures {
  const unitOf = dense(which.map((i) => windows[i]!.test.user));
  const theirs = valuesOf(
    measured.find(({ name }) => name === baseline)!,
    which,
  );
  const tables = measured.flatMap((one) => {
    const ours = valuesOf(one, which);
    return one.name === baseline ? [ours] : [ours, less(ours, theirs)];
  });
  const series = tables.flatMap((table) => [...table.values()]);
  const intervals = bootstrap(series, seed, unitOf);
  let next = 0;
  const named = tables.map((table) =>
    Object.fromEntries(Array.from(table.keys(), (name) => [name, intervals[next++]!])),
  );

  let table = 0;
  const models = measured.map(({ name }): ModelFigures => {
    const metrics = named[table++]!;
    return name === baseline ? { model: name, metrics } : { model: name, metrics, difference: named[table++]! };
  });
  return { n: which.length, users: new Set(unitOf).size, models };
}

/** Each window's value by metric. */
type Values = ReadonlyMap<string, Float64Array>;

const valuesOf = ({ values }: Measured, which: readonly number[]): Values =>
  withAnyValue(Array.from(values, ([name, all]) => [name, Float64Array.from(which, (i) => all[i]!)]));

const less = (ours: Values, theirs: Values): Values =>
  withAnyValue(
    Array.from(ours, ([name, values]) => [name, values.map((value, i) => value - (theirs.get(name)?.[i] ?? NaN))]),
  );

const withAnyValue = (entries: readonly (readonly [string, Float64Array])[]): Values =>
  new Map(entries.filter(([, values]) => values.some((value) => !Number.isNaN(value))));

/** Numbers the values from 0 in order of first appearance. */
function dense(values: readonly number[]): Int32Array {
  const numbers = new Map<number, number>();
  return Int32Array.from(values, (value) => {
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  });
}
