/** Lines that are delivered twice, at their offsets or at new ones: they change no history. */

import { afterAll, expect, test } from 'vitest';
import { unwrap, type Result } from '../../src/core/errors.js';
import type { Random } from '../../src/core/random.js';
import { openDirectorySource } from '../../src/ingest/directory-source.js';
import type { LineChunk, Source, SourceOptions } from '../../src/ingest/source.js';
import { copyOf } from '../ingest/log-directory.js';
import { contentDifferences, contentOf, differences } from './ingest-content.js';
import { runIngester } from './ingest-inside.js';
import { ingestAll, shootAll } from './ingest-process.js';
import { drawsOf, openLogFolder, seedOf, siteWorld, startApis, tellLog, workplace } from './ingest-site.js';

const LINES = 20_000;

const place = workplace();
afterAll(() => {
  shootAll();
  place.remove();
});

/** A source that gives half of what it gave before once more, some of it cut in other places. */
async function repeating(path: string, options: SourceOptions, draws: Random): Promise<Result<Source>> {
  const source = unwrap(await openDirectorySource(path, options));
  const given: LineChunk[] = [];
  const again: LineChunk[] = [];
  const pull: Source['pull'] = async () => {
    const chunk = again.shift();
    if (chunk !== undefined) return { kind: 'lines', chunk };
    const event = await source.pull();
    if (event.kind !== 'lines') return event;
    given.push(copyOf(event.chunk));
    for (let i = 0; i < 3; i++) again.push(cut(given[draws.integer(given.length)]!, draws));
    return event;
  };
  const { topic } = source;
  const value: Source = {
    ...{ topic, pull, lag: () => source.lag() },
    committed: (positions) => {
      source.committed(positions);
    },
    close: () => source.close(),
  };
  return { ok: true, value };
}

/** Some lines of a chunk in a row, at their offsets. */
function cut({ partition, bytes, count, starts, ends, offsets, next }: LineChunk, draws: Random): LineChunk {
  const from = draws.integer(count);
  const to = from + 1 + draws.integer(count - from);
  return {
    ...{ partition, bytes: bytes.slice(), count: to - from, next: to < count ? offsets[to]! : next },
    ...{ starts: starts.slice(from, to), ends: ends.slice(from, to), offsets: offsets.slice(from, to) },
  };
}

test('batches delivered twice at the same offsets have no effect', async () => {
  const seed = seedOf('twice');
  const draws = drawsOf(seed);
  const world = siteWorld(seed);
  const log = openLogFolder(place.path('redelivered'));
  log.append(...tellLog(world, { lines: LINES, count: 1 }).pieces);
  const apis = await startApis(world);
  const open = (options: SourceOptions) => repeating(log.path, options, draws);
  const status = await runIngester(place.path('a'), open, { apis });
  expect(status.lines.lines).toBe(LINES);
  await ingestAll(place.path('b'), log.source, ...apis.flags);
  expect(contentDifferences(await contentOf(place.path('a')), await contentOf(place.path('b')))).toEqual([]);
  await apis.close();
  log.close();
});

test('a log written twice at new offsets gives the same histories, films and users', async () => {
  const seed = seedOf('written twice');
  const world = siteWorld(seed);
  const { pieces } = tellLog(world, { lines: LINES, count: 40 });
  const apis = await startApis(world);
  const once = openLogFolder(place.path('once', 'log'));
  once.append(...pieces);
  const atOnce = openLogFolder(place.path('at-once', 'log'));
  for (const piece of pieces) atOnce.append(piece, piece);
  const later = openLogFolder(place.path('later', 'log'));
  later.append(...pieces, ...pieces);
  const contents = [];
  for (const log of [once, atOnce, later]) {
    const report = await ingestAll(`${log.path}-var`, log.source, ...apis.flags);
    expect(report.lines).toBe(log.lines());
    contents.push((await contentOf(`${log.path}-var`)).state.filter(tellsOfUsersAndFilms));
    log.close();
  }
  expect(contents[0]!.length).toBeGreaterThan(3_000);
  expect(differences(contents[0]!, contents[1]!)).toEqual([]);
  expect(differences(contents[0]!, contents[2]!)).toEqual([]);
  await apis.close();
});

const tellsOfUsersAndFilms = (line: string): boolean => /^\{"(film|user|history|request|ratingHigh)":/.test(line);
