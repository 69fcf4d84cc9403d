/** A thread that stands beside a command for as long as it runs: it is started again when it ends by itself. */

import { Worker } from 'node:worker_threads';
import type { Config } from '../config/load.js';
import { endThread } from '../core/end-thread.js';
import { faultOf, type Fault } from '../core/fault.js';
import { built } from '../core/package.js';

export interface StandingThreadOptions<Message> {
  /** Of this folder, e.g. `ingest-worker`. Is given the configuration, and ends when it is told `stop`. */
  readonly file: string;
  readonly name: string;
  readonly config: Config;
  /** For what it has begun when it is closed; after it the thread is ended, which loses nothing that was committed. */
  readonly endMs: number;
  readonly onMessage: (message: Message) => void;
  /** It died of an error. */
  readonly onFault: (fault: Fault) => void;
  /** It ended, for whatever reason; another one follows unless this one was closed. */
  readonly onEnd?: () => void;
}

export interface StandingThread {
  /** Lets it finish what it has begun, and ends it. */
  close(): Promise<void>;
}

const RESTART_MS = 5000;

export function startStandingThread<Message>(options: StandingThreadOptions<Message>): StandingThread {
  const { file, name, config, endMs, onMessage, onFault, onEnd } = options;
  let closing = false;
  let restart: NodeJS.Timeout | undefined;
  let worker = start();

  function start(): Worker {
    const started = new Worker(built(`src/app/${file}.js`), { workerData: config, name });
    started.on('message', onMessage);
    started.on('error', (error) => {
      onFault(faultOf(error));
    });
    started.on('exit', () => {
      onEnd?.();
      if (!closing) restart = setTimeout(() => (worker = start()), RESTART_MS);
    });
    return started;
  }

  return {
    async close() {
      closing = true;
      clearTimeout(restart);
      await endThread(worker, 'stop', endMs);
    },
  };
}
