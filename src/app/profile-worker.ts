/** The thread that reads what users say of themselves, beside a running service or an ingest. */

import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import assert from 'node:assert/strict';
import type { Config } from '../config/load.js';
import type { Result } from '../core/errors.js';
import { faultOf, type Fault } from '../core/fault.js';
import { createProfiler, type ProfilerStatus } from '../ingest/profile/profiler.js';
import { openState } from '../store/state.js';
import { stateFolderOf } from './folders.js';
import { openLlm } from './llm.js';

export type ToProfiler = 'stop' | 'drain';

export type FromProfiler =
  | { readonly kind: 'status'; readonly status: ProfilerStatus }
  /** The thread ends; with a fault when no waiting mends it. */
  | { readonly kind: 'ended'; readonly fault: Fault | undefined };

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
  const state = opened.value;
  const llm = openLlm(config);
  if (!llm.ok) {
    await state.close();
    return llm;
  }
  const profiler = createProfiler({
    ...{ state, model: llm.value, seed: config.seed },
    onStatus: (status) => {
      send({ kind: 'status', status });
    },
  });
  port.on('message', (message: ToProfiler) => {
    if (message === 'drain') profiler.drain();
    else profiler.stop();
  });
  const ended = await profiler.run();
  await llm.value?.close();
  await state.close();
  return ended;
}

setPriority(BEHIND_REQUESTS);
const ended = await run(workerData as Config);
send({ kind: 'ended', fault: ended.ok ? undefined : faultOf(ended.error) });
port.close();
