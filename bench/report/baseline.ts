/** The last accepted state, bench/baseline.json, and how a row of today stands to it. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';
import { spreadOf } from '../harness/measure.js';
import type { Row } from '../harness/rows.js';
import type { Results } from './files.js';

/** What is kept of a row: its ratio, which other machines share roughly, or where nothing is compared our own figure. */
export interface Accepted {
  readonly value: number;
  readonly of: 'ratio' | 'ours';
  /** Of the rounds of both sides; 0 for a single round, which says nothing of noise. */
  readonly spread: number;
  readonly machine: string;
}

/** By bench, then by `keyOf` the row. */
export type Baseline = Readonly<Record<string, Readonly<Record<string, Accepted>>>>;

export interface Change {
  /** today / accepted − 1 */
  readonly relative: number;
  /** Unknown where a side is a single round. */
  readonly verdict: 'noise' | 'better' | 'worse' | 'unknown';
}

export const keyOf = ({ name, unit }: Row): string => `${name} [${unit}]`;

export function acceptedOf({ ours, ratio, rounds, machine }: Row): Accepted {
  const spread = Math.hypot(spreadOf(rounds.ours), spreadOf(rounds.peer ?? [0]));
  return { value: ratio ?? ours, of: ratio === null ? 'ours' : 'ratio', spread, machine };
}

/** Undefined where the two cannot be compared: another kind of figure, our own time on another machine, or a zero. */
export function changeOf(row: Row, then: Accepted): Change | undefined {
  const now = acceptedOf(row);
  if (now.of !== then.of || (now.of === 'ours' && now.machine !== then.machine) || then.value === 0) return undefined;
  const relative = now.value / then.value - 1;
  return { relative, verdict: verdictOf(relative, now.spread, then.spread, row.better) };
}

/** Within the joint spread of both states lies what the same code shows in two runs. */
function verdictOf(relative: number, now: number, then: number, better: Row['better']): Change['verdict'] {
  if (now === 0 || then === 0) return 'unknown';
  if (Math.abs(relative) <= Math.hypot(now, then)) return 'noise';
  return relative < 0 === (better === 'lower') ? 'better' : 'worse';
}

const path = join(packageRoot, 'bench/baseline.json');

/** Empty before anything was accepted. */
export const readBaseline = (): Baseline =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Baseline) : {};

export const baselineOf = (results: readonly Results[]): Baseline =>
  Object.fromEntries(
    results.map(({ bench, rows }) => [bench, Object.fromEntries(rows.map((row) => [keyOf(row), acceptedOf(row)]))]),
  );

/** Accepts what the results say now. */
export function writeBaseline(baseline: Baseline): void {
  const short = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(6)) : value;
  writeFileSync(path, `${JSON.stringify(baseline, short, 2)}\n`);
}
