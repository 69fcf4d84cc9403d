/** What an evaluation says: a model's metrics with intervals, popularity's beside them, and whether the difference counts. */

import type { Model } from '../registry/model.js';
import { bootstrap, type Interval } from './bootstrap.js';
import { isCold, type TestCase } from './cases.js';
import { coverage } from './coverage.js';
import { hitsOf } from './hits.js';
import { metricValues } from './metrics.js';

/** Places of a list: the site shows no more. */
export const k = 20;
/** Below this many test users a difference is shown but decides nothing. */
const decidingUsers = 200;

export type Metrics = Readonly<Record<string, Interval>>;

/** Lists of the same test users, in the same order. */
export interface Candidate {
  readonly name: string;
  readonly model: Model;
  readonly lists: readonly Int32Array[];
}

export interface Report {
  readonly model: string;
  /** Test users with a training history: the ones the metrics are about. */
  readonly n: number;
  readonly metrics: Metrics;
  /** Share of the items shown to anyone of them. */
  readonly coverage: number;
  /** Test users without a training history, who get the fallback list: apart, since no model can tell them from others. */
  readonly cold: { readonly n: number; readonly metrics: Metrics };
  readonly baseline: { readonly model: string; readonly metrics: Metrics; readonly coverage: number };
  /** Model less baseline, paired by user. */
  readonly difference: Metrics;
  /** Whether the test users are enough to decide by. */
  readonly decides: boolean;
  readonly notes: readonly string[];
}

/** `cases` must hold at least one user with a history. */
export function reportOn(
  cases: readonly TestCase[],
  candidate: Candidate,
  baseline: Candidate,
  seed: number,
  notes: readonly string[],
): Report {
  const warm = cases.flatMap((test, i) => (isCold(test) ? [] : [i]));
  const cold = cases.flatMap((test, i) => (isCold(test) ? [i] : []));
  const ours = valuesOf(cases, candidate, warm);
  const theirs = valuesOf(cases, baseline, warm);
  const differences = new Map([...ours].map(([name, values]) => [name, less(values, theirs.get(name)!)]));
  const [metrics, baselineMetrics, difference] = intervalsOf([ours, theirs, differences], seed);
  const decides = warm.length >= decidingUsers;
  return {
    model: candidate.name,
    n: warm.length,
    metrics: metrics!,
    coverage: coverageOf(candidate, warm),
    cold: { n: cold.length, metrics: coldMetrics(cases, candidate, cold, seed) },
    baseline: { model: baseline.name, metrics: baselineMetrics!, coverage: coverageOf(baseline, warm) },
    difference: difference!,
    decides,
    notes: [
      ...notes,
      `recall@${k} divides by the relevant films, at most ${k}`,
      'films of the training history are removed from the lists',
      ...(cold.length > 0
        ? [`${cold.length} test users without training history got the fallback list; reported apart`]
        : []),
      ...(decides ? [] : [`fewer than ${decidingUsers} test users: shown, but it decides nothing`]),
    ],
  };
}

/** Each user's value by metric. */
type Values = ReadonlyMap<string, Float64Array>;

const less = (ours: Float64Array, theirs: Float64Array): Float64Array => ours.map((value, i) => value - theirs[i]!);

/** In one bootstrap, so that all tables see the same draws. */
function intervalsOf(tables: readonly Values[], seed: number): Metrics[] {
  const intervals = bootstrap(
    tables.flatMap((table) => [...table.values()]),
    seed,
  );
  let next = 0;
  return tables.map((table) => Object.fromEntries([...table.keys()].map((name) => [name, intervals[next++]!])));
}

function valuesOf(cases: readonly TestCase[], { lists }: Candidate, users: readonly number[]): Values {
  return metricValues(
    users.map((i) => hitsOf(lists[i]!, cases[i]!.relevant, k)),
    k,
  );
}

function coldMetrics(cases: readonly TestCase[], candidate: Candidate, cold: readonly number[], seed: number): Metrics {
  return cold.length === 0 ? {} : intervalsOf([valuesOf(cases, candidate, cold)], seed)[0]!;
}

const coverageOf = ({ lists, model }: Candidate, users: readonly number[]): number =>
  coverage(
    users.map((i) => lists[i]!),
    model.filmIds.length,
  );
