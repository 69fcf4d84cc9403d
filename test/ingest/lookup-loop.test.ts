/** The look-up loop over a real queue and a real server: everything wanted is settled in the end, whatever comes between. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { createApiClient } from '../../src/ingest/api-client.js';
import type { LookupOutcome } from '../../src/ingest/lookup-outcome.js';
import type { LookupKind } from '../../src/store/lookups.js';
import { createLookupLoop, type LookupLoop } from '../../src/ingest/lookup-loop.js';
import { openLookups, type Lookups } from '../../src/store/lookups.js';
import { transactor, type Transact } from '../../src/store/transaction.js';
import { startApi, type ApiServer, type Reply } from './api-server.js';

let folder: string;
let root: RootDatabase;
let transact: Transact;
let lookups: Lookups;
let server: ApiServer;
let loop: LookupLoop;
/** What the loop reported, `kind id` each. */
let found: string[];
let missing: string[];

const start = 1_790_000_000_000;
let now: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  root = open({ path: join(folder, 'state'), noSubdir: false });
  transact = transactor(root, folder);
  lookups = openLookups(root, transact);
  [found, missing, now] = [[], [], start];
});

afterEach(async () => {
  await loop.close();
  await server.close();
  await root.close();
  await rm(folder, { recursive: true });
});

const onSettled = (kind: LookupKind, outcome: LookupOutcome): void => {
  found.push(...[...outcome.found.keys()].map((id) => `${kind} ${id}`));
  missing.push(...outcome.missing.map((id) => `${kind} ${id}`));
};

async function run(reply: Reply, kinds: readonly LookupKind[] = ['user']): Promise<void> {
  server = await startApi(reply);
  const client = (kind: LookupKind) =>
    kinds.includes(kind) ? createApiClient({ kind, url: server.url, rate: 10_000, timeoutMs: 500 }) : undefined;
  loop = createLookupLoop({ film: client('film'), user: client('user'), lookups, seed: 1, onSettled });
}

/** As the ingest does: a turn, and a transaction when something came in; the clock runs `stepMs` each time. */
async function step(stepMs = 0): Promise<void> {
  now += stepMs;
  loop.turn(now);
  await loop.answered();
  if (loop.waiting() > 0) transact(() => loop.apply(now));
}

async function untilQuiet(stepMs = 0, stepsMost = 2_000): Promise<void> {
  for (let i = 0; i < stepsMost && lookups.count('user') + lookups.count('film') > 0; i++) await step(stepMs);
}

const want = (kind: LookupKind, ids: readonly string[]): void =>
  transact(() => {
    for (const id of ids) lookups.want(kind, id, now);
  });
const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));
const record = (id: string) => (/^\d+$/.test(id) ? { user_id: Number(id) } : { id });
const records: Reply = (ids) => (ids.length === 1 ? record(ids[0]!) : ids.map(record));

test('everything wanted is found in lists, by each API on its own, one request at a time', async () => {
  await run(records, ['film', 'user']);
  want('user', numbers(1_000));
  want('film', ['a+1999', 'b+1999']);
  loop.turn(now);
  loop.turn(now);
  expect(loop.busy(now)).toBe(true);
  await untilQuiet();
  expect(found.sort()).toEqual(['film a+1999', 'film b+1999', ...numbers(1_000).map((id) => `user ${id}`)].sort());
  expect(server.asked).toHaveLength(6);
  expect(server.inFlightMost()).toBeLessThanOrEqual(2);
  expect(loop.busy(now)).toBe(false);
});

test('a kind without an API stays in the queue', async () => {
  await run(records, ['user']);
  want('film', ['a+1999']);
  await step();
  expect(server.asked).toEqual([]);
  expect(lookups.due('film', 'new', now, 10)).toEqual(['a+1999']);
});

test('what a list leaves out is asked for alone before it counts as missing, and new ids do not wait for that', async () => {
  const unknown = new Set(['3', '5', '8']);
  const forgotten = new Set(['7']);
  await run((ids, response) => {
    const known = ids.filter((id) => !unknown.has(id) && !(ids.length > 1 && forgotten.has(id)));
    if (ids.length > 1) return known.map(record);
    if (known.length === 1) return record(known[0]!);
    response.statusCode = 404;
    return { message: 'user not found' };
  });
  want('user', numbers(10));
  await step();
  want('user', ['11', '12']);
  await untilQuiet();
  expect(found).toHaveLength(9);
  expect(found).toContain('user 7');
  expect(missing.sort()).toEqual(['user 3', 'user 5', 'user 8']);
  expect(server.asked.map(({ length }) => length)).toEqual([10, 1, 2, 1, 1, 1]);
  expect(lookups.isMissing('user', '3', now)).toBe(true);
  want('user', ['3']);
  expect(lookups.count('user')).toBe(0);
});

test('what is known already waits until there is nothing new', async () => {
  await run(records);
  lookups.want('user', '1', now, 'again');
  want('user', numbers(10).slice(2));
  await step();
  expect(found).not.toContain('user 1');
  await step();
  expect(found).toContain('user 1');
});

