/** Watched after recommended, against its definition read literally over all answers and viewings. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AT_RISK_MIN } from '../../../src/ingest/log/life-table.js';
import { WatchedAfter, WINDOW_SECONDS } from '../../../src/ingest/log/watched-after.js';

const START = 1_767_225_600;

interface Answer {
  readonly kind: 'answer';
  readonly user: number;
  readonly ms: number;
  readonly films: readonly number[];
}

interface Viewing {
  readonly kind: 'viewing';
  readonly user: number;
  readonly seconds: number;
  readonly film: number;
}

type Line = Answer | Viewing;

const user = fc.constantFrom(3, 4, 5, 3 + 2 ** 33);
const film = fc.nat(7);
const second = fc.nat({ max: 5 * 3600 });

/** No two answers at one time: which of them is the newer one, the log would not say. */
const lines = fc
  .array(
    fc.oneof(
      fc
        .tuple(second, user, fc.uniqueArray(film, { minLength: 1, maxLength: 4 }))
        .map(([at, who, films]): Line => ({ kind: 'answer', user: who, ms: (START + at) * 1000, films })),
      fc
        .tuple(second, user, film)
        .map(([at, who, what]): Line => ({ kind: 'viewing', user: who, seconds: START + at, film: what })),
    ),
    { minLength: 60, maxLength: 120 },
  )
  .map((all) => all.map((line, i): Line => (line.kind === 'answer' ? { ...line, ms: line.ms + i } : line)));

const answersOf = (log: readonly Line[]): Answer[] => log.filter((line) => line.kind === 'answer');
const viewingsOf = (log: readonly Line[]): Viewing[] => log.filter((line) => line.kind === 'viewing');

/** Seconds from each answer to its first viewing; none when nothing was watched after it. */
function obviousDelays(log: readonly Line[]): Map<Answer, number> {
  const delays = new Map<Answer, number>();
  for (const viewing of viewingsOf(log)) {
    const delay = ({ ms }: Answer): number => viewing.seconds - Math.floor(ms / 1000);
    const [newest] = answersOf(log)
      .filter((answer) => answer.user === viewing.user && answer.films.includes(viewing.film))
      .filter((answer) => delay(answer) >= 0 && delay(answer) <= WINDOW_SECONDS)
      .sort((a, b) => b.ms - a.ms);
    if (newest !== undefined) delays.set(newest, Math.min(delays.get(newest) ?? Infinity, delay(newest)));
  }
  return delays;
}

function shareOf(log: readonly Line[], nowSeconds: number): number | undefined {
  const watchedAfter = new WatchedAfter();
  for (const line of log) {
    if (line.kind === 'answer') watchedAfter.answered(line.user, line.ms, line.films);
    else watchedAfter.began(line.user, line.film, line.seconds);
  }
  return watchedAfter.share(nowSeconds * 1000);
}

describe('once all answers are older than the window', () => {
  const later = START + 8 * 3600;

  test('it is the share of answers that a viewing belongs to, in any order of lines', () => {
    const cases = lines.chain((log) => fc.tuple(fc.constant(log), fc.shuffledSubarray(log, { minLength: log.length })));
    fc.assert(
      fc.property(cases, ([log, shuffled]) => {
        const answers = answersOf(log).length;
        const expected = answers < AT_RISK_MIN ? undefined : obviousDelays(log).size / answers;
        // The last answers at risk may be fewer than the table wants: only then it ends before the window does.
        fc.pre(expected === undefined || answers - obviousDelays(log).size >= AT_RISK_MIN);
        for (const order of [log, shuffled]) {
          if (expected === undefined) expect(shareOf(order, later)).toBeUndefined();
          else expect(shareOf(order, later)).toBeCloseTo(expected, 10);
        }
      }),
    );
  });

  test('a line that is told again changes nothing', () => {
    fc.assert(
      fc.property(lines, (log) => {
        expect(shareOf([...log, ...viewingsOf(log)], later)).toEqual(shareOf(log, later));
      }),
    );
  });
});

const answer = (who: number, at: number, ...films: number[]): Line => ({
  ...{ kind: 'answer', user: who, ms: (START + at) * 1000 + 700, films },
});
const viewing = (who: number, at: number, what: number): Line => ({
  ...{ kind: 'viewing', user: who, seconds: START + at, film: what },
});
/** `count` users who are answered at `at`, from number `from` on. */
const crowd = (from: number, count: number, at: number): Line[] =>
  Array.from({ length: count }, (_, i) => answer(from + i, at, 1, 2));

test('a viewing belongs to the newest answer that lists its film, and to one alone', () => {
  const others = crowd(100, 98, 0);
  const share = (...log: Line[]): number => Math.round(100 * shareOf([...others, ...log], START + 4 * 3600)!);
  const [first, second, third] = [answer(1, 0, 1, 2), answer(1, 60, 2, 3), answer(1, 120, 4)];
  expect(share(first, second, viewing(1, 200, 2))).toBe(1);
  expect(share(first, second, viewing(1, 200, 2), viewing(1, 300, 1))).toBe(2);
  expect(share(first, third, viewing(1, 200, 2), viewing(1, 300, 1))).toBe(1);
  expect(share(first, second, viewing(1, 30, 2))).toBe(1);
});

test.each([
  ['at the same second', 0, 1],
  ['at the end of the window', WINDOW_SECONDS, 1],
  ['a second too late', WINDOW_SECONDS + 1, 0],
  ['a second too early', -1, 0],
])('a viewing %s', (_, at, hundredths) => {
  const log = [...crowd(100, 99, 0), answer(1, 0, 7), viewing(1, at, 7)];
  expect(shareOf(log, START + 4 * 3600)).toBeCloseTo(hundredths / 100, 10);
});

test("neither another user's viewing nor one of another film counts", () => {
  const log = [...crowd(1, 50, 0), viewing(77, 10, 1), viewing(2, 10, 3)];
  expect(shareOf(log, START + 4 * 3600)).toBe(0);
});

test('young answers make the share neither late nor too high', () => {
  // Everybody waits 30 minutes, and then every second one watches; half of the answers are older than that.
  const old = crowd(1, 200, 0);
  const watched = old.flatMap((_, i) => (i % 2 === 0 ? [viewing(1 + i, 1800, 1)] : []));
  expect(shareOf([...old, ...watched, ...crowd(1001, 200, 1500)], START + 2000)).toBeCloseTo(0.5, 10);
});

test('too few answers say nothing, and those of yesterday neither', () => {
  expect(shareOf(crowd(1, AT_RISK_MIN - 1, 0), START + 60)).toBeUndefined();
  expect(shareOf(crowd(1, AT_RISK_MIN, 0), START + 60)).toBe(0);
  expect(shareOf(crowd(1, AT_RISK_MIN, 0), START + 90_000)).toBeUndefined();
});

test('of very many answers the newest count, and somebody who is everywhere holds nothing up', () => {
  const watchedAfter = new WatchedAfter();
  for (let i = 0; i < 140_000; i++) watchedAfter.answered(1, (START + i / 100) * 1000, [1]);
  for (let i = 0; i < 100; i++) watchedAfter.answered(10 + i, (START + 1400) * 1000, [1]);
  for (let i = 0; i < 70_000; i++) watchedAfter.began(2, 1, START + 1400);
  for (let i = 0; i < 50; i++) watchedAfter.began(10 + i, 1, START + 1460);
  const share = watchedAfter.share((START + 20_000) * 1000)!;
  expect(share).toBeCloseTo(50 / 2 ** 17, 10);
});
