/** What becomes of lines: accepted, held, released, rejected; and that none of it depends on the order of partitions. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unwrap } from '../../../src/core/errors.js';
import { readInteractions } from '../../../src/dataset/interactions.js';
import { DUPLICATES, lineReport, type LineReport } from '../../../src/ingest/log/outcomes.js';
import { canonicalLines } from '../../../src/store/canonical.js';
import { openState, type State } from '../../../src/store/state.js';
import type { FilmRecord } from '../../../src/world/film-record.js';
import { chunkOf, NOW, rated, timeAt, watched, writerOf, type TestWriter } from './lines.js';

let folder: string;
let state: State;
let log: TestWriter;

const FILMS = ['up+2009', 'jaws+1975', 'heat+1995'];

const openAt = (path: string): State => {
  const opened = unwrap(openState(path));
  for (const id of FILMS) opened.films.put({ id, title: id, year: null, genres: [], runtime: 120 });
  return opened;
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  state = openAt(join(folder, 'state'));
  log = writerOf(state);
});

afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

const report = (from = state): LineReport => lineReport((name) => from.lines.get(name));

/** A user's history as [film, minutes, rating]. */
const history = (user: number): unknown[] => {
  const view = state.histories.read(user);
  const entries = view === undefined ? [] : view.entries();
  return entries.map(({ film: index, minutes, rating }) => [state.films.get(index)!.id, minutes, rating]);
};

const film = (id: string): FilmRecord => ({
  ...{ id, title: id, year: 2000, genres: [] },
  ...{ runtime: 100, language: 'en', overview: null, cost: null },
});

const settle = (kind: 'film' | 'user', found: [string, unknown][], missing: string[] = []): void => {
  const outcome = { found: new Map(found) as never, missing, open: [], violations: [] };
  log.writer.commit(NOW, () => {
    log.writer.settle(kind, outcome, NOW);
  });
  while (log.writer.hasReady) log.writer.commit(NOW, () => undefined);
};

test('lines of every kind are counted, watched minutes collapse', () => {
  const request = `${timeAt(5)},7,recommendation request x:8082, status 200, result: up+2009, jaws+1975, 25 ms`;
  log.read(
    0,
    ...[0, 1, 2, 3].map((m) => watched(m, 7, 'up+2009', m)),
    rated(4, 7, 'up+2009', 4),
    `${timeAt(4)},8,GET /create_account`,
    request,
    request,
    'no line',
  );
  expect(report()).toEqual({
    ...{ lines: 9, accepted: { watch: 4, rate: 1, create: 1, recommendation: 2 }, held: {} },
    ...{ rejected: { 'too-few-fields': 1 }, duplicates: 1 },
  });
  expect(history(7)).toEqual([['up+2009', 3, 4]]);
  expect(state.users.get(8)!.createdMs).toBe(Date.parse(`${timeAt(4)}Z`));
  expect(state.requests.count()).toBe(1);
  expect(state.lines.get('observed 200')).toBe(1);
  const [hour, ...more] = state.hours.all();
  expect(hour!.counts).toMatchObject({ watch: 4, rate: 1, create: 1, 'request 200': 2, rejected: 1, held: 0 });
  expect(more).toEqual([]);
  expect(log.rejected).toMatchObject([{ partition: 0, offset: 8, reason: 'too-few-fields', topic: 'movielog' }]);
  expect(state.partitions.get(0)).toMatchObject({ next: 9, sinceMs: Date.parse(`${timeAt(0)}Z`) });
});

test('what is delivered again is not read again; the same line at another offset has no effect', () => {
  const lines = [watched(0, 7, 'up+2009', 0), watched(1, 7, 'up+2009', 1)];
  log.read(0, ...lines);
  log.writer.take(chunkOf(0, 0, lines), 0, NOW);
  log.writer.take(chunkOf(0, 1, [lines[1]!, watched(2, 7, 'up+2009', 2)]), 0, NOW);
  log.writer.commit(NOW, () => undefined);
  expect(report()).toMatchObject({ lines: 3, duplicates: 0 });
  log.read(1, ...lines);
  expect(report()).toMatchObject({ lines: 5, duplicates: 2, accepted: { watch: 5 } });
  expect(state.lines.get(DUPLICATES)).toBe(2);
  expect(history(7)).toEqual([['up+2009', 2, NaN]]);
});

