/** The thread that reads what users say of themselves, beside a service that reads no log: else the ingest's thread does. */

import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import assert from 'node:assert/strict';
import type { Config } from '../config/load.js';
import type { Result } from '../core/errors.js';
import { faultOf, type Fault } from '../core/fault.js';
import type { ProfilerStatus } from '../ingest/profile/profiler.js';
import { openState } from '../store/state.js';
import { stateFolderOf } from './folders.js';
import { openProfiler } from './profiler.js';

export type FromProfiler =
  | { readonly kind: 'status'; readonly status: ProfilerStatus }
  /** The thread ends: no waiting mends this. */
  | { readonly kind: 'failed'; readonly fault: Fault };

/** Requests come first. On Linux the priority is the thread's own. */
const BEHIND_REQUESTS = 10;

assert(parentPort !== null);
const port = parentPort;
const send = (message: FromProfiler): void => {
  port.postMessage(message);
};

async function run(config: Config): Promise<Result<void>> {
  const opened = openState(stateFolderOf(config));
  if (!opened.ok) return opened;
  const profiler = openProfiler(config, {
    state: opened.value,
    onStatus: (status) => {
      send({ kind: 'status', status });
    },
  });
  // The one thing that the service ever says to this thread is that it stops.
  port.once('message', profiler.stop);
  const ended = await profiler.run();
  await opened.value.close();
  return ended;
}

setPriority(BEHIND_REQUESTS);
const ended = await run(workerData as Config);
if (!ended.ok) send({ kind: 'failed', fault: faultOf(ended.error) });
port.close();
