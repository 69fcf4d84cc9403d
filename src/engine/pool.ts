/** The engine's two thread pools: the scoring workers, and one loader that starts when it is needed. */

import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { built } from '../core/package.js';
import type { LoaderSetup, LoaderTask, WorkerSetup, WorkerTask } from './protocol.js';

export type WorkerPool = Piscina<WorkerTask>;
export type LoaderPool = Piscina<LoaderTask>;

const common = {
  // The other modes freeze the event loop of an idle worker until the next task comes.
  atomics: 'disabled',
  recordTiming: false,
  // On a machine driven past its end the main thread, which answers from lower rungs, must still get its turn.
  niceIncrement: 10,
} as const;

/** Batches wait in our own queue: a pool never holds more tasks than it has threads. */
export function startWorkers(threads: number, setup: WorkerSetup): WorkerPool {
  return new Piscina({
    ...common,
    filename: built('src/engine/worker.js'),
    minThreads: threads,
    maxThreads: threads,
    maxQueue: threads + availableParallelism(),
    workerData: setup,
  });
}

export function startLoader(setup: LoaderSetup): LoaderPool {
  return new Piscina({
    ...common,
    filename: built('src/engine/loader-worker.js'),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 10_000,
    workerData: setup,
  });
}
