/** The service's side of its ingest thread: starts it, starts it again when it ends, and knows how far it is. */

import type { Config } from '../config/load.js';
import { ingestNews } from '../core/channels.js';
import type { Fault } from '../core/fault.js';
import type { IngestStatus } from '../ingest/ingester.js';
import type { ProfilerStatus } from '../ingest/profile/profiler.js';
import type { FromIngest } from './ingest-worker.js';
import { startStandingThread } from './standing-thread.js';

export interface Ingesting {
  /** Undefined until the thread has said something. */
  status(): IngestStatus | undefined;
  /** What is in the way of reading the log; undefined when nothing is. */
  fault(): Fault | undefined;
  /** Lets it commit what it has read, and ends it. */
  close(): Promise<void>;
}

/** For the last commit. */
const END_MS = 3000;

/** @param onProfiles of the reading of what users say of themselves */
export function startIngesting(config: Config, onProfiles: (status: ProfilerStatus) => void): Ingesting {
  let status: IngestStatus | undefined;
  let fault: Fault | undefined;
  let gaps = 0;
  const thread = startStandingThread<FromIngest>({
    ...{ file: 'ingest-worker', name: 'ingest', config, endMs: END_MS },
    onMessage: (message) => {
      if (message.kind === 'status') takeStatus(message.status);
      else if (message.kind === 'profiles') onProfiles(message.status);
      else setFault(message.fault);
    },
    onFault: setFault,
    onEnd: () => (gaps = 0),
  });

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
    close: thread.close,
  };
}
