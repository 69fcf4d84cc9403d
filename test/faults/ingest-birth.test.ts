/** `kill -9` of an ingest that is just making its state: the next one makes it, and readers find a whole one or none. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { contentOf, withState } from './ingest-content.js';
import { ingestAll, shootAll, startIngest, written } from './ingest-process.js';
import { isShort, openLogFolder, siteWorld, tellLog, workplace } from './ingest-site.js';

const place = workplace();
afterAll(() => {
  shootAll();
  place.remove();
});

test('killed while it makes its state, it makes it the next time', async () => {
  const log = openLogFolder(place.path('small'));
  log.append(...tellLog(siteWorld(1), { lines: 1_000, count: 1 }).pieces);
  log.close();
  for (let writes = 1; writes <= (isShort ? 3 : 10); writes++) {
    const dataDir = place.path('born', String(writes));
    mkdirSync(join(dataDir, 'state'), { recursive: true });
    const ingest = startIngest(dataDir, log.source);
    for (let write = 0; write < writes; write++) await Promise.race([written(join(dataDir, 'state')), ingest.ended]);
    ingest.signal('SIGKILL');
    await ingest.ended;
    await ingestAll(dataDir, log.source);
    expect((await contentOf(dataDir)).report.lines).toBe(1_000);
    expect(await withState(dataDir, ({ meta }) => meta.id())).toMatch(/^[0-9a-f-]{36}$/);
  }
}, 120_000);
