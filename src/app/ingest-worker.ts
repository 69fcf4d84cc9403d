/** The thread that reads the site's log, and what users say of themselves, beside a running service. */

import type { IngestStatus } from '../ingest/ingester.js';
import type { ProfilerStatus } from '../ingest/profile/profiler.js';
import { openIngest } from './ingest.js';
import { standingWork, type Failed } from './standing-work.js';

export type FromIngest =
  | { readonly kind: 'status'; readonly status: IngestStatus }
  | { readonly kind: 'profiles'; readonly status: ProfilerStatus }
  | Failed;

await standingWork(async (config, send: (message: FromIngest) => void, stopped) => {
  const opened = openIngest(config, {
    ...{ from: 'committed', untilEnd: false },
    onStatus: (status) => {
      send({ kind: 'status', status });
    },
    onProfiles: (status) => {
      send({ kind: 'profiles', status });
    },
  });
  if (!opened.ok) return opened;
  const ingest = opened.value;
  void stopped.then(ingest.stop);
  const run = await ingest.run();
  await ingest.close();
  return run;
});
