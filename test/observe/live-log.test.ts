import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { IngestStatus } from '../../src/ingest/ingester.js';
import { watchLiveLog, type WatchedLog } from '../../src/observe/live-log.js';
import { liveSchema } from '../../src/serve/admin-answers.js';

let status: IngestStatus | undefined;
let log: WatchedLog;

beforeEach(() => {
  vi.useFakeTimers();
  status = undefined;
  log = watchLiveLog(() => status);
});
afterEach(() => {
  log.close();
  vi.useRealTimers();
});

const accepted = { watch: 0, rate: 0, create: 0, recommendation: 0 };
const reading = (lines: number, changes: Partial<IngestStatus> = {}): IngestStatus => ({
  ...{ fault: undefined, caughtUp: false, newestMs: 0, gaps: [], apis: [], observed: undefined, lag: new Map() },
  lines: { lines, accepted, held: {}, rejected: {}, duplicates: 0 },
  ...changes,
});

test('nothing said yet: nothing read, nothing asked, and what the schema says', () => {
  const snapshot = log.snapshot();
  const nothing = { requests: 0, byStatus: {}, availability: null };
  expect(snapshot).toEqual({
    ...{ newestMs: null, linesPerSecond: 0, lag: 0, hour: nothing, day: nothing },
    ...{ personalShare: null, watchedAfterShare: null },
  });
  expect(liveSchema.shape.log.parse(snapshot)).toEqual(snapshot);
});

test('what the ingest says is passed on, the lag of all partitions together', () => {
  const hour = { requests: 4, byStatus: { 200: 3, 0: 1 }, availability: 0.75 };
  status = reading(10, {
    ...{
      newestMs: 5000,
      lag: new Map([
        [0, 3.4],
        [1, 40],
      ]),
    },
    observed: { hour, day: hour, personalShare: 0.5, watchedAfterShare: 0.25 },
  });
  const snapshot = log.snapshot();
  expect(snapshot).toMatchObject({
    newestMs: 5000,
    lag: 43,
    hour,
    day: hour,
    personalShare: 0.5,
    watchedAfterShare: 0.25,
  });
  expect(liveSchema.shape.log.parse(snapshot)).toEqual(snapshot);
});

test('lines a second are those of the last ten seconds, and none below zero when the ingest began anew', () => {
  let lines = 0;
  const pass = (seconds: number, perSecond: number): void => {
    for (let second = 0; second < seconds; second++) {
      status = reading((lines += perSecond));
      vi.advanceTimersByTime(1000);
    }
  };
  pass(3, 700);
  expect(log.snapshot().linesPerSecond).toBe(700);
  pass(10, 500);
  expect(log.snapshot().linesPerSecond).toBe(500);
  pass(5, 0);
  expect(log.snapshot().linesPerSecond).toBe(250);
  lines = 0;
  pass(1, 100);
  expect(log.snapshot().linesPerSecond).toBe(0);
});
