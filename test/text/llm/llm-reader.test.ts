/** The reader as a whole: each text once, a few at a time, within the budget, and the local profile whenever it fails. */

import { rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { open } from 'lmdb';
import { afterEach, expect, test } from 'vitest';
import { MatineeError } from '../../../src/core/errors.js';
import { keyOf, sentTextOf } from '../../../src/text/llm/prompt.js';
import { profileOf } from '../../../src/text/profile.js';
import { described, tasteOf, titles } from './catalogue.js';
import { completion, toldIn, type Reply } from './chat-server.js';
import { codeOf, setUp, spentTodayUsd, valueOf, type Limits, type Setup } from './reading.js';

let setup: Setup | undefined;

afterEach(async () => {
  await setup?.close();
  setup = undefined;
});

const start = async (reply: Reply, limits?: Limits): Promise<Setup> => (setup = await setUp(reply, limits));

/** Reads the one thing that the local reader cannot. */
const knowing: Reply = () =>
  completion({
    likedTitles: [{ title: 'The Matrix', year: 1999 }],
    dislikedTitles: [],
    likedGenres: [],
    popular: null,
  });
const HINTED = described('Star Wars, and that one with the red and the blue pill', 'horror');

test('the model adds to the local profile what it alone can read', async () => {
  const { reader, budget, store } = await start(knowing);
  const profile = valueOf(await reader.read(HINTED, titles));
  expect(tasteOf(profile)).toMatchObject({
    likedTitles: ['Star Wars (1977)', 'The Matrix (1999)'],
    dislikedGenres: ['Horror'],
  });
  expect(profile).toMatchObject({ age: 30, gender: 'F' });
  expect(Object.fromEntries(reader.usage().readings)).toEqual({ answered: 1 });
  expect(budget.tokens()).toEqual({ input: 700, output: 60 });
  expect(spentTodayUsd(store)).toBeCloseTo(0.00082, 9);
});

test('an answer that names nothing we know leaves the local profile', async () => {
  const { reader } = await start(() =>
    completion({ likedTitles: [{ title: 'The Quiet Harbour', year: null }], likedGenres: ['Vibes', 'Mood'] }),
  );
  expect(valueOf(await reader.read(HINTED, titles))).toEqual(profileOf(HINTED, titles));
});

test('a description without a word is not asked about', async () => {
  const { reader, server } = await start(knowing);
  for (const empty of [described(''), described(' \n'), { ...HINTED, likes: null, dislikes: null }]) {
    expect(valueOf(await reader.read(empty, titles))).toEqual(profileOf(empty, titles));
  }
  expect(server.asked).toHaveLength(0);
  expect(Object.fromEntries(reader.usage().readings)).toEqual({ empty: 3 });
});

test('a text is asked about once, also by several at once and after a restart', async () => {
  const first = await start(knowing);
  const [one, two] = await Promise.all([first.reader.read(HINTED, titles), first.reader.read(HINTED, titles)]);
  expect(one).toEqual(two);
  expect(await first.reader.read(HINTED, titles)).toEqual({ ...one, outcome: 'cached' });
  expect(first.server.asked).toHaveLength(1);
  await first.reader.close();
  await first.store.close();
  await first.server.close();
  const second = await start(knowing, { folder: first.folder });
  expect(await second.reader.read({ ...HINTED, age: 70 }, titles)).toMatchObject({ value: { age: 70 } });
  expect(second.server.asked).toHaveLength(0);
  expect(Object.fromEntries(second.reader.usage().readings)).toEqual({ cached: 1 });
});

test('what one process asks about another does not: it finds the answer later', async () => {
  let answer: ServerResponse | undefined;
  const first = await start((_, response) => void (answer = response));
  const asked = first.reader.read(HINTED, titles);
  while (answer === undefined) await sleep(5);
  const second = await setUp(knowing, { folder: first.folder });
  expect(codeOf(await second.reader.read(HINTED, titles))).toBe('claimed');
  answer.end(JSON.stringify(completion({})));
  await asked;
  expect(await second.reader.read(HINTED, titles)).toMatchObject({ ok: true, outcome: 'cached' });
  expect(second.server.asked).toHaveLength(0);
  expect(spentTodayUsd(second.store)).toBeCloseTo(0.00082, 9);
  await second.close();
});

test('a claim ends with the question, however that ends, and by itself after a crash', async () => {
  const { reader, store, server } = await start((asked, response) =>
    server.asked.length > 1 ? knowing(asked, response) : void response.writeHead(400).end(),
  );
  const key = keyOf(sentTextOf(HINTED)!, 'tiny');
  store.claims.hold(key, Date.now() + 60_000);
  expect(codeOf(await reader.read(HINTED, titles))).toBe('claimed');
  store.claims.hold(key, Date.now() - 1);
  expect(codeOf(await reader.read(HINTED, titles))).not.toBe('claimed');
  expect(store.claims.isHeld(key, Date.now())).toBe(false);
  expect(codeOf(await reader.read(HINTED, titles))).toBe('ok');
});

test('what was paid for is there even where it can no longer be kept', async () => {
  const { reader, store } = await start((asked, response) => {
    // The disk is full from now on.
    store.answers.set = () => {
      throw new MatineeError('storage-failed', 'cannot write');
    };
    return knowing(asked, response);
  });
  expect(codeOf(await reader.read(HINTED, titles))).toBe('ok');
  expect(spentTodayUsd(store)).toBeGreaterThan(0.004);
});

const putRow = async (folder: string, database: string, key: string, row: unknown): Promise<void> => {
  const root = open({ path: folder, noSubdir: false });
  await root.openDB<unknown, string>(database, row instanceof Buffer ? { encoding: 'binary' } : {}).put(key, row);
  await root.close();
};

/** A string that is longer than its row. */
const undecodable = Buffer.from([0xdb, 0xff, 0xff, 0xff]);

const damaged: Record<string, unknown> = {
  'cannot be decoded': undecodable,
  'is of another shape': { likedTitles: 5 },
};

test.each(Object.entries(damaged))('a kept answer that %s is asked for anew', async (_, row) => {
  const { reader, folder, server } = await start(knowing);
  await putRow(folder, 'answers', keyOf(sentTextOf(HINTED)!, 'tiny'), row);
  expect(reader.known(HINTED, titles)).toBeUndefined();
  expect(codeOf(await reader.read(HINTED, titles))).toBe('ok');
  expect(reader.known(HINTED, titles)).toBeDefined();
  expect(server.asked).toHaveLength(1);
});

test('whatever is wrong with what is kept, nothing is thrown, and nothing asked', async () => {
  const { reader, folder, store, server } = await start(knowing);
  await putRow(folder, 'spending', new Date().toISOString().slice(0, 10), undecodable);
  expect(codeOf(await reader.read(HINTED, titles))).toBe('storage-failed');
  store.claims.isHeld = () => {
    throw new MatineeError('storage-broken', 'cannot be used any more');
  };
  expect(codeOf(await reader.read(HINTED, titles))).toBe('storage-broken');
  expect(server.asked).toHaveLength(0);
});

test('a folder that is removed while it is used ends nothing', async () => {
  const { reader, folder } = await start(knowing);
  rmSync(folder, { recursive: true });
  expect(codeOf(await reader.read(HINTED, titles))).toMatch(/ok|storage-failed/);
});

test('a failure is not kept: the next reading asks again', async () => {
  const { reader, server } = await start((asked, response) =>
    server.asked.length > 1 ? knowing(asked, response) : completion('I would rather not.'),
  );
  expect(codeOf(await reader.read(HINTED, titles))).toBe('bad-answer');
  expect(codeOf(await reader.read(HINTED, titles))).toBe('ok');
  expect(Object.fromEntries(reader.usage().readings)).toEqual({ 'bad-answer': 1, answered: 1 });
});

test('a few are asked at once, some wait, the rest are turned away', async () => {
  const { reader, server } = await start(
    (_, response) => void setTimeout(() => response.end(JSON.stringify(completion('{}'))), 20),
    { askingMax: 3, waitingMax: 5 },
  );
  const codes = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => codeOf(await reader.read(described(`films for day ${i}`), titles))),
  );
  expect(codes).toEqual([...Array<string>(8).fill('ok'), ...Array<string>(12).fill('overloaded')]);
  expect(server.inFlightMost()).toBe(3);
  expect(codeOf(await reader.read(described('films for another day'), titles))).toBe('ok');
});

