/** Random search with successive halving: candidates at one rung after the other, popularity beside them at each. */

import { succeed, type Result } from '../../core/errors.js';
import type { OnProgress } from '../../core/progress.js';
import type { FilmFacts } from '../../dataset/facts.js';
import { baseline } from '../baselines.js';
import { isCold } from '../cases.js';
import { compareOn, type Comparison, type ComparisonOptions } from '../comparison.js';
import { measure, type Contender, type Measured, type Measurement } from '../measure.js';
import { deciding } from '../report.js';
import type { Rung } from './rungs.js';

/** Of one candidate at one rung. */
export interface Score {
  /** At which rung, from 0. */
  readonly rung: number;
  /** Mean nDCG of the test cases with a history. */
  readonly mean: number;
}

export interface Search {
  /** By candidate, in their order; popularity is among them. One score a rung, until it fell out. */
  readonly scores: Readonly<Record<string, readonly Score[]>>;
  /** Of those who reached the last rung, and popularity. */
  readonly last: Comparison;
}

export interface SearchOptions extends Pick<ComparisonOptions, 'signal' | 'rules'> {
  /** What the last comparison is called. */
  readonly protocol: string;
  /** Of each dense film. */
  readonly films: readonly FilmFacts[];
  /** Places of a list. */
  readonly k: number;
  readonly seed: number;
  readonly notes: readonly string[];
  readonly onProgress: OnProgress;
}

/**
 * The better half of the candidates goes on, of an odd number the larger one; popularity always does.
 * @param rungs at least one, each within the next one
 * @param popularity the contender of that name
 * Errors: those of `measure`.
 */
export async function search(
  rungs: readonly Rung[],
  popularity: Contender,
  candidates: readonly Contender[],
  options: SearchOptions,
): Promise<Result<Search>> {
  const { protocol, films, k, onProgress, ...judged } = options;
  const scores: Record<string, Score[]> = {};
  const answering = remembering(popularity);
  let staying = candidates.map(remembering);
  let measurement: Measurement | undefined;
  for (const [rung, { cuts, name }] of rungs.entries()) {
    const contenders = [answering, ...staying];
    const report = countingTo(
      contenders.length * cuts.length,
      `rung ${rung + 1} of ${rungs.length}: ${name}`,
      onProgress,
    );
    const measured = await measure(cuts, contenders.map(report), films, k);
    if (!measured.ok) return measured;
    measurement = measured.value;
    const means = new Map(measurement.measured.map((one) => [one.name, meanOf(one, measured.value)]));
    for (const [candidate, mean] of means) (scores[candidate] ??= []).push({ rung, mean });
    const better = staying.toSorted((a, b) => means.get(b.name)! - means.get(a.name)!);
    if (rung < rungs.length - 1) staying = better.slice(0, Math.ceil(better.length / 2));
  }
  const last = compareOn(protocol, measurement!, { ...judged, groupings: [], users: new Map() });
  return succeed({ scores, last });
}

/** A cut that is at several rungs is answered once. */
function remembering({ name, answer }: Contender): Contender {
  const answered = new Map<object, ReturnType<Contender['answer']>>();
  return {
    name,
    answer: (cut, k) => {
      const lists = answered.get(cut) ?? answer(cut, k);
      answered.set(cut, lists);
      return lists;
    },
  };
}

function countingTo(total: number, task: string, onProgress: OnProgress): (contender: Contender) => Contender {
  let done = 0;
  return ({ name, answer }) => ({
    name,
    answer: (cut, k) => {
      onProgress({ task, done, total, note: name });
      done += 1;
      return answer(cut, k);
    },
  });
}

function meanOf({ values }: Measured, { windows, k }: Measurement): number {
  const warm = values.get(deciding(k))!.filter((_, i) => !isCold(windows[i]!.test));
  return warm.reduce((sum, value) => sum + value, 0) / warm.length;
}

/** Those of the last rung that cannot be told from the best, the best first: the wider their values, the flatter the optimum. */
export const asGoodAsBest = ({ last }: Search): string[] =>
  [last.verdict.best, ...last.verdict.alike].filter((name) => name !== baseline);
