/** One `matinee ingest` to the end of a log, in a process of its own, its memory watched from outside. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { unwrap } from '../../src/core/errors.js';
import { built } from '../../src/core/package.js';
import type { LineReport } from '../../src/ingest/log/outcomes.js';
import { openState, type State } from '../../src/store/state.js';
import { residentBytes } from '../harness/server.js';

/** As `matinee ingest --json` prints it. */
export interface IngestReport extends LineReport {
  /** From before the state is opened until the last line is committed and the source closed. */
  readonly seconds: number;
}

/** Resident bytes, all SAMPLE_MS. */
export interface Memory {
  readonly anonymous: readonly number[];
  readonly file: readonly number[];
}

const SAMPLE_MS = 100;

export interface IngestRun {
  readonly report: IngestReport;
  readonly memory: Memory;
}

export async function runIngest(dataDir: string, source: string, ...words: readonly string[]): Promise<IngestRun> {
  const flags = ['--data-dir', dataDir, '--source', source, '--until-end', '--json', ...words];
  const child = spawn(process.execPath, [built('src/cli/main.js'), 'ingest', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const memory = { anonymous: [] as number[], file: [] as number[] };
  while (child.exitCode === null && child.signalCode === null) {
    await Promise.race([ended, sleep(SAMPLE_MS)]);
    try {
      memory.anonymous.push(residentBytes(child.pid!, 'RssAnon'));
      memory.file.push(residentBytes(child.pid!, 'RssFile'));
    } catch {
      // It has just ended.
    }
  }
  const [[code], [stdout, stderr]] = await Promise.all([ended, output]);
  if (code !== 0) throw new Error(`matinee ingest ended with ${code}: ${stderr}`);
  return { report: JSON.parse(stdout) as IngestReport, memory };
}

export const rateOf = ({ report }: IngestRun): number => report.lines / report.seconds;

/** What a run left in its state. */
export async function inState<T>(dataDir: string, look: (state: State) => T): Promise<T> {
  const state = unwrap(openState(join(dataDir, 'state'), { readOnly: true }));
  try {
    return look(state);
  } finally {
    await state.close();
  }
}

/** `7 minute-order, 3 clock-skew` */
export const countsOf = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([reason, count]) => `${count} ${reason}`)
    .join(', ') || 'none';