test('the day ends with the budget: what is asked at once cannot spend more', async () => {
  const dailyUsd = 0.03;
  const { reader, server, store } = await start(knowing, { dailyUsd, askingMax: 8 });
  const codes = await Promise.all(
    Array.from({ length: 60 }, async (_, i) => codeOf(await reader.read(described(`films for day ${i}`), titles))),
  );
  expect(new Set(codes)).toEqual(new Set(['ok', 'budget-spent']));
  expect(server.asked).toHaveLength(codes.filter((code) => code === 'ok').length);
  expect(spentTodayUsd(store)).toBeLessThanOrEqual(dailyUsd);
  expect(spentTodayUsd(store)).toBeCloseTo(server.asked.length * 0.00082, 9);
  expect(reader.usage().readings.get('budget-spent')).toBeGreaterThan(10);
});

test('answers that were paid for are read after the budget is spent', async () => {
  const { reader } = await start(knowing, { dailyUsd: 0.007 });
  expect(codeOf(await reader.read(HINTED, titles))).toBe('ok');
  while (codeOf(await reader.read(described(`films ${Math.trunc(performance.now() * 1e3)}`), titles)) === 'ok');
  expect(codeOf(await reader.read(HINTED, titles))).toBe('ok');
});

test('an answer without usage costs what was set aside', async () => {
  const { reader, budget, server } = await start(() => ({ ...completion('{}'), usage: undefined }));
  await reader.read(HINTED, titles);
  expect(budget.tokens()).toEqual({ input: Buffer.byteLength(server.asked[0]!.body), output: 800 });
});

