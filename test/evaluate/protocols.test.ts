/** The protocols: nothing leaks, nobody is lost, and the bundled data is cut as it should be. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import type { Cut } from '../../src/evaluate/cases.js';
import { refuseLeaks } from '../../src/evaluate/leaks.js';
import { cutsBy, siteProtocols } from '../../src/evaluate/protocols/cuts-by.js';
import { interactions } from '../dataset/arbitrary.js';
import { synthetic } from '../train/synthetic.js';

type Pair = `${number} ${number}`;

const pairs = ({ users, userOf, filmOf }: Interactions): Pair[] =>
  Array.from(userOf, (user, i): Pair => `${users[user]!} ${filmOf[i]!}`);
const known = ({ cases }: Cut): Pair[] =>
  cases.flatMap(({ user, history }) => Array.from(history, (film): Pair => `${user} ${film}`));
const asked = ({ cases }: Cut): Pair[] =>
  cases.flatMap(({ user, relevant }) => Array.from(relevant, (film): Pair => `${user} ${film}`));

test('whatever the data: no cut leaks, and what is asked or known is among the interactions', () => {
  fc.assert(
    fc.property(interactions, fc.constantFrom(...siteProtocols), fc.nat(), (data, protocol, seed) => {
      const made = cutsBy(protocol, data, seed);
      if (!made.ok) {
        expect(made.error.code).toBe('data-missing');
        return;
      }
      const all = new Set(pairs(data));
      for (const cut of made.value.cuts) {
        expect(refuseLeaks(cut)).toMatchObject({ ok: true });
        expect([...pairs(cut.train), ...known(cut), ...asked(cut)].every((pair) => all.has(pair))).toBe(true);
        expect(cut.train.films).toBe(data.films);
        for (const { relevant, preferences, history } of cut.cases) {
          expect(relevant.size).toBeGreaterThan(0);
          expect(preferences).toHaveLength(history.length);
        }
      }
    }),
  );
});

const data = synthetic({ users: 103, films: 60, liked: 0.25, other: 0.05, seed: 4 });
/** Users share the timeline, so that a cut in time leaves histories on both sides of it. */
const shuffled: Interactions = { ...data, time: data.time.map((_, i) => 1_000_000 + ((i * 7919) % 10_007)) };

test('rolling: fourteen cuts, each trained strictly before, each window up to the next cut', () => {
  const { cuts, notes } = unwrap(cutsBy('rolling', shuffled, 1));
  expect(cuts.map(({ name }) => name)).toEqual(
    [30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95].map((share) => `rolling ${share} %`),
  );
  const timeOf = new Map(pairs(shuffled).map((pair, i) => [pair, shuffled.time[i]!]));
  for (const [i, cut] of cuts.entries()) {
    const end = cuts[i + 1]?.cutMs ?? Infinity;
    expect(cut.train.time.every((time) => time < cut.cutMs!)).toBe(true);
    expect(cut.train.time.length).toBe(Math.floor((shuffled.time.length * (30 + 5 * i)) / 100));
    const times = asked(cut).map((pair) => timeOf.get(pair)!);
    expect(times.every((time) => time >= cut.cutMs! && time < end)).toBe(true);
    const inWindow = shuffled.time.filter((time) => time >= cut.cutMs! && time < end);
    expect(times).toHaveLength(inWindow.length);
  }
  expect(notes.join()).toContain('not user-windows');
});

test('strong: five folds of strangers that are everybody, the oldest 80 % of each told', () => {
  const { cuts } = unwrap(cutsBy('strong', data, 7));
  expect(cuts).toHaveLength(5);
  const users = cuts.flatMap(({ cases }) => cases.map(({ user }) => user));
  expect(users.sort((a, b) => a - b)).toEqual([...data.users]);
  for (const cut of cuts) {
    expect(Math.abs(cut.cases.length - data.users.length / 5)).toBeLessThan(1);
    const tested = new Set(cut.cases.map(({ user }) => user));
    expect([...cut.train.userOf].some((dense) => tested.has(data.users[dense]!))).toBe(false);
    expect(cut.train.userOf.length + known(cut).length + asked(cut).length).toBe(data.userOf.length);
    for (const { user, history, relevant } of cut.cases) {
      const own = [...data.filmOf].filter((_, i) => data.users[data.userOf[i]!] === user);
      const told = Math.floor((own.length * 80) / 100);
      expect([...history]).toEqual(own.slice(0, told));
      expect([...relevant]).toEqual(own.slice(told));
    }
  }
  expect(unwrap(cutsBy('strong', data, 7)).cuts).toEqual(cuts);
  expect(unwrap(cutsBy('strong', data, 8)).cuts).not.toEqual(cuts);
});

test('leave one out: one film of each user with two or more, anywhere in the history, by the seed', () => {
  const [cut] = unwrap(cutsBy('leave-one-out', data, 2)).cuts;
  const lengths = new Map<number, number>();
  for (const user of data.userOf) lengths.set(data.users[user]!, (lengths.get(data.users[user]!) ?? 0) + 1);
  const testable = [...lengths].filter(([, length]) => length > 1).map(([user]) => user);
  expect(cut!.cases.map(({ user }) => user)).toEqual(testable);
  expect(cut!.cases.every(({ relevant }) => relevant.size === 1)).toBe(true);
  expect(new Set([...pairs(cut!.train), ...asked(cut!)])).toEqual(new Set(pairs(data)));
  expect(unwrap(cutsBy('leave-one-out', data, 2)).cuts[0]).toEqual(cut);
  expect(unwrap(cutsBy('leave-one-out', data, 3)).cuts[0]).not.toEqual(cut);

  const newest = new Map(pairs(data).map((pair) => [pair.split(' ')[0], pair]));
  const ofNewest = asked(cut!).filter((pair) => newest.get(pair.split(' ')[0]) === pair).length;
  expect(ofNewest / testable.length).toBeLessThan(0.5);
});

test('leave last out: the newest of each user', () => {
  const [cut] = unwrap(cutsBy('leave-last-out', data, 1)).cuts;
  const newest = new Map(pairs(data).map((pair) => [pair.split(' ')[0], pair]));
  expect(asked(cut!).every((pair) => newest.get(pair.split(' ')[0]) === pair)).toBe(true);
});

test('time: trained strictly before the cut, which the notes name', () => {
  const { cuts, notes } = unwrap(cutsBy('time', shuffled, 1));
  const { cutMs, train } = cuts[0]!;
  expect(Math.max(...train.time)).toBeLessThan(cutMs!);
  expect(notes[0]).toContain(new Date(cutMs!).toISOString());
});

test('data on one side of every cut is said to be too little', () => {
  const alike: Interactions = { ...data, time: data.time.map(() => 5000) };
  expect(cutsBy('rolling', alike, 1)).toMatchObject({ ok: false, error: { code: 'data-missing' } });
});
