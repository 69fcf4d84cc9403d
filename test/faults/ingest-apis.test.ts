/** Bad days of the look-up APIs: what they have to say arrives in the end, and until then nothing is guessed. */

import { afterAll, expect, test } from 'vitest';
import type { ApiBehaviour } from '../../src/sim/api-behaviour.js';
import { ingestAll, shootAll } from './ingest-process.js';
import { openLogFolder, siteWorld, startApis, tellLog, workplace, type Apis } from './ingest-site.js';

const LINES = 8_000;

const place = workplace();
afterAll(() => {
  shootAll();
  place.remove();
});

const both = async ({ films, users }: Apis, change: Partial<ApiBehaviour>): Promise<void> => {
  await films.behave(change);
  await users.behave(change);
};

test('rate limits are kept: whoever answers 429 is asked less, and the log is settled all the same', async () => {
  const world = siteWorld(1);
  const log = openLogFolder(place.path('limited'));
  log.append(...tellLog(world, { lines: LINES, count: 1 }).pieces);
  const apis = await startApis(world);
  await both(apis, { requestsPerSecondMax: 5 });
  const started = performance.now();
  const report = await ingestAll(place.path('limited-var'), log.source, ...apis.flags);
  const seconds = (performance.now() - started) / 1000;
  expect(Object.keys(report.held).filter((reason) => reason.endsWith('unknown'))).toEqual([]);
  for (const { counts } of [apis.films, apis.users]) {
    const { 429: refused = 0 } = counts.answers;
    console.log(`${counts.requests} requests in ${seconds.toFixed(1)} s, ${refused} of them refused`);
    expect(refused).toBeLessThan(5 + counts.requests / 2);
  }
  await apis.close();
  log.close();
});
