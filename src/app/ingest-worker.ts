/** The thread that reads the site's log, and what users say of themselves, beside a running service. */

import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import assert from 'node:assert/strict';
import type { Config } from '../config/load.js';
import { faultOf, type Fault } from '../core/fault.js';
import type { IngestStatus } from '../ingest/ingester.js';
import type { ProfilerStatus } from '../ingest/profile/profiler.js';
import { openIngest } from './ingest.js';

export type FromIngest =
  | { readonly kind: 'status'; readonly status: IngestStatus }
  | { readonly kind: 'profiles'; readonly status: ProfilerStatus }
  /** The thread ends: no waiting mends this. */
  | { readonly kind: 'failed'; readonly fault: Fault };

/** Requests come first. On Linux the priority is the thread's own. */
const BEHIND_REQUESTS = 10;

assert(parentPort !== null);
const port = parentPort;
const send = (message: FromIngest): void => {
  port.postMessage(message);
};

setPriority(BEHIND_REQUESTS);
const opened = openIngest(workerData as Config, {
  ...{ from: 'committed', untilEnd: false },
  onStatus: (status) => {
    send({ kind: 'status', status });
  },
  onProfiles: (status) => {
    send({ kind: 'profiles', status });
  },
});
if (opened.ok) {
  const ingest = opened.value;
  // The one thing that the service ever says to this thread is that it stops.
  port.once('message', ingest.stop);
  const run = await ingest.run();
  await ingest.close();
  if (!run.ok) send({ kind: 'failed', fault: faultOf(run.error) });
} else {
  send({ kind: 'failed', fault: faultOf(opened.error) });
}
port.close();