describe('minutes that cannot be', () => {
  const running = (from: number, to: number, user = 7): string[] =>
    Array.from({ length: to - from }, (_, i) => watched(from + i, user, 'up+2009', from + i));

  test('a leap is held, the viewing goes on', () => {
    log.read(0, ...running(0, 6), watched(6, 7, 'up+2009', 61), ...running(7, 9));
    expect(report()).toMatchObject({ lines: 9, held: { 'minute-order': 1 }, accepted: { watch: 8 } });
    expect(history(7)).toEqual([['up+2009', 8, NaN]]);
  });

  test('a leap that comes first is held as soon as something speaks against it', () => {
    log.read(0, watched(6, 7, 'up+2009', 61));
    expect(report()).toMatchObject({ accepted: { watch: 1 }, held: {} });
    log.read(1, ...running(0, 6));
    expect(report()).toMatchObject({ lines: 7, accepted: { watch: 6 }, held: { 'minute-order': 1 } });
    expect(history(7)).toEqual([['up+2009', 5, NaN]]);
  });

  test('what runs on from it releases it', () => {
    log.read(0, watched(0, 1, 'jaws+1975', 0), watched(200, 7, 'up+2009', 47));
    expect(report()).toMatchObject({ accepted: { watch: 1 }, held: { 'minute-order': 1 } });
    expect(history(7)).toEqual([]);
    log.read(0, watched(201, 7, 'up+2009', 48));
    expect(report()).toMatchObject({ lines: 3, accepted: { watch: 3 }, held: {} });
    expect(history(7)).toEqual([['up+2009', 48, NaN]]);
  });

  test('what began before the log was read counts', () => {
    log.read(0, watched(0, 1, 'up+2009', 90), watched(1, 3, 'up+2009', 50));
    expect(report()).toMatchObject({ accepted: { watch: 2 }, held: {} });
    expect([history(1), history(3)]).toEqual([[['up+2009', 90, NaN]], [['up+2009', 50, NaN]]]);
  });

  test('also when it was paused before it went on', () => {
    log.read(0, watched(0, 7, 'up+2009', 19), watched(60, 7, 'up+2009', 51), watched(61, 7, 'up+2009', 52));
    log.read(1, watched(0, 1, 'up+2009', 90));
    expect(report()).toMatchObject({ accepted: { watch: 4 }, held: {} });
    expect(history(7)).toEqual([['up+2009', 52, NaN]]);
  });

  test('series run past minute 1,000', () => {
    log.read(0, ...[1020, 1021, 1022].map((minute, i) => watched(i, 7, 'up+2009', minute)));
    expect(history(7)).toEqual([['up+2009', 1022, NaN]]);
  });
});

describe('unknown films', () => {
  test('wait for the API, and then count with their own offset and time', () => {
    log.read(0, watched(0, 7, 'new+2026', 0), watched(1, 7, 'new+2026', 1), rated(2, 7, 'new+2026', 5));
    expect(report()).toMatchObject({ lines: 3, held: { 'film-unknown': 3 } });
    expect(state.lookups.due('film', 'new', NOW, 10)).toEqual(['new+2026']);
    settle('film', [['new+2026', film('new+2026')]]);
    expect(report()).toMatchObject({ lines: 3, held: {}, accepted: { watch: 2, rate: 1 } });
    expect(history(7)).toEqual([['new+2026', 1, 5]]);
    expect([...state.held.all()]).toEqual([]);
    expect([...state.violations.all()]).toMatchObject([{ kind: 'film', records: 1, missing: 0 }]);
    log.read(0, watched(2, 7, 'new+2026', 2));
    expect(history(7)).toEqual([['new+2026', 2, 5]]);
  });

  test('that do not exist are rejected, also from then on', () => {
    const line = watched(0, 7, 'aDdjc1gioFamIk7', 3);
    log.read(0, line);
    state.lookups.settled('film', 'aDdjc1gioFamIk7', 'missing', NOW);
    settle('film', [], ['aDdjc1gioFamIk7']);
    log.read(0, line);
    expect(report()).toMatchObject({ lines: 2, held: {}, rejected: { 'film-not-found': 2 } });
    expect(log.rejected.map(({ offset, bytes }) => [offset, Buffer.from(bytes).toString()])).toEqual([
      [0, line],
      [1, line],
    ]);
  });

  test('that the site listed before must be missing twice, others once', () => {
    state.films.put({ id: 'guess+1990', title: 'Guess', year: 1990, genres: [], listing: 'unverified' });
    const listings = (): unknown[] =>
      ['up+2009', 'guess+1990'].map((id) => state.films.get(state.films.indexOf(id))!.listing);
    const miss = (): void => {
      for (const id of ['up+2009', 'guess+1990']) state.lookups.settled('film', id, 'missing', NOW);
      settle('film', [], ['up+2009', 'guess+1990']);
    };
    miss();
    expect(listings()).toEqual(['listed', 'missing']);
    log.read(0, watched(0, 7, 'up+2009', 0), watched(0, 7, 'guess+1990', 0));
    expect(report()).toMatchObject({ accepted: { watch: 1 }, rejected: { 'film-not-found': 1 } });
    miss();
    expect(listings()).toEqual(['missing', 'missing']);
  });

  test('are asked for anew when rejected lines are tried again', () => {
    const line = watched(0, 7, 'new+2026', 3);
    log.read(0, line);
    state.lookups.settled('film', 'new+2026', 'missing', NOW);
    settle('film', [], ['new+2026']);
    expect(log.writer.retry(log.rejected.splice(0), NOW)).toBe(1);
    log.writer.commit(NOW, () => undefined);
    expect(report()).toMatchObject({ lines: 1, held: { 'film-unknown': 1 }, rejected: {} });
    expect(state.lookups.due('film', 'new', NOW, 10)).toEqual(['new+2026']);
    settle('film', [['new+2026', film('new+2026')]]);
    expect(report()).toMatchObject({ lines: 1, held: {}, accepted: { watch: 1 } });
  });

  test('a writer that was killed goes on with what waits', () => {
    log.read(0, watched(0, 7, 'new+2026', 0));
    state.films.put({ id: 'new+2026', title: 'New', year: 2026, genres: [] });
    log = writerOf(state);
    expect(log.writer.hasReady).toBe(true);
    log.writer.commit(NOW, () => undefined);
    expect(report()).toMatchObject({ lines: 1, accepted: { watch: 1 }, held: {} });
  });
});

