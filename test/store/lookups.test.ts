/** The queue of look-ups and the memory of what does not exist, against an obvious twin and across a restart. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { open, type RootDatabase } from 'lmdb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lookupLanes } from '../../src/store/lookup-codec.js';
import {
  MISSING_MS_FIRST,
  MISSING_MS_MAX,
  openLookups,
  RETRY_MS_FIRST,
  RETRY_MS_MAX,
  TRIES_IN_LISTS,
  type Lookups,
} from '../../src/store/lookups.js';
import { transactor } from '../../src/store/transaction.js';

let folder: string;
let root: RootDatabase;
let lookups: Lookups;

function openHere(): void {
  root = open({ path: join(folder, 'state'), noSubdir: false });
  lookups = openLookups(root, transactor(root, folder));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  openHere();
});

afterEach(async () => {
  await root.close();
  await rm(folder, { recursive: true });
});

const now = 1_790_000_000_000;

test('what is wanted is due at once, once, first come first served, and films are not users', () => {
  lookups.want('user', '9999999999', now);
  lookups.want('user', '7', now + 1);
  lookups.want('user', '9999999999', now + 2);
  lookups.want('film', 'z+1969', now);
  expect(lookups.due('user', 'new', now - 1, 10)).toEqual([]);
  expect(lookups.due('user', 'new', now, 10)).toEqual(['9999999999']);
  expect(lookups.due('user', 'new', now + 5, 10)).toEqual(['9999999999', '7']);
  expect(lookups.due('user', 'new', now + 5, 1)).toEqual(['9999999999']);
  expect(lookups.due('film', 'new', now, 10)).toEqual(['z+1969']);
  expect([lookups.count('user'), lookups.count('film')]).toEqual([2, 1]);
});

test('the longest id, and every character an id may have', () => {
  const ids = ['x'.repeat(255), '!', '~'.repeat(255), "m*a*s*h+'70_.-", '0'];
  for (const id of ids) lookups.want('film', id, now);
  expect(lookups.due('film', 'new', now, 10).sort()).toEqual([...ids].sort());
  for (const id of ids) lookups.settled('film', id, 'found', now);
  expect(lookups.count('film')).toBe(0);
});

test('what was found leaves no trace and may be wanted again, in its own lane', () => {
  lookups.want('film', 'z+1969', now);
  lookups.settled('film', 'z+1969', 'found', now);
  expect(lookups.count('film')).toBe(0);
  expect(lookups.isMissing('film', 'z+1969', now)).toBe(false);
  lookups.want('film', 'z+1969', now, 'again');
  expect(lookups.due('film', 'new', now, 10)).toEqual([]);
  expect(lookups.due('film', 'again', now, 10)).toEqual(['z+1969']);
});

test('what does not exist is not asked for again for an hour, then two, and never longer than a day', () => {
  let at = now;
  for (let quietMs = MISSING_MS_FIRST; quietMs < 4 * MISSING_MS_MAX; quietMs *= 2) {
    const expectedMs = Math.min(quietMs, MISSING_MS_MAX);
    lookups.want('film', 'nobody', at);
    expect(lookups.due('film', 'new', at, 10)).toEqual(['nobody']);
    lookups.settled('film', 'nobody', 'missing', at);
    expect(lookups.isMissing('film', 'nobody', at + expectedMs - 1)).toBe(true);
    expect(lookups.isMissing('film', 'nobody', at + expectedMs)).toBe(false);
    lookups.want('film', 'nobody', at + expectedMs - 1);
    expect(lookups.count('film')).toBe(0);
    at += expectedMs;
  }
  lookups.want('film', 'nobody', at);
  lookups.settled('film', 'nobody', 'found', at);
  lookups.want('film', 'nobody', at);
  lookups.settled('film', 'nobody', 'missing', at);
  expect(lookups.isMissing('film', 'nobody', at + MISSING_MS_FIRST)).toBe(false);
});

test('what was asked for in vain comes later each time, and alone in the end', () => {
  lookups.want('user', '7', now);
  let at = now;
  for (let tries = 1, waitMs = RETRY_MS_FIRST; tries < 15; tries++, waitMs = Math.min(RETRY_MS_MAX, waitMs * 2)) {
    lookups.postpone('user', '7', at);
    const lane = tries < TRIES_IN_LISTS ? 'new' : 'alone';
    expect(lookups.due('user', lane, at + waitMs - 1, 10)).toEqual([]);
    expect(lookups.due('user', lane, at + waitMs, 10)).toEqual(['7']);
    at += waitMs;
  }
  expect(lookups.count('user')).toBe(1);
  for (let tries = 0; tries < 300; tries++) lookups.postpone('user', '7', at);
  expect(lookups.due('user', 'alone', at + RETRY_MS_MAX, 10)).toEqual(['7']);
});

test('what a list left out is asked for alone at once; what is not wanted any more is not', () => {
  lookups.want('user', '7', now);
  lookups.askAlone('user', '7', now + 1);
  lookups.askAlone('user', '8', now + 1);
  lookups.postpone('user', '9', now + 1);
  expect(lookups.due('user', 'new', now + 1, 10)).toEqual([]);
  expect(lookups.due('user', 'alone', now + 1, 10)).toEqual(['7']);
  expect(lookups.count('user')).toBe(1);
});

test('everything is still there after a restart', async () => {
  lookups.want('film', 'a+1999', now);
  lookups.want('film', 'b+1999', now);
  lookups.askAlone('film', 'b+1999', now);
  lookups.want('user', '7', now);
  lookups.settled('user', '7', 'missing', now);
  await root.close();
  openHere();
  expect(lookups.due('film', 'new', now, 10)).toEqual(['a+1999']);
  expect(lookups.due('film', 'alone', now, 10)).toEqual(['b+1999']);
  expect(lookups.isMissing('user', '7', now + 1)).toBe(true);
});

test('a transaction that fails leaves the queue as it was, and one sees its own writes', () => {
  const transact = transactor(root, folder);
  const own = openLookups(root, transact);
  own.want('user', '1', now);
  expect(() =>
    transact(() => {
      own.settled('user', '1', 'found', now);
      own.want('user', '2', now);
      own.want('user', '2', now + 9);
      expect(own.due('user', 'new', now + 9, 10)).toEqual(['2']);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(own.due('user', 'new', now + 9, 10)).toEqual(['1']);
});

test('any sequence of calls leaves what the obvious twin has', () => {
  const id = fc.constantFrom('1', '2', '3');
  const call = fc.tuple(
    fc.constantFrom('want', 'again', 'found', 'missing', 'alone', 'postpone'),
    id,
    fc.integer({ min: 0, max: 30 }),
  );
  fc.assert(
    fc.property(fc.array(call, { maxLength: 40 }), (calls) => {
      for (const known of ['1', '2', '3']) lookups.settled('film', known, 'found', now); // from the run before
      const queued = new Map<string, { lane: string; due: number; tries: number }>();
      const missing = new Map<string, { until: number; times: number }>();
      let at = now;
      for (const [name, id, minutes] of calls) {
        at += minutes * 60_000;
        const before = queued.get(id);
        if (name === 'want' || name === 'again') {
          const lane = name === 'want' ? 'new' : 'again';
          lookups.want('film', id, at, lane);
          if (before === undefined && at >= (missing.get(id)?.until ?? 0)) queued.set(id, { lane, due: at, tries: 0 });
        } else if (name === 'found' || name === 'missing') {
          lookups.settled('film', id, name, at);
          queued.delete(id);
          const times = (missing.get(id)?.times ?? 0) + 1;
          if (name === 'found') missing.delete(id);
          else missing.set(id, { times, until: at + Math.min(86_400_000, 3_600_000 * 2 ** (times - 1)) });
        } else if (name === 'alone') {
          lookups.askAlone('film', id, at);
          if (before !== undefined) queued.set(id, { ...before, lane: 'alone', due: at });
        } else {
          lookups.postpone('film', id, at);
          if (before === undefined) continue;
          const tries = before.tries + 1;
          const due = at + Math.min(900_000, 10_000 * 2 ** (tries - 1));
          queued.set(id, { lane: tries < 3 ? before.lane : 'alone', due, tries });
        }
      }
      expect(lookups.count('film')).toBe(queued.size);
      for (const lane of lookupLanes) {
        const due = [...queued].filter(([, entry]) => entry.lane === lane && entry.due <= at);
        due.sort(([a, x], [b, y]) => x.due - y.due || (a < b ? -1 : 1));
        expect(lookups.due('film', lane, at, 10)).toEqual(due.map(([key]) => key));
      }
      for (const key of ['1', '2', '3']) {
        expect(lookups.isMissing('film', key, at)).toBe(at < (missing.get(key)?.until ?? 0));
      }
      expect(lookups.count('user')).toBe(0);
    }),
    { numRuns: 60 },
  );
});
