/** Rows of the served benches: figures in any unit, judged alone or against a peer, and what is printed of them. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';
import { median, rowOf, type Row } from './measure.js';

export interface ServedRow extends Omit<Row, 'peer' | 'ratio'> {
  readonly unit: string;
  /** Null where nothing is compared: then the bar is for `ours`, otherwise for `ratio`. */
  readonly peer: number | null;
  readonly ratio: number | null;
}

export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** One value a round. */
  readonly ours: readonly number[];
  readonly peer?: readonly number[];
  readonly bar?: number;
  /** Which side of the bar passes; `lower` when absent. */
  readonly better?: 'lower' | 'higher';
}

export function servedRow({ name, unit, ours, peer, bar, better = 'lower' }: Figure): ServedRow {
  const value = median(ours);
  const other = peer === undefined ? null : median(peer);
  const ratio = other === null ? null : value / other;
  const judged = ratio ?? value;
  const pass = bar === undefined ? null : better === 'lower' ? judged <= bar : judged >= bar;
  const spread = value === 0 ? 0 : (Math.max(...ours) - Math.min(...ours)) / value;
  return { ...rowOf(name, ours, 1), unit, peer: other, ratio, bar: bar ?? null, pass, spread };
}

/** How busy others keep the cores: figures taken beside them say less. */
export function printMachine(): void {
  process.stdout.write(`load average before the run: ${loadavg()[0]!.toFixed(2)}\n`);
}

/** Prints the rows and writes them to bench/results/<name>.json. */
export function reportServed(name: string, rows: readonly ServedRow[]): void {
  const folder = join(packageRoot, 'bench/results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(rows, null, 2)}\n`);
  for (const row of rows) process.stdout.write(`${describe(row)}\n`);
}

function describe({ name, unit, ours, peer, ratio, bar, pass, spread, n }: ServedRow): string {
  const digits = (value: number): string => String(Number(value.toPrecision(4)));
  const against = peer === null ? '' : `, peer ${digits(peer)}, ratio ${ratio!.toFixed(3)}`;
  const verdict = pass === null ? '' : `  ${pass ? 'pass' : 'FAIL'} (bar ${bar})`;
  const rounds = n === 1 ? '' : `, spread ${(100 * spread).toFixed(0)} %`;
  return `${name}: ${digits(ours)} ${unit}${against}${rounds}${verdict}`;
}
