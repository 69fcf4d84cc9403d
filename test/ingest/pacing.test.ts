/** The token bucket, the back-off and the age of details: pure functions of a clock that the test moves. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOff, PAUSE_MS_FIRST, PAUSE_MS_MAX } from '../../src/ingest/back-off.js';
import { retryAfterMs } from '../../src/core/http-exchange.js';
import { isOutdated } from '../../src/ingest/refetch.js';
import { tokenBucket } from '../../src/ingest/token-bucket.js';

/** Requests that an eager caller gets through from `fromMs` to `toMs`. */
function eager(bucket: ReturnType<typeof tokenBucket>, fromMs: number, toMs: number): number {
  let sent = 0;
  for (let at = fromMs; at < toMs;) {
    const waitMs = bucket.take(at);
    if (waitMs === 0) sent++;
    else at += waitMs;
  }
  return sent;
}

test('a bucket gives a second of requests at once, then its rate, and never saves up more', () => {
  const bucket = tokenBucket(10, 0);
  expect(eager(bucket, 0, 1)).toBe(10);
  expect(eager(bucket, 1, 10_001)).toBe(100);
  expect(eager(bucket, 3_600_000, 3_600_001)).toBe(10);
});

test('a rate below one a second gives one request, then waits', () => {
  const bucket = tokenBucket(0.1, 0);
  expect(bucket.take(0)).toBe(0);
  expect(bucket.take(0)).toBe(10_000);
  expect(bucket.take(9_999)).toBe(1);
  expect(bucket.take(10_000)).toBe(0);
});

test('each 429 halves the rate, answers bring it back slowly, and it stays within its bounds', () => {
  const bucket = tokenBucket(16, 0);
  bucket.throttled(0);
  bucket.throttled(0);
  expect(bucket.rate()).toBe(4);
  expect(eager(bucket, 0, 10_001)).toBe(40);
  for (let i = 0; i < 10; i++) bucket.answered();
  expect(bucket.rate()).toBeCloseTo(12);
  for (let i = 0; i < 10; i++) bucket.answered();
  expect(bucket.rate()).toBe(16);
  for (let i = 0; i < 50; i++) bucket.throttled(0);
  expect(bucket.rate()).toBe(0.25);
});

test('no second ever sees more than twice the rate, wherever the clock jumps', () => {
  const moves = fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), moves, (rate, steps) => {
      const bucket = tokenBucket(rate, 0);
      const sent: number[] = [];
      let [at, latest] = [0, 0];
      for (const step of steps) {
        at += step;
        latest = Math.max(latest, at);
        for (let i = 0; i < 100; i++) if (bucket.take(at) === 0) sent.push(latest);
      }
      for (const from of sent) {
        expect(sent.filter((time) => time >= from && time < from + 1000).length).toBeLessThanOrEqual(2 * rate);
      }
    }),
  );
});

test('pauses double up to a minute, half of each by chance, and begin anew after an answer', () => {
  const pauses = backOff(1);
  for (let pauseMs = PAUSE_MS_FIRST; pauseMs < 8 * PAUSE_MS_MAX; pauseMs *= 2) {
    const most = Math.min(pauseMs, PAUSE_MS_MAX);
    const paused = pauses.failed(0);
    expect(paused).toBeGreaterThanOrEqual(most / 2);
    expect(paused).toBeLessThanOrEqual(most);
  }
  pauses.answered();
  expect(pauses.failed(0)).toBeLessThanOrEqual(PAUSE_MS_FIRST);
  expect(pauses.failed(300_000)).toBe(300_000);
});

test('two seeds do not come back together, one seed always does', () => {
  const pausesOf = (seed: number) => {
    const pauses = backOff(seed);
    return Array.from({ length: 8 }, () => pauses.failed(0));
  };
  expect(pausesOf(1)).toEqual(pausesOf(1));
  expect(pausesOf(1)).not.toEqual(pausesOf(2));
});

test.each([
  [null, 0],
  ['0', 0],
  ['7', 7_000],
  ['99999999', 600_000],
  ['-5', 0],
  ['soon', 0],
  ['', 0],
  ['Tue, 01 Sep 2026 00:00:30 GMT', 30_000],
  ['Mon, 31 Aug 2026 00:00:00 GMT', 0],
  ['Fri, 01 Jan 2100 00:00:00 GMT', 600_000],
])('Retry-After: %s is %d ms', (header, expected) => {
  expect(retryAfterMs(header, Date.UTC(2026, 8, 1))).toBe(expected);
});

test('films are outdated after 7 days, users after 30, and at once what nobody ever asked for', () => {
  const day = 86_400_000;
  const now = 1_790_000_000_000;
  expect(isOutdated('film', now - 7 * day, now)).toBe(false);
  expect(isOutdated('film', now - 7 * day - 1, now)).toBe(true);
  expect(isOutdated('user', now - 30 * day, now)).toBe(false);
  expect(isOutdated('user', now - 30 * day - 1, now)).toBe(true);
  expect(isOutdated('user', 0, now)).toBe(true);
});
