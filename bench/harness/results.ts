/** How every bench begins and ends: what the machine is busy with, then its rows in their file and in the report. */

import { loadavg } from 'node:os';
import { writeResults } from '../report/files.js';
import { writeReport } from '../report/write.js';
import { short } from './form.js';
import { describeRow, type Row } from './rows.js';

// Read when the program starts: later the bench itself is the load.
const before = { date: new Date().toISOString(), loadAverage: Number(loadavg()[0]!.toFixed(2)) };

/** How busy others keep the cores: figures taken beside them say less. */
export function printMachine(): void {
  process.stdout.write(`load average before the run: ${before.loadAverage}\n`);
}

/** Prints the rows and what is left out; unless the run is a short one, writes them to their file, and the report anew. */
export function reportRows(bench: string, rows: readonly Row[], leftOut: readonly string[] = []): void {
  for (const row of rows) process.stdout.write(`${describeRow(row)}\n`);
  for (const reason of leftOut) process.stdout.write(`left out: ${reason}\n`);
  if (short) return;
  writeResults({ bench, ...before, leftOut, rows });
  writeReport();
}
