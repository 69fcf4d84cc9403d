/** Records of the look-up APIs of which something cannot be read: nothing that is known is given up for them. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../../src/core/errors.js';
import type { LookupKind } from '../../../src/store/lookups.js';
import { openState, type State } from '../../../src/store/state.js';
import { readFilmRecord } from '../../../src/world/film-record.js';
import { readUserRecord } from '../../../src/world/user-record.js';
import { NOW, writerOf, type TestWriter } from './lines.js';

const HOUR_MS = 3_600_000;
const film = { id: 'up+2009', title: 'Up', release_date: '2009-05-28', genres: [{ name: 'Comedy' }], runtime: 96 };
const user = { user_id: 7, age: 30, gender: 'F', occupation: 'writer', self_description_likes: 'balloons' };

let folder: string;
let state: State;
let log: TestWriter;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  state = unwrap(openState(join(folder, 'state')));
  log = writerOf(state, { asksUsers: true });
});

afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

function tell(kind: LookupKind, id: string, json: object): void {
  const { fields, violations } = kind === 'film' ? readFilmRecord(json) : readUserRecord(json);
  const outcome = { found: new Map([[id, fields!]]), missing: [], open: [] };
  log.writer.commit(NOW, () => {
    log.writer.settle(kind, { ...outcome, violations: violations.map((violation) => ({ id, ...violation })) }, NOW);
  });
}

const known = () => ({ film: state.films.get(state.films.indexOf('up+2009'))!, user: state.users.get(7)! });

test('what was known stays, what can be read is taken, and the rest is asked for again in an hour', () => {
  tell('film', 'up+2009', film);
  tell('user', '7', user);
  const before = known();
  tell('film', 'up+2009', { ...film, genres: 'Drama', release_date: 1999, runtime: 'long', cost: 2 });
  tell('user', '7', { ...user, age: { years: 29 }, gender: 1, occupation: 'artist' });
  expect(known()).toEqual({ film: { ...before.film, cost: 2 }, user: { ...before.user, occupation: 'artist' } });
  for (const [kind, id] of [['film', 'up+2009'] as const, ['user', '7'] as const]) {
    expect(state.lookups.due(kind, 'again', NOW + HOUR_MS - 1, 9)).toEqual([]);
    expect(state.lookups.due(kind, 'again', NOW + HOUR_MS, 9)).toEqual([id]);
  }
});

test('of what was not known, what can be read is known then', () => {
  tell('film', 'up+2009', { ...film, genres: 'Drama', release_date: 1999 });
  tell('user', '7', { ...user, age: { years: 29 } });
  expect(known()).toMatchObject({ film: { year: null, genres: [], runtime: 96 }, user: { age: null, gender: 'F' } });
});

test('what a record that can be read no longer says is no longer known', () => {
  tell('film', 'up+2009', film);
  tell('film', 'up+2009', { ...film, runtime: null });
  expect(known().film).toMatchObject({ runtime: null, genres: ['Comedy'] });
  expect(state.lookups.count('film')).toBe(0);
});
