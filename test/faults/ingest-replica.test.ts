/** A replica that begins with a snapshot and goes on from its offsets becomes what one is that read the log from its beginning. */

import { afterAll, expect, test } from 'vitest';
import { contentOf, differences, withState } from './ingest-content.js';
import { ingestAll, shootAll, startIngest, startMatinee, until } from './ingest-process.js';
import { isShort, openLogFolder, seedOf, siteWorld, startApis, tellLog, workplace } from './ingest-site.js';

const LINES = isShort ? 20_000 : 60_000;
const PIECES = 30;

const place = workplace();
afterAll(() => {
  shootAll();
  place.remove();
});

test('a snapshot taken while the log is read, restored elsewhere and continued: the same canonical state', async () => {
  const seed = seedOf('replica');
  const world = siteWorld(seed);
  const log = openLogFolder(place.path('log'));
  const apis = await startApis(world);
  const pieces = [...tellLog(world, { lines: LINES, count: PIECES }).pieces];
  const first = place.path('first');
  const ingest = startIngest(first, log.source, ...apis.flags);
  const half = pieces.splice(0, PIECES / 2);
  log.append(...half.splice(0, PIECES / 4));
  await until('it has begun', () =>
    withState(first, ({ partitions }) => [...partitions.all()].length === 2).catch(() => false),
  );
  log.append(...half);

  // Lines are held and look-ups are open at this moment.
  const taken = await startMatinee('snapshot', 'take', '--data-dir', first, '--json').ended;
  expect(taken).toMatchObject({ code: 0 });
  const { folder } = JSON.parse(taken.stdout) as { folder: string };
  log.append(...pieces);
  ingest.signal('SIGTERM');
  expect(await ingest.ended).toMatchObject({ code: 0 });

  const replica = place.path('replica');
  expect(await startMatinee('snapshot', 'restore', folder, '--data-dir', replica).ended).toMatchObject({ code: 0 });
  const offsets = await withState(replica, ({ partitions }) => [...partitions.all()].map(([, { next }]) => next));
  const read = offsets.reduce((sum, next) => sum + next, 0);
  console.log(`the replica goes on at ${offsets.join(' and ')} of ${LINES} lines`);
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(LINES);

  for (const dataDir of [first, replica, place.path('whole')]) await ingestAll(dataDir, log.source, ...apis.flags);
  const whole = await contentOf(place.path('whole'));
  expect(whole.report.lines).toBe(LINES);
  for (const dataDir of [first, replica])
    expect(differences((await contentOf(dataDir)).state, whole.state)).toEqual([]);
  await apis.close();
  log.close();
});
