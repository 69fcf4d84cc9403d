/** Contract of the state: what is written is read back, by this process and by others. */

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { built } from '../../src/core/package.js';
import type { Film } from '../../src/store/films.js';
import type { HeldLine } from '../../src/store/held.js';
import { openState, type State } from '../../src/store/state.js';

let folder: string;
let state: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  state = unwrap(openState(join(folder, 'state')));
});

afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

const film = (id: string): Film => ({
  ...{ id, title: id.toUpperCase(), year: 1999, genres: ['Drama', 'War'] },
  ...{ runtime: null, language: null, overview: null, cost: null },
  ...{ maturity: { class: 'unknown', source: '' }, listing: 'listed', lookedUpMs: 0 },
});

test('films get dense indexes in order of arrival and keep them', () => {
  expect(state.films.count()).toBe(0);
  expect(state.films.put(film('b'))).toBe(0);
  expect(state.films.put(film('a'))).toBe(1);
  expect(state.films.put({ ...film('b'), title: 'B again', year: null })).toBe(0);
  expect(state.films.count()).toBe(2);
  expect(state.films.indexOf('a')).toBe(1);
  expect(state.films.indexOf('c')).toBe(-1);
  expect(state.films.get(2)).toBeUndefined();
  expect([...state.films.all()]).toEqual([
    [0, { ...film('b'), title: 'B again', year: null }],
    [1, film('a')],
  ]);
});

test('films put in one transaction see each other', () => {
  const indexes = state.transaction(() => Array.from({ length: 300 }, (_, i) => state.films.put(film(`f${i}`))));
  expect(indexes).toEqual(Array.from({ length: 300 }, (_, i) => i));
  expect(state.films.count()).toBe(300);
  expect([...state.films.all()].map(([index]) => index)).toEqual(indexes);
});

