/** The rows of a comparison, from the laps of both sides. */

import { digits } from '../harness/rows.js';
import { median } from '../harness/measure.js';
import type { Reading } from './protocol.js';
import type { Laps, Pair } from './run.js';
import { compareRounds, type Comparison } from './verdict.js';

export interface ComparedRow extends Comparison {
  readonly name: string;
  readonly unit: string;
  /** Medians. */
  readonly base: number;
  readonly branch: number;
}

/** Of the readings that both sides have. */
export function comparedRows(laps: Laps): ComparedRow[] {
  const common = laps[0]?.branch.filter((reading) => isAmong(laps[0]!.base, reading)) ?? [];
  return common.map((reading) => {
    const of = (side: keyof Pair<unknown>): number[] => laps.map((lap) => lap[side].find(same(reading))!.value);
    const [base, branch] = [of('base'), of('branch')];
    const { name, unit, better } = reading;
    return { name, unit, base: median(base), branch: median(branch), ...compareRounds(base, branch, better) };
  });
}

/** Names of the readings that only one side has. */
export function namesOfOneSide([first]: Laps): string[] {
  const { base, branch } = first!;
  const lone = [
    ...base.filter((reading) => !isAmong(branch, reading)),
    ...branch.filter((reading) => !isAmong(base, reading)),
  ];
  return lone.map(({ name, unit }) => `${name}, ${unit}`);
}

const same = (a: Reading) => (b: Reading) => a.name === b.name && a.unit === b.unit;
const isAmong = (readings: readonly Reading[], reading: Reading): boolean => readings.some(same(reading));

/** The cells of a line: row, base, branch, ratio with its interval, verdict. */
export function cellsOf({ name, unit, base, branch, ratio, low, high, verdict }: ComparedRow): string[] {
  const interval = `${ratio.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
  return [`${name}, ${unit}`, digits(base), digits(branch), interval, verdict];
}