test('what the endpoint gives away for nothing costs nothing', async () => {
  const { reader, store } = await start((_, response) => void response.writeHead(401).end());
  expect(codeOf(await reader.read(HINTED, titles))).toBe('not-let-in');
  expect(spentTodayUsd(store)).toBe(0);
});

test('only the description leaves the house', async () => {
  const { reader, server } = await start(knowing);
  await reader.read(HINTED, titles);
  const { body, messages } = server.asked[0]!;
  expect(toldIn(server.asked[0]!)).toEqual({ likes: HINTED.likes, dislikes: HINTED.dislikes });
  expect(messages).toHaveLength(2);
  expect(body).not.toMatch(/librarian|"F"|\b30\b/);
});

test('closing ends those asked and those waiting, and nothing is written or paid for afterwards', async () => {
  const { reader, server, store, folder } = await setUp(() => undefined, { askingMax: 1 });
  const readings = ['a', 'b', 'c'].map((text) => reader.read(described(text), titles));
  while (server.asked.length < 1) await sleep(5);
  const spentUsd = spentTodayUsd(store);
  await reader.close();
  expect(spentTodayUsd(store)).toBe(spentUsd);
  // Whatever still came would meet a closed store, and reject.
  await store.close();
  expect((await Promise.all(readings)).map(codeOf)).toEqual(['closed', 'closed', 'closed']);
  expect(codeOf(await reader.read(HINTED, titles))).toBe('closed');
  expect(server.asked).toHaveLength(1);
  await server.close();
  rmSync(folder, { recursive: true });
});
