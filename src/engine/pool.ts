/** The engine's two thread pools: the scoring threads, and one in the background that starts when it is needed. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { built } from '../core/package.js';
import type { BackgroundSetup, BackgroundTask, ScoringSetup, ScoringTask } from './protocol.js';

export interface Pool<Task> {
  /** Ports in `transfer` move to the thread. */
  run(task: Task, transfer?: readonly MessagePort[]): Promise<unknown>;
  readonly threads: readonly { terminate(): Promise<number> }[];
  /** Waits for what is running, though not for long, and ends the threads. */
  end(): Promise<void>;
}

export type ScoringPool = Pool<ScoringTask>;
export type BackgroundPool = Pool<BackgroundTask>;

/** Longer than any batch; a load of a gigabyte may be cut off. */
const END_MS = 4000;

const common = {
  // The other modes freeze the event loop of an idle worker until the next task comes.
  atomics: 'disabled',
  recordTiming: false,
  // On a machine driven past its end the main thread, which answers from lower rungs, must still get its turn.
  niceIncrement: 5,
} as const;

/** Each thread has one task at a time, so that as many tasks as threads all run. */
export const startScoring = (threads: number, setup: ScoringSetup): ScoringPool =>
  pool(
    new Piscina({
      ...common,
      filename: built('src/engine/worker.js'),
      minThreads: threads,
      maxThreads: threads,
      workerData: setup,
    }),
  );

export const startBackground = (setup: BackgroundSetup): BackgroundPool =>
  pool(
    new Piscina({
      ...common,
      filename: built('src/engine/background-worker.js'),
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: 10_000,
      workerData: setup,
    }),
  );

/** No bound on its queue: scoring has as many tasks as threads, and the background is asked few things. */
function pool<Task>(piscina: Piscina<Task>): Pool<Task> {
  const running = new Set<Promise<unknown>>();
  return {
    run(task, transfer = []) {
      const result = piscina.run(task, { transferList: [...transfer] });
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
