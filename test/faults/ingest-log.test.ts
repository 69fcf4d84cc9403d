/** Bad days of the log itself: endless lines, partitions that stand still or come late, clocks that jump, retention. */

import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { openDirectorySource } from '../../src/ingest/directory-source.js';
import { openLogAppender, type LogAppender } from '../../src/sim/log/log-directory.js';
import { contentDifferences, contentOf, differences, readLines, rejectedLines, withState } from './ingest-content.js';
import { openInside } from './ingest-inside.js';
import { ingestAll, reportOf, shootAll, startIngest, until } from './ingest-process.js';
import { openLogFolder, siteWorld, startApis, tellLog, workplace, type Apis } from './ingest-site.js';

const world = siteWorld(3);
const FILM = world.ids[0]!;
const OTHER = world.ids[1]!;

const place = workplace();
let test_ = 0;
let folder: string;
let dataDir: string;
let source: string;
let log: LogAppender;
let apis: Apis;

beforeEach(async () => {
  folder = place.path(String(++test_), 'log');
  dataDir = place.path(String(test_), 'var');
  source = `dir:${folder}`;
  mkdirSync(folder, { recursive: true });
  apis = await startApis(world);
});
afterEach(async () => {
  vi.restoreAllMocks();
  shootAll();
  log.close();
  await apis.close();
});
afterAll(() => {
  place.remove();
});

const DAY_MS = 86_400_000;
const START = Date.UTC(2025, 2, 1, 20);
const timeOf = (ms: number): string => new Date(ms).toISOString().slice(0, -1);
/** Minutes 0 … count − 1 of a viewing that begins so many milliseconds after the start. */
const viewing = (user: number, count: number, film = FILM, afterMs = 0): string[] =>
  Array.from(
    { length: count },
    (_, m) => `${timeOf(START + afterMs + m * 60_000)},${user},GET /data/m/${film}/${m}.mpg`,
  );

const append = (partition: number, ...lines: readonly string[]): void => {
  for (const line of lines) log.appendLine(partition, line);
};

/** Accepted viewings and ratings by user, as the canonical dump tells them. */
const histories = async (): Promise<string[]> =>
  (await contentOf(dataDir)).state.filter((line) => line.startsWith('{"history"'));

test('lines of 1 MB and 20 MB are rejected, the lines around them count', async () => {
  log = openLogAppender(folder);
  const head = `${timeOf(START)},7,GET /data/m/`;
  append(0, ...viewing(7, 5), `${head}${'x'.repeat(1_000_000)}/5.mpg`, ...viewing(8, 5));
  append(1, ...viewing(9, 5), `${head}${'y'.repeat(20_000_000)}/5.mpg`, ...viewing(10, 5), 'z'.repeat(20_000_000));
  const report = await ingestAll(dataDir, source, ...apis.flags);
  expect(report).toMatchObject({ lines: 23, accepted: { watch: 20 }, held: {} });
  const rejected = (await rejectedLines(dataDir)).map(({ partition, offset, length }) => [
    partition,
    offset,
    length > 999_999,
  ]);
  expect(rejected.sort()).toEqual([
    [0, 5, true],
    [1, 11, true],
    [1, 5, true],
  ]);
  expect(await histories()).toHaveLength(4);
});

test('an unended line, then an unreadable segment: the partition says so and waits, the other goes on', async () => {
  log = openLogAppender(folder, { segmentBytes: 1 });
  append(0, ...viewing(7, 2));
  append(1, ...viewing(8, 2));
  const half = viewing(8, 3)[2]!;
  log.append(1, Buffer.from(half.slice(0, 30)), 0);
  const ingest = startIngest(dataDir, source, ...apis.flags);
  await until('what is whole is read', async () => (await linesRead()) === 4);
  append(0, ...viewing(9, 3));
  await until('the other partition goes on', async () => (await linesRead()) === 7);
  const path = join(folder, '1', `${'2'.padStart(20, '0')}.log`);
  // A folder under the name of a segment cannot be read by anyone, root included.
  mkdirSync(path);
  await until('it says what is in the way', () => ingest.stderr().includes('waiting: cannot read the log'));
  append(0, ...viewing(10, 3));
  await until('the other partition goes on', async () => (await linesRead()) === 10);
  rmSync(path, { recursive: true });
  append(1, half);
  await until('it goes on', async () => (await linesRead()) === 11 && ingest.stderr().endsWith('going on\n'));
  ingest.signal('SIGTERM');
  expect(reportOf(await ingest.ended)).toMatchObject({ lines: 11, accepted: { watch: 11 }, gaps: [] });
});

const linesRead = (): Promise<number> => readLines(dataDir).catch(() => 0);

test('the clock of the log jumps: a year back and forth counts, what is days ahead waits until we are there', async () => {
  log = openLogAppender(folder);
  const ahead = Date.now() - START + 3 * DAY_MS;
  append(0, ...viewing(7, 5), ...viewing(8, 5, FILM, -365 * DAY_MS), ...viewing(9, 5, FILM, ahead), ...viewing(10, 5));
  append(1, ...viewing(7, 5, OTHER, 365 * DAY_MS), ...viewing(7, 5, FILM, -365 * DAY_MS));
  append(1, '1999-12-31T23:59:59,7,GET /data/m/film+1999/1.mpg', ...viewing(11, 2, OTHER));
  const report = await ingestAll(dataDir, source, ...apis.flags);
  expect(report).toMatchObject({ lines: 33, accepted: { watch: 27 }, held: { 'clock-skew': 6 }, rejected: {} });

  vi.spyOn(Date, 'now').mockImplementation(() => START + ahead);
  const inside = openInside(dataDir, (options) => openDirectorySource(folder, options), { apis });
  unwrap(await inside.ingester.run());
  await inside.close();
  const content = await contentOf(dataDir);
  expect(content.report).toMatchObject({ lines: 33, accepted: { watch: 32 }, held: { 'clock-skew': 1 } });
  expect(content.state.filter((line) => line.startsWith('{"history":9,'))).toHaveLength(1);
});