test('unknown users wait only when somebody can be asked', () => {
  log = writerOf(state, { asksUsers: true });
  const create = `${timeAt(0)},9,GET /create_account`;
  log.read(0, create, watched(1, 9, 'up+2009', 0), rated(2, 9, 'up+2009', 3), watched(1, 6597125, 'up+2009', 1));
  expect(report()).toMatchObject({ lines: 4, held: { 'user-unknown': 4 }, accepted: { watch: 0, rate: 0, create: 0 } });
  const nobody = { age: 30, occupation: null, gender: null, likes: 'war', dislikes: null };
  state.lookups.settled('user', '6597125', 'missing', NOW);
  settle('user', [['9', { user: 9, ...nobody }]], ['6597125']);
  expect(report()).toMatchObject({
    ...{ lines: 4, held: {}, rejected: { 'user-not-found': 1 } },
    accepted: { watch: 1, rate: 1, create: 1 },
  });
  expect(state.users.get(9)).toMatchObject({ likes: 'war', createdMs: Date.parse(`${timeAt(0)}Z`) });
});

describe('ratings off the scale', () => {
  test('are held until a tenth of a partition’s hundred ratings lies beyond', () => {
    log.read(0, ...Array.from({ length: 60 }, (_, i) => rated(i, i + 1, 'up+2009', (i % 5) + 1)));
    log.read(0, rated(60, 99, 'up+2009', 9), rated(60, 98, 'up+2009', 15), rated(60, 97, 'up+2009', 0));
    expect(report()).toMatchObject({ accepted: { rate: 60 }, held: { 'rating-scale': 3 } });
    log.read(0, ...Array.from({ length: 37 }, (_, i) => rated(61 + i, 200 + i, 'jaws+1975', (i % 5) + 5)));
    expect(state.meta.ratingHigh()).toBe(10);
    expect(report()).toMatchObject({ lines: 100, accepted: { rate: 98 }, held: { 'rating-scale': 2 } });
    expect(history(99)).toEqual([['up+2009', NaN, 9]]);
  });

  test('a configured scale is the scale, and the state keeps it for whoever weighs ratings', () => {
    log = writerOf(state, { scale: { low: 1, high: 10 } });
    log.read(0, rated(0, 1, 'up+2009', 4), rated(0, 1, 'jaws+1975', 11));
    expect(report()).toMatchObject({ accepted: { rate: 1 }, held: { 'rating-scale': 1 } });
    expect(state.meta.ratingHigh()).toBe(10);
    expect(readInteractions(state)).toMatchObject({ ratingHigh: 10, preference: Float32Array.of(0.4) });
    log = writerOf(state, { scale: { low: 1, high: 20 } });
    log.read(0, rated(0, 2, 'up+2009', 4));
    expect(report()).toMatchObject({ accepted: { rate: 3 }, held: {} });
    expect(state.meta.ratingHigh()).toBe(20);
  });
});

