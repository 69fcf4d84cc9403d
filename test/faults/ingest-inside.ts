/** An ingest inside the test's own process, where its source and the time-outs of its APIs can be chosen. */

import { join } from 'node:path';
import { unwrap } from '../../src/core/errors.js';
import { createApiClient } from '../../src/ingest/api-client.js';
import { createIngester, type Ingester, type IngesterParts, type IngestStatus } from '../../src/ingest/ingester.js';
import { openQuarantine } from '../../src/ingest/quarantine.js';
import { openState } from '../../src/store/state.js';
import type { Apis } from './ingest-site.js';

export interface Inside {
  readonly ingester: Ingester;
  /** The newest one. */
  readonly status: () => IngestStatus | undefined;
  close(): Promise<void>;
}

type Options = Partial<IngesterParts> & { readonly apis?: Apis; readonly timeoutMs?: number; readonly rate?: number };

export function openInside(
  dataDir: string,
  open: IngesterParts['open'],
  { apis, timeoutMs = 10_000, rate = 500, ...options }: Options,
): Inside {
  const state = unwrap(openState(join(dataDir, 'state')));
  const quarantine = unwrap(openQuarantine(join(dataDir, 'quarantine')));
  const clientOf = (kind: 'film' | 'user') => {
    const url = (kind === 'film' ? apis?.films : apis?.users)?.url;
    return url === undefined ? undefined : createApiClient({ kind, url, rate, timeoutMs });
  };
  let status: IngestStatus | undefined;
  const ingester = createIngester({
    ...{ state, quarantine, open, from: 'committed', untilEnd: true, zoneMs: 0, scale: undefined, seed: 1 },
    ...{ filmApi: clientOf('film'), userApi: clientOf('user'), onStatus: (now) => (status = now) },
    ...options,
  });
  const close = async (): Promise<void> => {
    await quarantine.close();
    await state.close();
  };
  return { ingester, status: () => status, close };
}

export async function runIngester(
  dataDir: string,
  open: IngesterParts['open'],
  options: Options = {},
): Promise<IngestStatus> {
  const inside = openInside(dataDir, open, options);
  try {
    return unwrap(await inside.ingester.run());
  } finally {
    await inside.close();
  }
}
