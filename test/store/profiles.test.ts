/** Profiles: what is written is read back, and whoever says something new of themselves stands in the queue. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { open } from 'lmdb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { STATE_LAYOUT } from '../../src/store/meta.js';
import { decodeProfile, encodeProfile, type StoredProfile } from '../../src/store/profile-codec.js';
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

const profile: StoredProfile = {
  ...{ likedFilms: [70_000, 3], dislikedFilms: [16_777_215], era: { from: 1990, to: 1999 } },
  genres: [
    [19, 1],
    [0, -0.5],
  ],
  ...{ popular: false, age: 34, gender: 'féminin' },
};
const silent: StoredProfile = {
  ...{ likedFilms: [], dislikedFilms: [], genres: [], era: null },
  ...{ popular: null, age: null, gender: null },
};

const films = fc.array(fc.integer({ min: 0, max: 2 ** 24 - 1 }), { maxLength: 20 });
const anyProfile: fc.Arbitrary<StoredProfile> = fc.record({
  ...{ likedFilms: films, dislikedFilms: films },
  genres: fc.array(fc.tuple(fc.integer({ min: 0, max: 19 }), fc.constantFrom(-1, -0.5, 0.5, 1)), { maxLength: 20 }),
  era: fc.option(fc.record({ from: fc.integer({ min: 1850, max: 2105 }), to: fc.integer({ min: 1850, max: 2105 }) })),
  popular: fc.option(fc.boolean()),
  age: fc.option(fc.integer({ min: 0, max: 150 })),
  gender: fc.option(fc.string({ unit: 'grapheme', maxLength: 50 })),
});

test('any profile comes back from its bytes, also out of a longer buffer', () => {
  fc.assert(
    fc.property(anyProfile, (any) => {
      expect(decodeProfile(Buffer.from(encodeProfile(any)))).toEqual(any);
    }),
  );
});

test('bytes: age and gender alone 3, with three genres and two films 15', () => {
  const group = { ...silent, age: 34, gender: 'F' };
  expect(encodeProfile(silent)).toHaveLength(1);
  expect(encodeProfile(group)).toHaveLength(3);
  const told: StoredProfile = { ...group, likedFilms: [1, 2], genres: [0, 1, 2].map((genre) => [genre, 1]) };
  expect(encodeProfile(told)).toHaveLength(15);
});

test('what cannot be stored is refused', () => {
  const many = Array.from({ length: 21 }, (_, film) => film);
  for (const wrong of [
    ...[
      { age: 1.5 },
      { age: -1 },
      { likedFilms: many },
      { dislikedFilms: [2 ** 24] },
      { era: { from: 1700, to: 1990 } },
    ],
    ...[{ genres: [[1, 0.7] as const] }, { genres: [[64, 1] as const] }],
  ]) {
    expect(() => encodeProfile({ ...silent, ...wrong })).toThrow();
  }
});

test('a profile is read back whole after a longer and before a shorter one', () => {
  const longest = { ...profile, likedFilms: Array.from({ length: 20 }, (_, film) => film) };
  state.profiles.put(9_999_999_999, longest);
  state.profiles.put(0, profile);
  state.profiles.put(7, silent);
  expect(state.profiles.get(9_999_999_999)).toEqual(longest);
  expect(state.profiles.get(7)).toEqual(silent);
  expect(state.profiles.get(0)).toEqual(profile);
  expect(state.profiles.get(1)).toBeUndefined();
  expect(state.profiles.count()).toBe(3);
  state.profiles.put(7, undefined);
  expect(state.profiles.get(7)).toBeUndefined();
  expect(state.profiles.count()).toBe(2);
});

test('whoever says something new of themselves is wanted until that is settled', () => {
  const { users, profiles } = state;
  users.put(7, { createdMs: 5000, occupation: 'artist', lookedUpMs: 1 });
  expect(profiles.wanted('new', 10)).toEqual([]);
  users.put(7, { age: 30 });
  users.put(5, { likes: 'war films' });
  expect(profiles.wanted('new', 10)).toEqual([5, 7]);
  expect(profiles.wanted('new', 1)).toEqual([5]);
  expect(profiles.waiting()).toBe(2);
  for (const user of [5, 7]) profiles.settled(user, 'new');
  expect(profiles.waiting()).toBe(0);
  users.put(5, { likes: 'war films', lookedUpMs: 2 });
  expect(profiles.wanted('new', 10)).toEqual([]);
  for (const facts of [{ likes: null }, { dislikes: 'war films' }, { gender: 'F' }, { age: 31 }]) {
    users.put(5, facts);
    expect(profiles.wanted('new', 10)).toEqual([5]);
    profiles.settled(5, 'new');
  }
});

test('each lane of the queue is its own', () => {
  const { profiles } = state;
  for (const user of [9_999_999_999, 0, 3]) profiles.want(user, 'again');
  profiles.want(3);
  profiles.want(0, 'model');
  expect(profiles.wanted('new', 10)).toEqual([3]);
  expect(profiles.wanted('again', 10)).toEqual([0, 3, 9_999_999_999]);
  expect(profiles.wanted('model', 10)).toEqual([0]);
  expect(profiles.waiting()).toBe(5);
  profiles.settled(3, 'new');
  expect(profiles.wanted('again', 10)).toEqual([0, 3, 9_999_999_999]);
});

test('a transaction that fails wants nothing', () => {
  expect(() =>
    state.transaction(() => {
      state.users.put(7, { age: 30 });
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(state.profiles.waiting()).toBe(0);
});

test('a state that was never told of profiles has none', async () => {
  const old = join(folder, 'old');
  const root = open({ path: old, noSubdir: false, maxDbs: 32 });
  await root.openDB('meta', {}).put('layout', STATE_LAYOUT);
  await root.close();
  const read = unwrap(openState(old, { readOnly: true }));
  expect(read.profiles.get(7)).toBeUndefined();
  expect(read.profiles.count()).toBe(0);
  expect(read.profiles.wanted('new', 3)).toEqual([]);
  await read.close();
});