test('a clock that is ahead is waited for, one from before the site is not believed', () => {
  const line = (date: string): string => `${date},7,GET /data/m/up+2009/0.mpg`;
  log.read(0, line('2026-06-03T00:00:00'), line('1970-01-01T00:00:10'));
  expect(report()).toMatchObject({ held: { 'clock-skew': 2 } });
  log.writer.lookAtClock();
  log.writer.commit(NOW + 2 * 86_400_000, () => undefined);
  expect(report()).toMatchObject({ lines: 2, accepted: { watch: 1 }, held: { 'clock-skew': 1 } });
});

test('held lines that are given up make room, and are found among the rejected', () => {
  log.read(0, watched(0, 7, 'a+2026', 0), watched(0, 7, 'b+2026', 0));
  log.read(1, watched(0, 7, 'c+2026', 0));
  log.writer.giveUp(1);
  log.writer.commit(NOW, () => undefined);
  expect(report()).toMatchObject({ lines: 3, held: { 'film-unknown': 1 }, rejected: { unsettled: 2 } });
  expect(log.rejected.map(({ partition, offset }) => [partition, offset])).toEqual([
    [0, 0],
    [1, 0],
  ]);
});

test('two writers into one state are told apart', () => {
  const other = writerOf(state);
  log.read(0, watched(0, 7, 'up+2009', 0));
  expect(() => {
    other.read(0, watched(0, 7, 'up+2009', 0));
  }).toThrow(/another ingest/);
});

describe('the state depends on the lines alone', () => {
  const line = fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .tuple(fc.nat(40), fc.nat(1), fc.nat(1), fc.nat(40))
        .map(([at, u, f, m]) => watched(at, u, FILMS[f]!, m)),
    },
    {
      weight: 4,
      arbitrary: fc.tuple(fc.nat(40), fc.nat(1), fc.nat(2)).map(([at, u, f]) => watched(at, u, FILMS[f]!, at)),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.nat(40), fc.nat(1), fc.nat(12)).map(([at, u, r]) => rated(at, u, FILMS[0]!, r)),
    },
    { weight: 1, arbitrary: fc.tuple(fc.nat(40), fc.nat(1)).map(([at, m]) => watched(at, 1, 'new+2026', m)) },
    { weight: 1, arbitrary: fc.constantFrom('broken', '2026-01-01T00:00,1,GET /x', '') },
  );
  const partition = fc.array(line, { maxLength: 40 });

  /** Reads both partitions in pieces, in the order that `turns` gives; `true` starts a new writer as after a kill. */
  const readInto = (path: string, partitions: string[][], turns: readonly (readonly [number, number, boolean])[]) => {
    const own = openAt(path);
    let current = writerOf(own);
    const done = [0, 0];
    for (const [which, size, restart] of [...turns, [0, 99, false], [1, 99, false]] as const) {
      if (restart) current = writerOf(own);
      const lines = partitions[which]!.slice(done[which], done[which]! + size);
      done[which]! += lines.length;
      if (lines.length > 0) current.read(which, ...lines);
      if (which === 1 && own.films.indexOf('new+2026') < 0) {
        const outcome = { found: new Map([['new+2026', film('new+2026')]]), missing: [], open: [], violations: [] };
        current.writer.commit(NOW, () => {
          current.writer.settle('film', outcome, NOW);
        });
        while (current.writer.hasReady) current.writer.commit(NOW, () => undefined);
      }
    }
    return own;
  };

  test('not on how partitions interleave, how batches are cut, or when the process is killed', async () => {
    const turn = fc.tuple(fc.nat(1), fc.integer({ min: 1, max: 12 }), fc.boolean());
    const cases = fc.tuple(partition, partition, fc.array(turn, { maxLength: 12 }));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ([first, second, turns]) => {
        const [plain, mixed] = [
          readInto(join(folder, `a${++run}`), [first, second], []),
          readInto(join(folder, `b${run}`), [first, second], turns),
        ];
        try {
          expect([...canonicalLines(mixed)]).toEqual([...canonicalLines(plain)]);
          expect(report(mixed)).toEqual({ ...report(plain), duplicates: expect.any(Number) as number });
          expect(report(mixed).lines).toBe(first.length + second.length);
        } finally {
          await plain.close();
          await mixed.close();
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
