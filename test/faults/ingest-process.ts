/** `matinee` as a process of its own, which can be shot, starved and read from. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { built } from '../../src/core/package.js';
import type { LineReport } from '../../src/ingest/log/outcomes.js';
import type { Gap } from '../../src/ingest/ingester.js';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  /** What it has printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<Ended>;
  readonly isOver: () => boolean;
  signal(signal: NodeJS.Signals): void;
}

const running = new Set<ChildProcess>();

export function startMatinee(...args: readonly string[]): Running {
  const child = spawn(process.execPath, [built('src/cli/main.js'), ...args], { env: { PATH: process.env.PATH } });
  running.add(child);
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (data: Buffer) => (printed[stream] += data.toString()));
  }
  let isOver = false;
  const ended = once(child, 'close').then(([code, signal]) => {
    isOver = true;
    running.delete(child);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, ...printed };
  });
  return {
    ...{ pid: child.pid!, ended, isOver: () => isOver },
    ...{ stdout: () => printed.stdout, stderr: () => printed.stderr },
    signal: (signal) => void child.kill(signal),
  };
}

/** To be called when a test is over, however it went. */
export function shootAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

export interface Report extends LineReport {
  readonly gaps: readonly Gap[];
}

export const reportOf = ({ code, signal, stdout, stderr }: Ended): Report => {
  if (code !== 0) throw new Error(`ended with ${code ?? signal}: ${stderr}${stdout}`);
  return JSON.parse(stdout) as Report;
};

/** `matinee ingest` to the end of the log as it is now. */
export async function ingestAll(dataDir: string, source: string, ...args: readonly string[]): Promise<Report> {
  return reportOf(await startIngest(dataDir, source, '--until-end', ...args).ended);
}

export const startIngest = (dataDir: string, source: string, ...args: readonly string[]): Running =>
  startMatinee('ingest', '--data-dir', dataDir, '--source', source, '--json', ...args);

/** Waits for something that has to happen while the process runs. */
export async function until(
  what: string | (() => string),
  holds: () => boolean | Promise<boolean>,
  waitMs = 20_000,
): Promise<void> {
  for (const deadline = Date.now() + waitMs; !(await holds());) {
    if (Date.now() > deadline) throw new Error(`not in time: ${typeof what === 'string' ? what : what()}`);
    await sleep(20);
  }
}

/** The next write into the LMDB file of a folder. */
export function written(folder: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(folder, (_, file) => {
      if (file !== 'data.mdb') return;
      watcher.close();
      resolve();
    });
  });
}