test('a first line that is years ahead makes nothing believable that was not, nor the log look fresh', async () => {
  log = openLogAppender(folder);
  append(0, '2099-03-01T20:00:00,7,GET /create_account', ...viewing(7, 5));
  // Nobody saw these begin, though the log was read by then.
  append(0, `${timeOf(START + 10 * 60_000)},8,GET /data/m/${FILM}/97.mpg`, ...viewing(9, 5), ...viewing(8, 9, OTHER));
  append(0, `${timeOf(START + 5 * 3_600_000)},9,GET /data/m/${OTHER}/60.mpg`);
  const report = await ingestAll(dataDir, source, ...apis.flags);
  expect(report.held).toEqual({ 'clock-skew': 1, 'minute-order': 1 });
  const newestMs = await withState(dataDir, ({ partitions }) => partitions.get(0)!.newestMs);
  expect(timeOf(newestMs)).toBe(timeOf(START + 5 * 3_600_000));
});

test('of requests the last week is kept, whichever partition comes first', async () => {
  const request = (afterMs: number): string =>
    `${timeOf(START + afterMs)},7,recommendation request host:8082, status 200, result: ${FILM}, ${OTHER}, 25 ms`;
  log = openLogAppender(folder);
  append(0, ...viewing(7, 2), request(0), request(DAY_MS));
  await ingestAll(dataDir, source, ...apis.flags);
  append(1, ...viewing(8, 2), request(8 * DAY_MS + 1), ...viewing(9, 2, FILM, 9 * DAY_MS));
  await ingestAll(dataDir, source, ...apis.flags);
  append(0, request(2 * DAY_MS - 1), request(3 * DAY_MS));
  await ingestAll(dataDir, source, ...apis.flags);
  await ingestAll(place.path(String(test_), 'in-step'), source, ...apis.flags);
  const [behind, inStep] = [await contentOf(dataDir), await contentOf(place.path(String(test_), 'in-step'))];
  expect(differences(behind.state, inStep.state)).toEqual([]);
  expect(behind.state.filter((line) => line.startsWith('{"request"'))).toHaveLength(2);
});

test('a partition that appears late is read from its beginning', async () => {
  log = openLogAppender(folder, { partitions: 1 });
  append(0, ...viewing(7, 5));
  const ingest = startIngest(dataDir, source, '--from', 'latest', ...apis.flags);
  let told = 0;
  await until('what comes from now on is read', async () => {
    append(0, ...viewing(100 + told++, 5));
    return (await linesRead()) > 0;
  });
  const late = openLogAppender(place.path(String(test_), 'other'), { partitions: 2 });
  for (const line of viewing(9, 5)) late.appendLine(1, line);
  late.close();
  renameSync(place.path(String(test_), 'other', '1'), join(folder, '1'));
  await until('the late one is read', async () => (await histories()).some((line) => line.startsWith('{"history":9,')));
  ingest.signal('SIGTERM');
  const report = reportOf(await ingest.ended);
  expect(report.gaps).toEqual([]);
  expect(report.accepted.watch).toBe(report.lines);
  expect(report.lines).toBeLessThanOrEqual(5 * (told + 1));
  expect((await histories()).some((line) => line.startsWith('{"history":7,'))).toBe(false);
});

test('segments that retention took before they were read: said in the report and at once, never silent', async () => {
  const { pieces } = tellLog(world, { lines: 20_000, count: 20 });
  const written = openLogFolder(folder, 1 << 16);
  log = written as unknown as LogAppender;
  written.append(...pieces.slice(0, 10));
  await ingestAll(dataDir, source, ...apis.flags);
  written.append(...pieces.slice(10));
  const before = await withState(dataDir, ({ partitions }) => partitions.get(0)!.next);
  const segments = readdirSync(join(folder, '0')).sort();
  const lost = segments.slice(0, -3);
  for (const name of lost) rmSync(join(folder, '0', name));
  const to = Number(segments.at(-3)!.slice(0, 20));
  expect(to).toBeGreaterThan(before);

  const ended = await startIngest(dataDir, source, '--until-end', ...apis.flags).ended;
  expect(reportOf(ended).gaps).toMatchObject([{ partition: 0, from: before, to }]);
  expect(ended.stderr).toContain(`lost: partition 0 no longer has the lines ${before} to ${to - 1}\n`);
  expect((await contentOf(dataDir)).report.lines).toBe(20_000 - (to - before));
});

test('one partition far behind the other, or both in step: the same state', async () => {
  const { pieces } = tellLog(world, { lines: 20_000, count: 20 });
  const both = openLogFolder(folder);
  log = both as unknown as LogAppender;
  for (const partition of [1, 0]) {
    for (const { batches, lines } of pieces)
      both.append({ lines, batches: batches.filter((b) => b.partition === partition) });
    await ingestAll(dataDir, source, ...apis.flags);
  }
  await ingestAll(place.path(String(test_), 'in-step'), source, ...apis.flags);
  const [behind, inStep] = [await contentOf(dataDir), await contentOf(place.path(String(test_), 'in-step'))];
  expect(contentDifferences(behind, inStep)).toEqual([]);
  expect(differences(behind.state, inStep.state)).toEqual([]);
  expect(behind.report.lines).toBe(20_000);
});
