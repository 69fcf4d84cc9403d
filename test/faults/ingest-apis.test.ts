/** Bad days of the look-up APIs: what they have to say arrives in the end, and until then nothing is guessed. */

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { openDirectorySource } from '../../src/ingest/directory-source.js';
import type { IngestStatus } from '../../src/ingest/ingester.js';
import type { ApiBehaviour } from '../../src/sim/api/behaviour.js';
import { contentDifferences, contentOf } from './ingest-content.js';
import { openInside, type Inside } from './ingest-inside.js';
import { ingestAll, shootAll, until } from './ingest-process.js';
import { openLogFolder, seedOf, siteWorld, startApis, tellLog, workplace, type Apis } from './ingest-site.js';

const LINES = 8_000;
const HOUR_MS = 3_600_000;
const RATE = 50;

const place = workplace();
afterAll(() => {
  shootAll();
  place.remove();
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** The time of day as the ingest sees it; `pass` makes it run fast. Pauses are over sooner, time-outs last as long as ever. */
function timeOfDay(): { pass(ms: number, inMs: number): Promise<void> } {
  let shiftMs = 0;
  const { timeOrigin } = performance;
  vi.spyOn(Date, 'now').mockImplementation(() => Math.floor(timeOrigin + performance.now()) + shiftMs);
  return {
    pass: async (ms, inMs) => {
      const steps = Math.ceil(inMs / 20);
      for (let step = 0; step < steps; step++) {
        shiftMs += ms / steps;
        await sleep(20);
      }
    },
  };
}

const heldOf = ({ lines }: IngestStatus): number =>
  (lines.held['film-unknown'] ?? 0) + (lines.held['user-unknown'] ?? 0);

const requestsOf = ({ status }: Inside, kind: 'film' | 'user'): ReadonlyMap<string, number> =>
  new Map(status()?.apis.find((api) => api.kind === kind)?.requests);

const allRequestsOf = (inside: Inside): number =>
  (['film', 'user'] as const).flatMap((kind) => [...requestsOf(inside, kind).values()]).reduce((a, b) => a + b, 0);

const both = async ({ films, users }: Apis, change: Partial<ApiBehaviour>): Promise<void> => {
  await films.behave(change);
  await users.behave(change);
};

test('an hour of no answers, hours of bad ones: lines wait, requests keep their pace, and everything settles', async () => {
  const seed = seedOf('APIs');
  const world = siteWorld(seed);
  const log = openLogFolder(place.path('log'));
  const { pieces } = tellLog(world, { lines: LINES, count: 1 });
  log.append(...pieces);
  const apis = await startApis(world);
  const clock = timeOfDay();
  await both(apis, { state: 'refusing' });
  const inside = openInside(place.path('var'), (options) => openDirectorySource(log.path, options), {
    ...{ apis, untilEnd: false, timeoutMs: 250, rate: RATE },
  });
  const ended = inside.ingester.run();
  await until('the log is read', () => inside.status()?.lines.lines === LINES);

  const bad: readonly Partial<ApiBehaviour>[] = [
    { state: 'refusing' },
    { state: 'hanging' },
    { state: 'up', errorShare: 1 },
    { errorShare: 0, truncatedShare: 1 },
  ];
  for (const behaviour of bad) {
    await both(apis, behaviour);
    const before = allRequestsOf(inside);
    await clock.pass(HOUR_MS, 2_000);
    const { lines } = inside.status()!;
    // Nobody has said that any film exists.
    expect([lines.accepted.watch, lines.accepted.rate, lines.rejected['film-not-found'] ?? 0]).toEqual([0, 0, 0]);
    expect(lines.lines).toBe(LINES);
    // Once every minute or half of it, and a few more in the beginning, to each API.
    const asked = allRequestsOf(inside) - before;
    console.log(`${JSON.stringify(behaviour)}: ${asked} requests in an hour`);
    expect(asked).toBeGreaterThan(5);
    expect(asked).toBeLessThan(2 * 130);
  }

  await both(apis, { truncatedShare: 0.3, errorShare: 0.2, leftOutShare: 0.03, unordered: true, changedTypes: true });
  await clock.pass(HOUR_MS, 3_000);
  await both(apis, { truncatedShare: 0, errorShare: 0, leftOutShare: 0, unordered: false, changedTypes: false });
  for (let hours = 0; hours < 30 && heldOf(inside.status()!) > 0; hours++) await clock.pass(HOUR_MS, 500);
  expect(heldOf(inside.status()!)).toBe(0);

  // Facts that came in changed types were dropped. They come with the next look-up: of a user, when he comes after a month.
  await clock.pass(31 * 24 * HOUR_MS, 1_000);
  log.append(...pieces);
  await until('the second month is read', () => inside.status()?.lines.lines === 2 * LINES);
  const settled = () => inside.status()!.apis.every(({ queued }) => queued === 0);
  for (let hours = 0; hours < 30 && !settled(); hours++) await clock.pass(HOUR_MS, 500);
  inside.ingester.stop();
  unwrap(await ended);
  await inside.close();
  vi.restoreAllMocks();

  const good = await startApis(world);
  await ingestAll(place.path('good'), log.source, ...good.flags);
  expect(contentDifferences(await contentOf(place.path('var')), await contentOf(place.path('good')))).toEqual([]);
  await Promise.all([apis.close(), good.close()]);
  log.close();
});

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
