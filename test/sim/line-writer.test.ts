/** The log: deterministic, of the real mix, orderly when clean, and its faults where the truth says. */

import { isUtf8 } from 'node:buffer';
import { expect, test } from 'vitest';
import type { FaultKind } from '../../src/sim/log/fault-rates.js';
import { createLineWriter } from '../../src/sim/site/line-writer.js';
import { LogLine, RATE, WATCH } from '../../src/world/log-line.js';
import { linesOf, smallWorld, tellLog } from './small-world.js';

const world = smallWorld();
const TIME = String.raw`2026-08-\d\dT\d\d:\d\d(:\d\d(\.\d{3}|\.\d{6}|\.\d{9})?)?`;
const ID = String.raw`[a-z0-9+._*'-]+`;
const shapes = {
  watch: new RegExp(String.raw`^${TIME},\d+,GET /data/m/${ID}/\d+\.mpg$`),
  rate: new RegExp(String.raw`^${TIME},\d+,GET /rate/${ID}=[1-5]$`),
  create: new RegExp(String.raw`^${TIME},\d+,GET /create_account$`),
  request: new RegExp(
    String.raw`^${TIME},\d+,recommendation request \S+, status (200, result: ${ID}(, ${ID}){19}|\d+, result: .+), \d+ ms$`,
  ),
};
const shapeOf = (line: string): string | undefined =>
  Object.entries(shapes).find(([, pattern]) => pattern.test(line))?.[0];
const parse = (line: string): number => {
  const bytes = Buffer.from(line, 'latin1');
  return new LogLine().parse(bytes, 0, bytes.length);
};

const clean = tellLog(world, 200_000, { faults: 'none' });
const faulty = tellLog(world, 200_000);

test('one seed tells the same bytes however they are asked for, another seed other bytes', () => {
  const options = { seed: 5, startMs: 0, linesPerSecond: 10 };
  const whole = linesOf(createLineWriter(world, options), 30_000);
  const writer = createLineWriter(smallWorld(), options);
  const pieces: string[][] = [[], []];
  for (const count of [1, 9_999, 0, 20_000]) {
    linesOf(writer, count).forEach((lines, partition) => pieces[partition]!.push(...lines));
  }
  expect(pieces).toEqual(whole);
  expect(linesOf(createLineWriter(world, { ...options, seed: 6 }), 30_000)).not.toEqual(whole);
});

test('every line of a clean log has one of the four shapes and parses', () => {
  expect(clean.truths).toEqual([]);
  expect(clean.lines.flat()).toHaveLength(200_000);
  expect(clean.lines.flat().filter((line) => shapeOf(line) === undefined || parse(line) < 0)).toEqual([]);
});

test('the mix is that of the real log', () => {
  const counts: Record<string, number> = {};
  for (const line of clean.lines.flat()) counts[shapeOf(line)!] = (counts[shapeOf(line)!] ?? 0) + 1;
  const { watch, rate, create, request } = counts as Record<keyof typeof shapes, number>;
  const told = watch + rate + create;
  expect((100 * watch) / told).toBeCloseTo(99.35, 0);
  expect((100 * rate) / told).toBeCloseTo(0.62, 1);
  expect((100 * create) / told).toBeCloseTo(0.03, 1);
  expect(create).toBeGreaterThan(20);
  expect((100 * request) / 200_000).toBeCloseTo(0.8, 1);
});

test('times come in every precision, seconds of :00 are left out, and each partition runs on', () => {
  const times = clean.lines.flat().map((line) => line.slice(0, line.indexOf(',')));
  const lengths = new Set(times.map((time) => time.length));
  expect([...lengths].sort((a, b) => a - b)).toEqual([16, 19, 23, 26, 29]);
  expect(times.filter((time) => time.endsWith(':00') && time.length === 19)).toEqual([]);
  for (const lines of clean.lines) {
    const seconds = lines.map((line) => line.slice(0, line.indexOf(',')).padEnd(19, ':00').slice(0, 19));
    expect(seconds.every((second, i) => i === 0 || second >= seconds[i - 1]!)).toBe(true);
  }
});

/** Watch lines of each user and film, in the order of time: minute and the second it was told. */
function viewings(lines: readonly string[]): Map<string, { minute: number; second: number }[]> {
  const found = new Map<string, { minute: number; second: number }[]>();
  const line = new LogLine();
  for (const text of lines) {
    const bytes = Buffer.from(text, 'latin1');
    if (line.parse(bytes, 0, bytes.length) !== WATCH) continue;
    const key = `${line.user} ${bytes.toString('latin1', line.filmStart, line.filmEnd)}`;
    if (!found.has(key)) found.set(key, []);
    found.get(key)!.push({ minute: line.minute, second: Math.floor(line.timeMs / 1000) });
  }
  for (const minutes of found.values()) minutes.sort((a, b) => a.second - b.second);
  return found;
}

