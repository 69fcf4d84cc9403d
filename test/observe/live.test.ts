import { afterEach, beforeEach, expect, test } from 'vitest';
import { answers } from '../../src/core/channels.js';
import { watchLive, type Live } from '../../src/observe/live.js';
import { liveSchema } from '../../src/serve/admin-answers.js';
import { answerEvent } from './events.js';

let nowMs: number;
let live: Live;

beforeEach(() => {
  nowMs = 5_000_250;
  live = watchLive(() => nowMs);
});
afterEach(() => {
  live.close();
});

const publish = (times: number, changes = {}): void => {
  for (let i = 0; i < times; i++) answers.publish(answerEvent(changes));
};

test('nothing answered: sixty empty seconds and no latency', () => {
  const snapshot = live.snapshot();
  expect(snapshot.requests).toEqual(Array(60).fill(0));
  expect(snapshot).toMatchObject({ p50Ms: null, p99Ms: null, tiers: { personal: 0, static: 0 } });
  expect(liveSchema.omit({ log: true }).parse(snapshot)).toEqual(snapshot);
});

test('a second shows when it is whole, moves to the left, and leaves after a minute', () => {
  publish(3);
  expect(live.snapshot().requests.at(-1)).toBe(0);
  nowMs += 1000;
  publish(2);
  expect(live.snapshot().requests.at(-1)).toBe(3);
  nowMs += 1000;
  expect(live.snapshot().requests.slice(-2)).toEqual([3, 2]);
  nowMs += 58_000;
  expect(live.snapshot().requests.slice(0, 2)).toEqual([3, 2]);
  nowMs += 1000;
  expect(live.snapshot().requests.slice(0, 2)).toEqual([2, 0]);
  nowMs += 1000;
  expect(live.snapshot().requests).toEqual(Array(60).fill(0));
});

test('latency and shares are of the whole minute', () => {
  publish(98, { seconds: 0.002 });
  nowMs += 1000;
  publish(2, { seconds: 0.1, tier: 'popular', miss: 'no-history' });
  nowMs += 1000;
  const { p50Ms, p99Ms, tiers, uptimeSeconds } = live.snapshot();
  expect(p50Ms).toBeCloseTo(2, 0);
  expect(p99Ms! / 100).toBeCloseTo(1, 1);
  expect(tiers).toEqual({ personal: 0.98, cold: 0, popular: 0.02, static: 0 });
  expect(uptimeSeconds).toBeCloseTo(2);
});

test('after the end nothing is counted', () => {
  live.close();
  publish(1);
  nowMs += 1000;
  expect(live.snapshot().requests.at(-1)).toBe(0);
});
