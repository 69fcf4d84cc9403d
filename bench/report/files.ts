/** Result files, bench/results/<bench>.json: the rows of a bench's last run and what one must know of that run. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';
import type { Row } from '../harness/rows.js';

export interface Results {
  readonly bench: string;
  /** When the run began, ISO 8601. */
  readonly date: string;
  /** Load average of one minute before the run: what others did on the machine. */
  readonly loadAverage: number;
  /** Rows that could not be measured, and why. */
  readonly leftOut: readonly string[];
  readonly rows: readonly Row[];
}

export const resultsFolder = join(packageRoot, 'bench/results');

/** Of all benches that ever ran, in the order of their names. */
export function readResults(): Results[] {
  const files = readdirSync(resultsFolder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => JSON.parse(readFileSync(join(resultsFolder, file), 'utf8')) as Results);
}

export function writeResults(results: Results): void {
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(join(resultsFolder, `${results.bench}.json`), stringify(results));
}

/** Indented, but every row in a line of its own; numbers of six digits. */
function stringify({ rows, ...facts }: Results): string {
  const short = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(6)) : value;
  const lines = rows.map((row) => `    ${JSON.stringify(row, short)}`).join(',\n');
  return `${JSON.stringify(facts, null, 2).replace(/\n}$/, '')},\n  "rows": [\n${lines}\n  ]\n}\n`;
}