test('the minutes of a viewing run one by one, a minute apart or after a pause, unless it begins again', () => {
  const all = [...viewings(clean.lines.flat()).values()];
  const steps = all.flatMap((minutes) => minutes.slice(1).map((later, i) => ({ earlier: minutes[i]!, later })));
  const onward = steps.filter(({ later }) => later.minute !== 0);
  expect(onward.length).toBeGreaterThan(150_000);
  expect(onward.filter(({ earlier, later }) => later.minute !== earlier.minute + 1)).toEqual([]);
  const gaps = onward.map(({ earlier, later }) => later.second - earlier.second);
  expect(gaps.filter((gap) => gap < 59)).toEqual([]);
  expect(gaps.filter((gap) => gap <= 63).length / gaps.length).toBeGreaterThan(0.995);
  expect(gaps.some((gap) => gap > 600)).toBe(true);
  // Some see a film again, many leave before its end.
  expect(steps.some(({ later }) => later.minute === 0)).toBe(true);
  expect(all.some((minutes) => minutes[0]!.minute === 0 && minutes.at(-1)!.minute < 20)).toBe(true);
});

test('a rating follows the viewing of that film, an account comes before its first viewing', () => {
  const seen = new Set<string>();
  const created = new Set<string>();
  const early: string[] = [];
  for (const text of tellLog(world, 100_000, { faults: 'none', partitions: 1 }).lines[0]!) {
    const [, user, path] = text.split(',') as [string, string, string];
    const film = /^GET \/(?:data\/m|rate)\/([^/=]+)/.exec(path)?.[1];
    if (path === 'GET /create_account') created.add(user);
    else if (film !== undefined && Number(user) > world.registered && !created.has(user)) early.push(text);
    if (path.startsWith('GET /data/m/')) seen.add(`${user} ${film!}`);
    if (path.startsWith('GET /rate/') && !seen.has(`${user} ${film!}`)) early.push(text);
  }
  expect(early).toEqual([]);
  expect([...created].some((user) => [...seen].some((key) => key.startsWith(`${user} `)))).toBe(true);
});

test('ratings use the whole scale they are told on', () => {
  const ratings = tellLog(world, 100_000, { faults: 'none', ratingScale: 10 })
    .lines.flat()
    .flatMap((line) => (parse(line) === RATE ? [Number(line.slice(line.lastIndexOf('=') + 1))] : []));
  expect(Math.max(...ratings)).toBe(10);
  expect(Math.min(...ratings)).toBeGreaterThanOrEqual(1);
  expect(ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length).toBeCloseTo(7.3, 0);
});

test('faults come at the measured rates', () => {
  const share = (kind: string): number => faulty.truths.filter((truth) => truth.kind === kind).length / 200_000;
  expect(share('insertion')).toBeCloseTo(7e-4, 3);
  expect(share('film-id')).toBeCloseTo(4e-4, 3);
  expect(share('duplicate')).toBeCloseTo(3e-3, 3);
  expect(share('insertion')).toBeGreaterThan(5e-4);
  expect(share('film-id')).toBeGreaterThan(2e-4);
});

test('the truth names exactly the lines that are faulty, and says which of them still parse', () => {
  // Every kind often enough to be seen; so many that a line with a fault that parses is usual.
  const rates = { insertion: 0.02, 'rating-scale': 0.01, user: 0.01, fields: 0.01, encoding: 0.01, tombstone: 0.01 };
  const { lines, truths } = tellLog(world, 50_000, { faults: { ...rates, long: 2e-4 } });
  const parses = new Map(truths.map(({ partition, line, parses }) => [`${partition} ${line}`, parses]));
  const wrong = lines.flatMap((told, partition) =>
    told.filter((line, i) => parse(line) > 0 !== (parses.get(`${partition} ${i}`) ?? true)),
  );
  expect(wrong).toEqual([]);
  const insertions = truths.filter(({ kind }) => kind === 'insertion');
  expect(insertions.some(({ parses }) => parses)).toBe(true);
  expect(insertions.some(({ parses }) => !parses)).toBe(true);
  expect(new Set(truths.map(({ kind }) => kind))).toEqual(new Set([...Object.keys(rates), 'long']));
});

test('each fault is what its kind says', () => {
  const rates = { 'film-id': 0.01, 'rating-scale': 0.01, user: 0.01, fields: 0.01, tombstone: 0.01, encoding: 0.01 };
  const { lines, truths } = tellLog(world, 20_000, { faults: { ...rates, long: 1e-3, duplicate: 0.01 } });
  const times = new Map<string, number>();
  for (const line of lines.flat()) times.set(line, (times.get(line) ?? 0) + 1);
  const isFault: Record<FaultKind, (line: string, parses: boolean) => boolean> = {
    insertion: () => false,
    'film-id': (line) => world.indexOf(/\/(?:m|rate)\/([^/=]+)/.exec(line)![1]!) === undefined,
    'rating-scale': (line, parses) => (parses ? /=(0|6|10)$/ : /=1\.5$/).test(line),
    user: (line, parses) => (parses ? /,[1-9]\d+,GET/ : /,(-\d+|\d+[a-zA-Z]\d*),GET/).test(line),
    fields: (line) => !line.includes('GET'),
    tombstone: (line) => line === '',
    encoding: (line) => !isUtf8(Buffer.from(line, 'latin1')),
    long: (line) => line.length > 5_000,
    duplicate: (line) => times.get(line)! > 1,
  };
  expect(truths.filter((truth) => !isFault[truth.kind](lines[truth.partition]![truth.line]!, truth.parses))).toEqual(
    [],
  );
  expect(new Set(truths.map(({ kind }) => kind))).toEqual(new Set([...Object.keys(rates), 'long', 'duplicate']));
});

test('more viewings at once than users can hold are refused', () => {
  expect(() => createLineWriter(world, { seed: 1, startMs: 0, linesPerSecond: 700 })).toThrow('lower linesPerSecond');
});
