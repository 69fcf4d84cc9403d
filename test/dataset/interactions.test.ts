/** Interactions read from a state, their matrices and their fingerprint. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { fingerprint } from '../../src/dataset/fingerprint.js';
import { readInteractions } from '../../src/dataset/interactions.js';
import { byUser } from '../../src/dataset/sparse.js';
import { transpose, type Csr } from '../../src/linalg/csr.js';
import { openState, type State } from '../../src/store/state.js';
import { interactions } from './arbitrary.js';

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

const watch = (film: number, seconds: number) => ({ film, rating: null, minutes: 1, timeMs: seconds * 1000 });

test('users ascend, films without interactions are left out, each user is in order of time', () => {
  for (const id of ['a', 'unseen', 'b', 'c']) {
    state.films.put({ id, title: id, year: null, genres: [], runtime: id === 'b' ? 2 : null });
  }
  state.histories.merge(900, [watch(0, 30), watch(3, 10), watch(2, 20)]);
  state.histories.merge(7, [watch(2, 40), watch(0, 0)]);

  const read = readInteractions(state);
  expect(read).toEqual({
    users: Float64Array.of(7, 900),
    films: ['a', 'b', 'c'],
    userOf: Int32Array.of(0, 0, 1, 1, 1),
    filmOf: Int32Array.of(0, 1, 2, 1, 0),
    preference: Float32Array.of(NaN, 0.5, NaN, 0.5, NaN),
    time: Float64Array.of(0, 40_000, 10_000, 20_000, 30_000),
    ratingHigh: 5,
  });
});

test('preferences are on the learned scale, else on the customary one that holds every rating', () => {
  for (const id of ['a', 'b']) state.films.put({ id, title: id, year: null, genres: [] });
  const rate = (film: number, rating: number) => ({ film, rating, minutes: null, timeMs: film * 1000 });
  state.histories.merge(1, [rate(0, 3), rate(1, 4.5)]);
  expect(readInteractions(state)).toMatchObject({ ratingHigh: 5, preference: Float32Array.of(0.6, 0.9) });
  state.histories.merge(2, [rate(0, 8)]);
  expect(readInteractions(state)).toMatchObject({ ratingHigh: 10, preference: Float32Array.of(0.3, 0.45, 0.8) });
  state.meta.setRatingHigh(5);
  expect(readInteractions(state)).toMatchObject({ ratingHigh: 5, preference: Float32Array.of(0.6, 0.9, 1) });
});

test('an empty state gives empty columns', () => {
  expect(readInteractions(state)).toMatchObject({ films: [], users: new Float64Array(), time: new Float64Array() });
});

test('the fingerprint names the data: equal for equal, another for any change', () => {
  state.films.put({ id: 'a', title: 'a', year: null, genres: [] });
  state.histories.merge(1, [watch(0, 1)]);
  const before = readInteractions(state);
  expect(fingerprint(before)).toBe(fingerprint(readInteractions(state)));
  expect(fingerprint(before)).toMatch(/^[0-9a-f]{64}$/);
  const changed = [
    { ...before, films: ['b'] },
    { ...before, users: Float64Array.of(2) },
    { ...before, preference: Float32Array.of(0.5) },
    { ...before, time: Float64Array.of(2000) },
    { ...before, ratingHigh: 10 },
  ];
  expect(new Set([before, ...changed].map(fingerprint)).size).toBe(6);
});

const dense = ({ rows, columns, indptr, indices, values }: Csr): number[][] =>
  Array.from({ length: rows }, (_, row) => {
    const line = Array<number>(columns).fill(0);
    for (let i = indptr[row]!; i < indptr[row + 1]!; i++) line[indices[i]!]! += values[i]!;
    return line;
  });

test('rows and columns hold the same entries', () => {
  fc.assert(
    fc.property(interactions, (data) => {
      const expected = data.users.length === 0 ? [] : Array.from(data.users, () => data.films.map(() => 0));
      data.userOf.forEach((user, i) => (expected[user]![data.filmOf[i]!]! += data.preference[i]!));
      const users = byUser(data, data.preference);
      const films = transpose(users);
      expect(dense(users)).toEqual(expected);
      expect(dense(films)).toEqual(data.films.map((_, film) => expected.map((line) => line[film])));
      for (let film = 0; film < films.rows; film++) {
        const row = films.indices.subarray(films.indptr[film], films.indptr[film + 1]);
        expect(row).toEqual(row.slice().sort());
      }
    }),
  );
});
