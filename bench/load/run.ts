/** Runs a load in a process of its own. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { built } from '../../src/core/package.js';
import type { LoadTask, PhaseReport } from './protocol.js';

/** One report a phase. */
export async function runLoad(task: LoadTask): Promise<readonly PhaseReport[]> {
  const child = fork(built('bench/load/client.js'));
  child.send(task);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the load process ended with ${String(code)}`);
  });
  const [reports] = (await Promise.race([once(child, 'message'), ended])) as [readonly PhaseReport[]];
  ended.catch(() => undefined);
  return reports;
}
