/** Facts of films and users as a snapshot holds them. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { unknownFilm } from '../../src/dataset/facts.js';
import { snapshotFilms, snapshotUsers } from '../../src/dataset/snapshot/facts.js';
import { writeSnapshot } from '../../src/dataset/snapshot/write.js';
import { openState } from '../../src/store/state.js';

let folder: string;
let snapshot: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  const state = unwrap(openState(join(folder, 'state')));
  state.films.put({ id: 'heat+1995', title: 'Heat', year: 1995, genres: ['Crime', 'Drama'], language: 'en', cost: 0 });
  state.films.put({ id: 'das+boot+1981', title: 'Das Boot', year: 1981, genres: [] });
  state.users.put(7, { age: 31, gender: 'F', createdMs: 5_000 });
  state.users.put(8, {});
  state.histories.merge(9, [{ film: 0, rating: 4, minutes: null, timeMs: 1000 }]);
  const facts = { code: {}, created: new Date(0), onProgress: () => undefined };
  const { id } = unwrap(writeSnapshot(state, join(folder, 'shelf'), facts));
  snapshot = join(folder, 'shelf', id);
  await state.close();
});
afterAll(() => rm(folder, { recursive: true }));

test('films in the order that is asked for; a fee of 0 is known, one of null is not', async () => {
  expect(await snapshotFilms(snapshot, ['das+boot+1981', 'solaris+1972', 'heat+1995'])).toEqual([
    { year: 1981, genres: [], language: null, cost: null },
    unknownFilm,
    { year: 1995, genres: ['Crime', 'Drama'], language: 'en', cost: 0 },
  ]);
});

test('users by id; who only has a history has no facts', async () => {
  expect(await snapshotUsers(snapshot)).toEqual(
    new Map([
      [7, { age: 31, gender: 'F', occupation: null, createdMs: 5_000 }],
      [8, { age: null, gender: null, occupation: null, createdMs: null }],
    ]),
  );
});
