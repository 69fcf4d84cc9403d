/** Figures of some of the windows of a measurement: every contender's metrics with intervals, and the paired differences. */

import { baseline as popularity, recentBaseline } from './baselines.js';
import { bootstrap, type Interval } from './bootstrap.js';
import type { Measured, Measurement } from './measure.js';

/** By metric, e.g. `recall@20`. A metric that no list has a value of is not in it. */
export type Metrics = Readonly<Record<string, Interval>>;

export interface ModelFigures {
  readonly model: string;
  readonly metrics: Metrics;
  /** Less the baseline's, paired by window; not of the baseline itself. */
  readonly difference?: Metrics;
  /** Likewise less those of recent popularity, where that was measured; not of the two rules. */
  readonly lessRecent?: Metrics;
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
  const valuesBy = (name: string): Values | undefined => {
    const one = measured.find((other) => other.name === name);
    return one && valuesOf(one, which);
  };
  const [theirs, recent] = [valuesBy(baseline)!, valuesBy(recentBaseline)];
  const tables = measured.map((one): Tables => {
    const ours = valuesOf(one, which);
    const isRule = [baseline, popularity, recentBaseline].includes(one.name);
    return {
      metrics: ours,
      ...(one.name === baseline ? {} : { difference: less(ours, theirs) }),
      ...(isRule || recent === undefined ? {} : { lessRecent: less(ours, recent) }),
    };
  });
  const series = tables.flatMap((own) => Object.values(own).flatMap((table) => [...table.values()]));
  const intervals = bootstrap(series, seed, unitOf)[Symbol.iterator]();
  const models = tables.map((own, model): ModelFigures => {
    const named = Object.entries(own).map(([kind, table]) => {
      return [kind, Object.fromEntries(Array.from(table.keys(), (name) => [name, intervals.next().value!]))];
    });
    return { model: measured[model]!.name, ...(Object.fromEntries(named) as Omit<ModelFigures, 'model'>) };
  });
  return { n: which.length, users: new Set(unitOf).size, models };
}

/** Each window's value by metric. */
type Values = ReadonlyMap<string, Float64Array>;

/** What becomes a model's figures, under the same names. */
type Tables = { readonly [Kind in keyof Omit<ModelFigures, 'model'>]: Values };

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