test('a transaction that throws leaves nothing', () => {
  expect(() =>
    state.transaction(() => {
      state.films.put(film('a'));
      state.histories.merge(1, [{ film: 0, rating: 4, minutes: null, timeMs: 1000 }]);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(state.films.count()).toBe(0);
  expect(state.films.indexOf('a')).toBe(-1);
  expect(state.histories.read(1)).toBeUndefined();
});

test('histories are read back, users ascending, up to the largest id', () => {
  for (const user of [9_999_999_999, 0, 42, 2 ** 32, 7]) {
    state.histories.merge(user, [{ film: 3, rating: 4.5, minutes: null, timeMs: 1_500_000_000_000 }]);
  }
  expect([...state.histories.users()]).toEqual([0, 7, 42, 2 ** 32, 9_999_999_999]);
  const history = state.histories.read(9_999_999_999)!;
  expect(history.count).toBe(1);
  expect(history.film(0)).toBe(3);
  expect(history.rating(0)).toBe(4.5);
  expect(history.minutes(0)).toBeNaN();
  expect(history.lastMs(0)).toBe(1_500_000_000_000);
  expect(state.histories.read(43)).toBeUndefined();
  expect(state.stats()).toMatchObject({ users: 5, films: 0, interactions: 5 });
});

test('the entries of a full history come back whole, and small ones after it', () => {
  const events = Array.from({ length: 4096 }, (_, film) => ({ film, rating: 3, minutes: null, timeMs: 1000 }));
  state.histories.merge(1, events);
  state.histories.merge(2, events.slice(0, 1));
  const large = state.histories.read(1)!;
  expect(Array.from({ length: large.count }, (_, i) => large.film(i))).toEqual(events.map(({ film }) => film));
  expect(state.histories.read(2)!.count).toBe(1);
});

test('imports are recorded once for each content', () => {
  const record = {
    name: 'a.csv',
    format: 'matinee',
    sha256: 'aa',
    rows: 2,
    accepted: 1,
    at: '2026-01-02T00:00:00.000Z',
  };
  const earlier = { ...record, name: 'b.csv', sha256: 'bb', at: '2026-01-01T00:00:00.000Z' };
  state.imports.add(record);
  state.imports.add(earlier);
  state.imports.add({ ...record, name: 'again.csv', at: '2026-01-03T00:00:00.000Z' });
  expect(state.imports.list()).toEqual([earlier, record]);
});

test('nested transactions join the outer one', () => {
  const seen = state.transaction(() => state.transaction(() => state.films.put(film('a'))) + state.films.count());
  expect(seen).toBe(1);
  expect(state.films.count()).toBe(1);
});

test('facts of a film that are not given stay as they are', () => {
  const { id, title, year, genres } = film('a');
  state.films.put({ id, title, year, genres, runtime: 90, cost: 0 });
  state.films.put({ id, title, year, genres, maturity: { class: 'teen', source: 'list.csv' } });
  expect(state.films.get(0)).toEqual({
    ...film('a'),
    ...{ runtime: 90, cost: 0, maturity: { class: 'teen', source: 'list.csv' } },
  });
});

test('users: what is not given stays as it is stored', () => {
  expect(state.users.has(7)).toBe(false);
  state.users.put(7, { createdMs: 5000 });
  state.users.put(7, { age: 30, likes: 'war films' });
  const unknown = { gender: null, occupation: null, dislikes: null, lookedUpMs: 0 };
  expect(state.users.get(7)).toEqual({ ...unknown, createdMs: 5000, age: 30, likes: 'war films' });
  expect(state.users.count()).toBe(1);
});

test('viewers are counted once for each user and film, and not at all when the transaction fails', () => {
  const watch = { film: 1, rating: null, minutes: 3, timeMs: 1000 };
  state.histories.merge(1, [watch, watch]);
  state.histories.merge(2, [watch, { ...watch, film: 0 }]);
  state.histories.merge(2, [{ ...watch, minutes: 9 }]);
  expect(() =>
    state.transaction(() => {
      state.histories.merge(3, [watch]);
      throw new Error('no');
    }),
  ).toThrow('no');
  state.histories.merge(4, [{ ...watch, film: 2 }]);
  expect([...state.viewers.counts(4)]).toEqual([1, 2, 1, 0]);
});

test('held lines are found by what they wait for, and gone when removed', () => {
  const line = (offset: number, waitsFor: string): HeldLine => ({
    ...{ partition: 1, offset, reason: 'film-unknown', waitsFor, provisional: false },
    bytes: Buffer.from(`line ${offset}`),
  });
  const [a, b, c] = [line(5, 'film x'), line(9, 'film x'), line(2, 'film y')];
  for (const held of [a, b, c]) state.held.put(held);
  expect(state.held.waitingFor('film x')).toEqual([a, b]);
  expect([...state.held.waits()]).toEqual(['film x', 'film y']);
  state.held.put({ ...a, waitsFor: 'film y' });
  expect(state.held.waitingFor('film x')).toEqual([b]);
  state.held.remove(b);
  expect(state.held.waitingFor('film x')).toEqual([]);
  expect([...state.held.all()].map(({ offset }) => offset)).toEqual([2, 5]);
});

test('a request that is delivered again is the same request', () => {
  const request = { timeMs: 1000, fingerprint: 7, user: 1, status: 200, latencyMs: 5, listLength: 20, list: 9 };
  expect(state.requests.add(request)).toBe(true);
  expect(state.requests.add(request)).toBe(false);
  expect(state.requests.add({ ...request, timeMs: 2000 })).toBe(true);
  expect([...state.requests.between(0, 1500)]).toEqual([request]);
  state.requests.forget(1500, 10);
  expect([...state.requests.between(0, 9999)]).toEqual([{ ...request, timeMs: 2000 }]);
});

/** A module that opens the same state for itself. */
const moduleWith = (body: string): string => `
  import { parentPort } from 'node:worker_threads';
  import { openState } from '${pathToFileURL(built('src/store/state.js')).href}';
  const state = openState(${JSON.stringify(join(folder, 'state'))}).value;
  ${body}
  await state.close();`;

const elsewhere = (body: string): string =>
  execFileSync(process.execPath, ['--input-type=module', '-e', moduleWith(body)], { encoding: 'utf8' });

const mergeMany = (users: number): string => `state.transaction(() => {
  for (let user = 0; user < ${users}; user++) {
    const events = Array.from({ length: 100 }, (_, film) => ({ film, rating: 1, minutes: null, timeMs: 1000 }));
    state.histories.merge(user, events);
  }
});`;

test('a process sees what another one commits, also when the file outgrows its map', async () => {
  state.histories.merge(5, [{ film: 900, rating: null, minutes: 30, timeMs: 1000 }]);
  expect(elsewhere('console.log(state.histories.read(5).minutes(0));')).toBe('30\n');
  elsewhere(mergeMany(5000));
  await setImmediate();
  expect(state.histories.count()).toBe(5000);
  expect(state.histories.read(5)!.count).toBe(101);
  expect(state.histories.read(4999)!.count).toBe(100);
});

test('resetRead shows a thread newer commits before its event loop turns', () => {
  state.films.put(film('a'));
  expect(state.films.count()).toBe(1);
  elsewhere(`state.films.put({ id: 'b', title: 'B', year: null, genres: [] });`);
  expect(state.films.count()).toBe(1);
  state.resetRead();
  expect(state.films.count()).toBe(2);
});

test('worker threads read and write the same state', async () => {
  state.histories.merge(1, [{ film: 0, rating: 1, minutes: null, timeMs: 1000 }]);
  const code = moduleWith(`
    const seen = state.histories.read(1).rating(0);
    state.histories.merge(2, [{ film: 0, rating: seen + 1, minutes: null, timeMs: 1000 }]);
    parentPort.postMessage(seen);`);
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
  expect(await once(worker, 'message')).toEqual([1]);
  await once(worker, 'exit');
  expect(state.histories.read(2)!.rating(0)).toBe(2);
});

describe('opening', () => {
  const code = (path: string, readOnly = false): string | undefined => {
    const result = openState(path, { readOnly });
    return result.ok ? undefined : result.error.code;
  };

  test('read only needs a state that exists, and then cannot write', async () => {
    expect(code(join(folder, 'nothing'), true)).toBe('data-missing');
    state.films.put(film('a'));
    await state.close();
    state = unwrap(openState(join(folder, 'state'), { readOnly: true }));
    expect(state.films.get(0)).toEqual(film('a'));
    expect(() => state.films.put(film('b'))).toThrow();
  });

  test('a folder with a dot in its name is a folder', async () => {
    const dotted = unwrap(openState(join(folder, 'state.v2')));
    dotted.films.put(film('a'));
    await dotted.close();
    expect(await readdir(join(folder, 'state.v2'))).toContain('data.mdb');
  });

  test('a foreign file, a cut-off file and a file in place of the folder are refused', async () => {
    expect(code(await folderWith(Buffer.alloc(20_000, 7)))).toBe('file-unreadable');
    expect(code(await folderWith(Buffer.from('not LMDB')))).toBe('file-unreadable');
    state.histories.merge(
      1,
      Array.from({ length: 4000 }, (_, f) => ({ film: f, rating: 1, minutes: null, timeMs: 1 })),
    );
    await state.close();
    const whole = await readFile(join(folder, 'state', 'data.mdb'));
    state = unwrap(openState(join(folder, 'state')));
    for (const share of [0.01, 0.1, 0.5, 0.9]) {
      expect(code(await folderWith(whole.subarray(0, whole.length * share)))).toBe('file-unreadable');
    }
    expect(code(await folderWith(whole))).toBeUndefined();
    await writeFile(join(folder, 'file'), '');
    expect(code(join(folder, 'file'))).toBe('file-unreadable');
  });

  async function folderWith(data: Uint8Array): Promise<string> {
    const path = await mkdtemp(join(folder, 'case-'));
    await writeFile(join(path, 'data.mdb'), data);
    return path;
  }
});
