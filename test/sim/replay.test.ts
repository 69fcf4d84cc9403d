/** Recorded logs played again: the same lines in the same partitions, at the pace of their times. */

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import type { Progress } from '../../src/core/progress.js';
import { openDirectorySink, type LogSink } from '../../src/sim/log/sink.js';
import { wholeLines } from '../../src/sim/log/whole-lines.js';
import { ReplayClock } from '../../src/sim/replay/clock.js';
import { openRecordedLog } from '../../src/sim/replay/recorded-log.js';
import { replay, type Replayed, type ReplayOptions } from '../../src/sim/replay/replay.js';

const AT_ONCE = 1e9;

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'matinee-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** The lines that each partition of a log directory holds. */
function readDirectory(path: string): string[] {
  return readdirSync(path)
    .sort()
    .map((partition) =>
      readdirSync(join(path, partition))
        .sort()
        .map((segment) => readFileSync(join(path, partition, segment), 'latin1'))
        .join(''),
    );
}

function writeSegments(path: string, partition: number, segments: Readonly<Record<number, string>>): void {
  mkdirSync(join(path, String(partition)), { recursive: true });
  for (const [first, text] of Object.entries(segments)) {
    writeFileSync(join(path, String(partition), `${first.padStart(20, '0')}.log`), text, 'latin1');
  }
}

interface Heard {
  readonly partition: number;
  readonly text: string;
  /** Since the first line. */
  readonly atMs: number;
}

