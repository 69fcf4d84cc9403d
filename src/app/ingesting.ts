/** The service's side of its ingest thread: starts it, starts it again when it ends, and knows how far it is. */

import { Worker } from 'node:worker_threads';
import type { Config } from '../config/load.js';
import { ingestNews } from '../core/channels.js';
import { endThread } from '../core/end-thread.js';
import { built } from '../core/package.js';
import { faultOf, type Fault } from '../core/fault.js';
import type { IngestStatus } from '../ingest/ingester.js';
import type { FromIngest } from './ingest-worker.js';

export interface Ingesting {
  /** Undefined until the thread has said something. */
  status(): IngestStatus | undefined;
  /** What is in the way of reading the log; undefined when nothing is. */
  fault(): Fault | undefined;
  /** Lets it commit what it has read, and ends it. */
  close(): Promise<void>;
}

const RESTART_MS = 5000;
/** For the last commit; after it the thread is ended, which loses nothing that was committed. */
const END_MS = 3000;

export function startIngesting(config: Config): Ingesting {
  let status: IngestStatus | undefined;
  let fault: Fault | undefined;
  let gaps = 0;
  let closing = false;
  let restart: NodeJS.Timeout | undefined;
  let worker = start();

  function start(): Worker {
    const started = new Worker(built('src/app/ingest-worker.js'), { workerData: config, name: 'ingest' });
    started.on('message', (message: FromIngest) => {
      if (message.kind === 'status') takeStatus(message.status);
      else setFault(message.fault);
    });
    started.on('error', (error) => {
      setFault(faultOf(error));
    });
    started.on('exit', () => {
      gaps = 0;
      if (!closing) restart = setTimeout(() => (worker = start()), RESTART_MS);
    });
    return started;
  }

  function takeStatus(next: IngestStatus): void {
    status = next;
    setFault(next.fault);
    for (const gap of next.gaps.slice(gaps)) ingestNews.publish({ kind: 'gap', ...gap });
    gaps = next.gaps.length;
  }

  function setFault(next: Fault | undefined): void {
    if (next?.message !== fault?.message) ingestNews.publish(next ? { kind: 'fault', ...next } : { kind: 'recovered' });
    fault = next;
  }

  return {
    status: () => status,
    fault: () => fault,
    async close() {
      closing = true;
      clearTimeout(restart);
      await endThread(worker, 'stop', END_MS);
    },
  };
}
