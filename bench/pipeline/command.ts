/** One command of `matinee` in a process of its own, and what it took. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { built } from '../../src/core/package.js';
import { residentBytes, watchProcess } from '../harness/server.js';

export interface Cost {
  /** From its start to its end, as one waits for it. */
  readonly wallSeconds: number;
  /** Of all its threads. */
  readonly cpuSeconds: number;
  /** Most that was resident at once. */
  readonly peakBytes: number;
}

/** The kernel keeps both figures until the process has ended: what its last milliseconds add is lost. */
const SAMPLE_MS = 20;

/** Throws an Error with what the command said when it fails. */
export async function runCommand(words: readonly string[]): Promise<Cost> {
  const startMs = performance.now();
  const child = spawn(process.execPath, [built('src/cli/main.js'), ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const complaint = text(child.stderr);
  const watched = watchProcess(child.pid!);
  let [cpuMicroseconds, peakBytes] = [0, 0];
  while (child.exitCode === null && child.signalCode === null) {
    try {
      cpuMicroseconds = watched.cpuMicroseconds();
      peakBytes = residentBytes(child.pid!, 'VmHWM');
    } catch {
      // It has just ended.
    }
    await Promise.race([ended, sleep(SAMPLE_MS)]);
  }
  const wallSeconds = (performance.now() - startMs) / 1000;
  const [code] = await ended;
  if (code !== 0) throw new Error(`matinee ${words.join(' ')} ended with ${code}: ${await complaint}`);
  return { wallSeconds, cpuSeconds: cpuMicroseconds / 1e6, peakBytes };
}