/** Hears the lines of a sink, one by one, and when they came. */
function listener(onAppend?: () => void): { readonly sink: LogSink; readonly heard: Heard[] } {
  const heard: Heard[] = [];
  let started: number | undefined;
  const sink: LogSink = {
    append: (batches) => {
      started ??= performance.now();
      const atMs = performance.now() - started;
      for (const { partition, bytes, count } of batches) {
        const lines = Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1);
        expect(lines).toHaveLength(count);
        heard.push(...lines.map((text) => ({ partition, text, atMs })));
      }
      onAppend?.();
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  return { sink, heard };
}

const play = (path: string, sink: LogSink, options: Partial<ReplayOptions> = {}): Promise<Replayed> =>
  replay(unwrap(openRecordedLog(path)), sink, { speed: AT_ONCE, ...options });

const line = (second: number, text: string): string =>
  `${new Date(Date.UTC(2026, 1, 14) + second * 1000).toISOString().slice(0, 19)},5,${text}`;

test('a log directory comes out as it was: every partition, across its segments, in its order', async () => {
  const recorded = join(dir, 'recorded');
  const even = Array.from({ length: 5_000 }, (_, n) => `${line(2 * n, `even \xe9 ${n}`)}\n`);
  const odd = Array.from({ length: 5_000 }, (_, n) => `${line(2 * n + 1, `odd ${n}`)}\n`);
  writeSegments(recorded, 0, { 0: even.slice(0, 1_000).join(''), 1000: even.slice(1_000).join('') });
  writeSegments(recorded, 1, { 700: odd.join('') });
  mkdirSync(join(recorded, 'notes'));
  const log = unwrap(openRecordedLog(recorded));
  expect(log.partitions).toBe(2);
  const sink = unwrap(openDirectorySink(join(dir, 'played'), log.partitions));
  const bytes = even.join('').length + odd.join('').length;
  expect(await replay(log, sink, { speed: AT_ONCE })).toEqual({ lines: 10_000, bytes, complete: true });
  await sink.close();
  expect(readDirectory(join(dir, 'played'))).toEqual([even.join(''), odd.join('')]);

  // Partitions are never more than a step of ten seconds apart.
  const { sink: ear, heard } = listener();
  await play(recorded, ear);
  const times = heard.map(({ text }) => Date.parse(`${text.slice(0, 19)}Z`));
  let latest = 0;
  let behindMs = 0;
  for (const time of times) {
    latest = Math.max(latest, time);
    behindMs = Math.max(behindMs, latest - time);
  }
  expect(behindMs).toBeLessThan(12_000);
});

test('the lines of a file go to two partitions in turn, the last one also without its line end', async () => {
  const path = join(dir, 'movie.log');
  const lines = ['no time', line(0, 'a'), '', line(1, 'b'), line(0, 'c'), 'broken', line(3, 'd')];
  writeFileSync(path, lines.join('\n'), 'latin1');
  const { sink, heard } = listener();
  expect(await play(path, sink)).toMatchObject({ lines: 7, complete: true });
  const of = (wanted: number) => heard.filter(({ partition }) => partition === wanted).map(({ text }) => text);
  expect(of(0)).toEqual(lines.filter((_, n) => n % 2 === 0));
  expect(of(1)).toEqual(lines.filter((_, n) => n % 2 === 1));
});

test('lines come at a multiple of their own pace; those without a time go along with the line before', async () => {
  const path = join(dir, 'movie.log');
  const lines = [line(0, 'a'), line(10, 'b'), '2026-02-1 4T00:00:59,5,c', line(4, 'late'), line(30, 'd')];
  writeFileSync(path, lines.map((text) => `${text}\n`).join(''));
  const { sink, heard } = listener();
  await play(path, sink, { speed: 50 });
  const at = (text: string): number => heard.find((one) => one.text.endsWith(text))!.atMs;
  expect(heard).toHaveLength(5);
  expect(at('a')).toBeLessThan(20);
  // 10 s and 30 s of the log's time after the first line.
  expect(at(',b')).toBeGreaterThan(190);
  expect(at(',b')).toBeLessThan(350);
  for (const text of [',c', ',late']) expect(Math.abs(at(text) - at(',b'))).toBeLessThan(30);
  expect(at(',d')).toBeGreaterThan(590);
  expect(at(',d')).toBeLessThan(900);
});

test('the clock of a replay counts from its first time, and nobody waits for an outage of days', () => {
  const clock = new ReplayClock(10);
  expect(clock.waitMs(-Infinity, 0)).toBe(0);
  expect(clock.waitMs(1_000_000, 500)).toBe(0);
  expect(clock.waitMs(1_002_000, 600)).toBe(100);
  // Behind: what is late is played at once, and the pace is caught up with.
  expect(clock.waitMs(1_003_000, 900)).toBe(0);
  expect(clock.waitMs(1_006_000, 900)).toBe(200);
  const days = 5 * 86_400_000;
  expect(clock.waitMs(1_006_000 + days, 1_100)).toBe(60_000);
  expect(clock.waitMs(1_007_000 + days, 61_100)).toBe(100);
});

test('a replay ends between two appends when it is told to, also in a long wait', async () => {
  const path = join(dir, 'movie.log');
  writeFileSync(path, Array.from({ length: 1_000 }, (_, n) => `${line(n * 60, `n${n}`)}\n`).join(''));
  const stop = new AbortController();
  const { sink, heard } = listener(() => {
    if (heard.length >= 10) stop.abort();
  });
  expect(await play(path, sink, { signal: stop.signal })).toMatchObject({ lines: 10, complete: false });

  const patient = new AbortController();
  const played = play(path, listener().sink, { speed: 1, signal: patient.signal });
  setTimeout(() => patient.abort(), 50);
  const started = performance.now();
  expect(await played).toMatchObject({ complete: false });
  expect(performance.now() - started).toBeLessThan(1_000);
});

test('tells how far it is', async () => {
  const path = join(dir, 'movie.log');
  writeFileSync(path, `${line(0, 'a')}\n${line(60, 'b')}\n`);
  const told: Progress[] = [];
  await play(path, listener().sink, { onProgress: (progress) => told.push(progress) });
  expect(told).toEqual([
    { task: 'replay movie.log', done: 1, note: '50 % of the log, at 2026-02-14T00:00:00.000Z' },
    { task: 'replay movie.log', done: 2, note: '100 % of the log, at 2026-02-14T00:01:00.000Z' },
  ]);
});

test('what is no log is refused in words, and an error of the sink ends the replay', async () => {
  expect(openRecordedLog(join(dir, 'none'))).toMatchObject({ error: { code: 'file-unreadable' } });
  expect(openRecordedLog(dir)).toMatchObject({ error: { code: 'data-missing' } });
  const path = join(dir, 'movie.log');
  writeFileSync(path, `${line(0, 'a')}\n`);
  const broken: LogSink = { append: () => Promise.reject(new Error('no room')), close: () => Promise.resolve() };
  await expect(play(path, broken)).rejects.toThrow('no room');
});

test('files are read in pieces that end with a line, whatever is in them', async () => {
  const path = join(dir, 'lines');
  const read = async (text: string): Promise<string> => {
    writeFileSync(path, text, 'latin1');
    const pieces: string[] = [];
    for await (const piece of wholeLines([path, path])) pieces.push(piece.toString('latin1'));
    expect(pieces.every((piece) => piece.endsWith('\n'))).toBe(true);
    return pieces.join('');
  };
  // Around the size of a piece, a mebibyte.
  const cuts = fc.array(fc.nat({ max: 700_000 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(cuts, fc.boolean(), async (lengths, ended) => {
      const text = lengths.map((length) => 'x'.repeat(length)).join('\n') + (ended ? '\n' : '');
      const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`;
      // Compared as a whole: a difference of megabytes cannot be printed.
      expect((await read(text)) === whole + whole).toBe(true);
    }),
    { numRuns: 40 },
  );
  await expect(read('x'.repeat(17 << 20))).rejects.toMatchObject({ code: 'format-invalid' });
});
