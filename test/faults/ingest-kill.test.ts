/** `kill -9` of an ingest at random moments: the state becomes what an uninterrupted ingest makes of the same log. */

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { Random } from '../../src/core/random.js';
import { contentDifferences, contentOf, readLines, rejectedLines, withState } from './ingest-content.js';
import { ingestAll, shootAll, startIngest, written, type Running } from './ingest-process.js';
import { drawsOf, isShort, openLogFolder, seedOf, siteWorld, startApis, tellLog, workplace } from './ingest-site.js';

const KILLS = isShort ? 8 : 50;
const LINES = isShort ? 60_000 : 200_000;
/** Pieces of the log that come during one life of the process. */
const PIECES = 8;
const PIECE_MS = 30;

const place = workplace();
afterAll(() => {
  shootAll();
  place.remove();
});

/** Two of three kills wait until the state's or the quarantine's file is being written: they hit a commit. */
const aims = ['moment', 'state', 'quarantine'] as const;
const LIFE_MS_MAX = 700;
const NO_WRITE_MS = 1_000;

/** Resolves when the trigger is to be pulled: some time after the process first wrote into its state. */
async function momentToKill(dataDir: string, draws: Random): Promise<void> {
  const aim = aims[draws.integer(aims.length)]!;
  const lifeMs = draws.integer(LIFE_MS_MAX);
  await written(join(dataDir, 'state'));
  await sleep(lifeMs);
  if (aim !== 'moment') await Promise.race([written(join(dataDir, aim)), sleep(NO_WRITE_MS)]);
}

/** Whether a commit was cut in two: its rejected lines are in the quarantine, its offsets are not in the state. */
async function isTorn(dataDir: string): Promise<boolean> {
  const rejected = await rejectedLines(dataDir);
  return withState(dataDir, ({ partitions, held }) =>
    rejected.some(
      ({ partition, offset }) =>
        offset >= (partitions.get(partition)?.next ?? 0) || held.get(partition, offset) !== undefined,
    ),
  );
}

test(`${KILLS} kills within ${LINES} lines lose nothing and count nothing twice`, async () => {
  const seed = seedOf('kills');
  const draws = drawsOf(seed);
  const world = siteWorld(seed);
  const { pieces, truths } = tellLog(world, { lines: LINES, count: KILLS * PIECES });
  const log = openLogFolder(place.path('log'));
  const apis = await startApis(world);
  const dataDir = place.path('killed');
  // A state to begin with: how it is born is a test of its own.
  await ingestAll(dataDir, log.source);

  const feed = [...pieces];
  const follow = async (ingest: Running): Promise<void> => {
    for (const piece of feed.splice(0, PIECES)) {
      log.append(piece);
      if (!ingest.isOver()) await sleep(PIECE_MS);
    }
  };
  const seen = { advanced: 0, inTheMiddle: 0, torn: 0 };
  let before = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const trigger = momentToKill(dataDir, draws);
    const ingest = startIngest(dataDir, log.source, ...apis.flags);
    // The first pieces are there when the process looks; the others come while it runs.
    const feeding = follow(ingest);
    await Promise.race([trigger, ingest.ended]);
    ingest.signal('SIGKILL');
    await feeding;
    const { signal, stderr } = await ingest.ended;
    // Where a life is long, progress is told.
    expect([signal, stderr.replace(/^ingest: .*\n/gm, '')]).toEqual(['SIGKILL', '']);
    const read = await readLines(dataDir);
    if (read > before) seen.advanced++;
    if (read < log.lines()) seen.inTheMiddle++;
    if (await isTorn(dataDir)) seen.torn++;
    before = read;
  }
  console.log(
    `of ${KILLS} kills ${seen.advanced} after commits, ${seen.inTheMiddle} with lines unread, ${seen.torn} amid a commit`,
  );
  expect(seen.advanced).toBeGreaterThan(KILLS / 5);
  expect(seen.inTheMiddle).toBeGreaterThan(KILLS / 5);
  // So few may all miss it.
  expect(seen.torn).toBeGreaterThan(isShort ? -1 : 0);

  await ingestAll(dataDir, log.source, ...apis.flags);
  const whole = await ingestAll(place.path('whole'), log.source, ...apis.flags);
  const [killed, uninterrupted] = [await contentOf(dataDir), await contentOf(place.path('whole'))];
  expect(contentDifferences(killed, uninterrupted)).toEqual([]);
  expect([killed.report.lines, whole.lines]).toEqual([LINES, LINES]);

  const rejected = new Set((await rejectedLines(dataDir)).map(({ partition, offset }) => `${partition}:${offset}`));
  const gotIn = truths.filter(({ partition, line, parses }) => !parses && !rejected.has(`${partition}:${line}`));
  expect(gotIn).toEqual([]);
  await apis.close();
  log.close();
}, 300_000);
