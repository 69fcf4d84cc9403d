/**
 * Result files of a bench's last run: its rows in bench/results/<bench>.json, and what one must know of that run in
 * bench/results/runs/<bench>.json.
 */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';
import type { Row } from '../harness/rows.js';

export interface Run {
  readonly bench: string;
  /** When the run began, ISO 8601. */
  readonly date: string;
  /** Load average of one minute before the run: what others did on the machine. */
  readonly loadAverage: number;
  /** Rows that could not be measured, and why. */
  readonly leftOut: readonly string[];
}

export interface Results extends Run {
  readonly rows: readonly Row[];
}

export const resultsFolder = join(packageRoot, 'bench/results');
const runsFolder = join(resultsFolder, 'runs');

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** Of all benches that ever ran, in the order of their names. */
export function readResults(): Results[] {
  const files = readdirSync(resultsFolder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => ({
    ...(read(join(runsFolder, basename(file))) as Run),
    rows: read(join(resultsFolder, file)) as Row[],
  }));
}

export function writeResults({ rows, ...run }: Results): void {
  mkdirSync(runsFolder, { recursive: true });
  writeFileSync(join(runsFolder, `${run.bench}.json`), `${JSON.stringify(run, null, 2)}\n`);
  writeFileSync(join(resultsFolder, `${run.bench}.json`), stringify(rows));
}

/** Every row in a line of its own; numbers of six digits. */
function stringify(rows: readonly Row[]): string {
  const short = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(6)) : value;
  return `[\n${rows.map((row) => `  ${JSON.stringify(row, short)}`).join(',\n')}\n]\n`;
}
