/** What the state counts for the report on data quality: lines by hour, and what the look-up APIs answered by day. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOUR_MS, HOUR_RATE, HOUR_REJECTED, HOUR_WATCH, hourKindOf, HourTally } from '../../src/store/hour-tally.js';
import { HOURS_KEPT, openHours, type Hours } from '../../src/store/hours.js';
import {
  openViolations,
  VIOLATION_DAYS_KEPT,
  VIOLATION_EXAMPLES_MAX,
  VIOLATION_WHATS_MAX,
  type Violations,
} from '../../src/store/violations.js';

let folder: string;
let root: RootDatabase;
let hours: Hours;
let violations: Violations;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  root = open({ path: folder, noSubdir: false, maxDbs: 4 });
  hours = openHours(root);
  violations = openViolations(root);
});

afterEach(async () => {
  await root.close();
  await rm(folder, { recursive: true });
});

const HOUR = Date.UTC(2026, 0, 1, 7);
/** Kinds that were counted, by hours from HOUR on. */
const counted = () =>
  Array.from(hours.all(), ({ startMs, counts }) => [
    (startMs - HOUR) / HOUR_MS,
    Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
  ]);

test('lines are added to the hour in which they were written, in any order', () => {
  const tally = new HourTally();
  tally.countTimeless(HOUR_REJECTED); // nobody knows when
  for (const minute of [0, 59.999, 60, 30]) tally.count(HOUR + minute * 60_000, HOUR_WATCH);
  tally.count(HOUR - 1, HOUR_RATE);
  tally.countTimeless(HOUR_REJECTED);
  hours.add(tally);
  tally.clear();
  hours.add(tally);
  tally.countTimeless(HOUR_REJECTED);
  for (const status of [200, 0, 503, 404]) tally.count(HOUR, hourKindOf(status));
  hours.add(tally);
  expect(counted()).toEqual([
    [-1, { rate: 1, rejected: 2 }],
    [0, { watch: 3, 'request 200': 1, 'request 0': 1, 'request other': 2 }],
    [1, { watch: 1 }],
  ]);
});

test('hours are forgotten beyond what is kept', () => {
  const tally = new HourTally();
  for (const hour of [0, 1, HOURS_KEPT]) tally.count(HOUR + hour * HOUR_MS, HOUR_WATCH);
  hours.add(tally);
  expect(counted().map(([hour]) => hour)).toEqual([1, HOURS_KEPT]);
});

const DAY_MS = 86_400_000;
const broken = (what: string, id: string) => ({ id, what, sample: `"${id}"` });

test('answers are counted by day, with the latest examples of what was wrong', () => {
  const ids = ['a', 'b', 'c', 'd'];
  violations.add('film', { records: 9, missing: 0, violations: ids.map((id) => broken('year', id)) }, HOUR);
  violations.add('film', { records: 1, missing: 2, violations: [broken('runtime', 'e')] }, HOUR);
  violations.add('user', { records: 5, missing: 0, violations: [] }, HOUR + DAY_MS);
  violations.add('user', { records: 0, missing: 0, violations: [] }, HOUR + 2 * DAY_MS);
  const examples = ids.slice(-VIOLATION_EXAMPLES_MAX).map((id) => ({ id, sample: `"${id}"` }));
  expect([...violations.all()]).toEqual([
    {
      ...{ kind: 'film', dayMs: Date.UTC(2026, 0, 1), records: 10, missing: 2 },
      violations: { year: { count: 4, examples }, runtime: { count: 1, examples: [{ id: 'e', sample: '"e"' }] } },
    },
    { kind: 'user', dayMs: Date.UTC(2026, 0, 2), records: 5, missing: 0, violations: {} },
  ]);
});

test('an API that is wrong in ever new ways, with ever longer values, takes no more room', () => {
  for (let day = 0; day < VIOLATION_DAYS_KEPT + 5; day++) {
    const wrong = Array.from({ length: 100 }, (_, i) => broken(`wrong ${day} ${i}`, 'x'.repeat(5000)));
    violations.add('user', { records: 0, missing: 0, violations: wrong }, HOUR + day * DAY_MS);
  }
  const days = [...violations.all()];
  expect(days).toHaveLength(VIOLATION_DAYS_KEPT);
  for (const day of days) {
    expect(Object.keys(day.violations)).toHaveLength(VIOLATION_WHATS_MAX + 1);
    expect(day.violations['other violations']!.count).toBe(100 - VIOLATION_WHATS_MAX);
    expect(JSON.stringify(day).length).toBeLessThan(60_000);
  }
});