test('an answer is not applied by itself, and its ids are not asked for twice meanwhile', async () => {
  await run(records);
  want('user', numbers(5_000));
  for (let i = 0; i < 20; i++) {
    loop.turn(now);
    await loop.answered();
  }
  expect(loop.waiting()).toBe(10);
  expect(new Set(server.asked.flat()).size).toBe(2_000);
  expect(server.asked).toHaveLength(10);
  expect([lookups.count('user'), found.length]).toEqual([5_000, 0]);
  transact(() => loop.apply(now));
  expect([lookups.count('user'), found.length]).toEqual([3_000, 2_000]);
});

test('when the transaction fails, the ids are asked for again', async () => {
  await run(records);
  want('user', ['1', '2']);
  loop.turn(now);
  await loop.answered();
  expect(() =>
    transact(() => {
      loop.apply(now);
      throw new Error('disk full');
    }),
  ).toThrow('disk full');
  expect(lookups.count('user')).toBe(2);
  await step();
  expect(lookups.count('user')).toBe(0);
  expect(server.asked).toEqual([
    ['1', '2'],
    ['1', '2'],
  ]);
});

test('an API that fails is left alone for longer each time; nothing is lost, and status says why', async () => {
  let isDown = true;
  await run((ids, response, request) => {
    if (isDown) response.statusCode = 503;
    return records(ids, response, request);
  });
  want('user', numbers(300));
  for (let i = 0; i < 720; i++) await step(5_000);
  expect(server.asked.length).toBeGreaterThan(30);
  expect(server.asked.length).toBeLessThan(130);
  loop.turn(now);
  const [status] = loop.status();
  expect(status).toMatchObject({ kind: 'user', healthy: false, queued: 300, lastFailure: { detail: 'HTTP 503' } });
  expect(status!.lastFailure!.atMs).toBeGreaterThan(start);
  expect(lookups.count('user')).toBe(300);

  isDown = false;
  await untilQuiet(5_000);
  expect(found).toHaveLength(300);
  expect(missing).toEqual([]);
  expect(loop.status()[0]).toMatchObject({ healthy: true, queued: 0 });
});

test('Retry-After is kept to, and being told to wait costs the ids nothing', async () => {
  let isBusy = true;
  await run((ids, response, request) => {
    if (isBusy) response.writeHead(429, { 'retry-after': '30' });
    isBusy = false;
    return records(ids, response, request);
  });
  want('user', ['1', '2']);
  await step();
  for (let i = 0; i < 29; i++) await step(1_000);
  expect(server.asked).toHaveLength(1);
  await step(1_000);
  await step(1_000);
  expect(server.asked).toEqual([
    ['1', '2'],
    ['1', '2'],
  ]);
  expect(found).toHaveLength(2);
});

test('one id that breaks every list it is in does not hold up the others', async () => {
  await run((ids, response, request) => {
    if (ids.includes('13')) response.statusCode = 500;
    return records(ids, response, request);
  });
  want('user', numbers(500));
  for (let i = 0; i < 3_000 && lookups.count('user') > 1; i++) await step(1_000);
  expect(found).toHaveLength(499);
  expect(missing).toEqual([]);
  expect(lookups.due('user', 'alone', now + 86_400_000, 10)).toEqual(['13']);
});

test('records of wrong types are asked for again, later and later, and are found once they are right', async () => {
  let isWrong = true;
  await run((ids) => ids.map((id) => ({ user_id: isWrong ? { id } : id })));
  want('user', numbers(20));
  for (let i = 0; i < 600; i++) await step(1_000);
  expect(found).toEqual([]);
  expect(loop.status()[0]).toMatchObject({ healthy: false, lastFailure: { code: 'bad-answer' } });
  isWrong = false;
  await untilQuiet(1_000);
  expect(found).toHaveLength(20);
});

test('an API that answers by chance settles everything in the end', async () => {
  const chance = random(7);
  await run((ids, response, request) => {
    const dice = chance.uniform();
    if (dice < 0.1) response.statusCode = 429;
    else if (dice < 0.2) response.statusCode = 502;
    else if (dice < 0.3) response.destroy();
    else if (dice < 0.35) return 'nonsense';
    const known = ids.filter((id) => Number(id) % 10 !== 0 && (ids.length === 1 || chance.uniform() < 0.9));
    if (ids.length > 1) return known.map(record).reverse();
    return known.length === 0 ? { message: 'user not found' } : records(known, response, request);
  });
  want('user', numbers(300));
  await untilQuiet(1_000, 5_000);
  expect(found.sort()).toEqual(
    numbers(300)
      .filter((id) => Number(id) % 10 !== 0)
      .map((id) => `user ${id}`)
      .sort(),
  );
  expect(missing).toHaveLength(30);
});

test('after a stop in the middle of a request the next start asks again', async () => {
  let isSilent = true;
  await run((ids, response, request) => (isSilent ? undefined : records(ids, response, request)));
  want('user', ['1']);
  loop.turn(now);
  await loop.close();
  isSilent = false;
  await server.close();
  await run(records);
  await untilQuiet(1_000);
  expect(found).toEqual(['user 1']);
});
