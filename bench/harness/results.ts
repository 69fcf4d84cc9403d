/** Result files: the rows of a bench's last run, what it left out, and when and how busy the machine was. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/core/package.js';
import { describeRow, type Row } from './rows.js';

/** bench/results/<bench>.json */
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

// Read when the program starts: later the bench itself is the load.
const before = { date: new Date().toISOString(), loadAverage: Number(loadavg()[0]!.toFixed(2)) };

/** How busy others keep the cores: figures taken beside them say less. */
export function printMachine(): void {
  process.stdout.write(`load average before the run: ${before.loadAverage}\n`);
}

/** Prints the rows and what is left out, and writes them to bench/results/<bench>.json. */
export function reportRows(bench: string, rows: readonly Row[], leftOut: readonly string[] = []): void {
  for (const row of rows) process.stdout.write(`${describeRow(row)}\n`);
  for (const reason of leftOut) process.stdout.write(`left out: ${reason}\n`);
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(join(resultsFolder, `${bench}.json`), render({ bench, ...before, leftOut, rows }));
}

/** Indented, every row in a line of its own, numbers of six digits. */
function render({ rows, ...facts }: Results): string {
  const short = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(6)) : value;
  const lines = rows.map((row) => `    ${JSON.stringify(row, short)}`);
  return (
    JSON.stringify({ ...facts, rows: [] }, null, 2).replace(
      '"rows": []',
      () => `"rows": [\n${lines.join(',\n')}\n  ]`,
    ) + '\n'
  );
}
