/** The engine's two thread pools: the scoring workers, and one loader that starts when it is needed. */

import { setTimeout as sleep } from 'node:timers/promises';
import { Piscina } from 'piscina';
import { built } from '../core/package.js';
import type { LoaderSetup, LoaderTask, WorkerSetup, WorkerTask } from './protocol.js';

export interface Pool<Task> {
  run(task: Task): Promise<unknown>;
  readonly threads: readonly { terminate(): Promise<number> }[];
  /** Waits for what is running, though not for long, and ends the threads. */
  end(): Promise<void>;
}

export type WorkerPool = Pool<WorkerTask>;
export type LoaderPool = Pool<LoaderTask>;

/** Batches that one worker may hold: the one it works on, and full ones that wait for it. */
export const BATCHES_AHEAD = 4;
/** Longer than any batch; a load of a gigabyte may be cut off. */
const END_MS = 4000;

const common = {
  // The other modes freeze the event loop of an idle worker until the next task comes.
  atomics: 'disabled',
  recordTiming: false,
  // On a machine driven past its end the main thread, which answers from lower rungs, must still get its turn.
  niceIncrement: 10,
} as const;

export const startWorkers = (threads: number, setup: WorkerSetup): WorkerPool =>
  pool(
    new Piscina({
      ...common,
      filename: built('src/engine/worker.js'),
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: BATCHES_AHEAD,
      workerData: setup,
    }),
  );

export const startLoader = (setup: LoaderSetup): LoaderPool =>
  pool(
    new Piscina({
      ...common,
      filename: built('src/engine/loader-worker.js'),
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 10_000,
      workerData: setup,
    }),
  );

/** No bound on its queue: the batcher sends a batch only when a slab is free, and the loader is asked one thing at a time. */
function pool<Task>(piscina: Piscina<Task>): Pool<Task> {
  const running = new Set<Promise<unknown>>();
  return {
    run(task) {
      const result = piscina.run(task);
      running.add(result);
      const forget = (): void => void running.delete(result);
      result.then(forget, forget);
      return result;
    },
    get threads() {
      return piscina.threads;
    },
    async end() {
      // A result that arrives after `destroy` would be an uncaught exception.
      await Promise.race([Promise.allSettled(running), sleep(END_MS, undefined, { ref: false })]);
      await piscina.destroy();
    },
  };
}
