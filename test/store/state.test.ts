/** Contract of the state: what is written is read back, by this process and by others. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
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

const film = (id: string) => ({ id, title: id.toUpperCase(), year: 1999, genres: ['Drama', 'War'] });

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

test('a garbage file is refused with its folder named', async () => {
  const other = join(folder, 'garbage');
  await rm(other, { recursive: true, force: true });
  await import('node:fs/promises').then(({ mkdir }) => mkdir(other));
  await writeFile(join(other, 'data.mdb'), Buffer.alloc(20_000, 7));
  const result = openState(other);
  expect(result).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
  const missing = openState(join(folder, 'nothing'), { readOnly: true });
  expect(missing).toMatchObject({ ok: false, error: { code: 'data-missing' } });
});
