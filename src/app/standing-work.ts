/** The inside of a standing thread (see standing-thread.ts): it works behind the requests until it is told to stop. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Config } from '../config/load.js';
import type { Result } from '../core/errors.js';
import { faultOf, type Fault } from '../core/fault.js';

/** The thread ends: no waiting mends this. */
export interface Failed {
  readonly kind: 'failed';
  readonly fault: Fault;
}

/** Requests come first. On Linux the priority is the thread's own. */
const BEHIND_REQUESTS = 10;

/** @param work is to end once `stopped` has: the one thing that the service ever says to the thread is that it stops */
export async function standingWork(
  work: (config: Config, send: (message: object) => void, stopped: Promise<unknown>) => Promise<Result<unknown>>,
): Promise<void> {
  assert(parentPort !== null);
  const port = parentPort;
  const send = (message: object): void => {
    port.postMessage(message);
  };
  setPriority(BEHIND_REQUESTS);
  const ended = await work(workerData as Config, send, once(port, 'message'));
  if (!ended.ok) send({ kind: 'failed', fault: faultOf(ended.error) } satisfies Failed);
  port.close();
}
