/** Which group a test user is in. */

import { expect, test } from 'vitest';
import type { UserFacts } from '../../src/dataset/facts.js';
import { groupOf, knownGroupings, type Grouping } from '../../src/evaluate/groups.js';
import { caseOf, filmsOf } from './example.js';

const day = 86_400_000;
const momentMs = 1000 * day;
const films = filmsOf([{ language: 'de' }, { language: 'en' }, { language: 'en' }, { language: 'de' }, {}]);
const someone: UserFacts = { age: null, gender: null, occupation: null, createdMs: null };

const groupWith = (by: Grouping, facts: Partial<UserFacts>, history: number[] = []): string =>
  groupOf(by, { test: caseOf(1, history, [9]), momentMs }, { users: new Map([[1, { ...someone, ...facts }]]), films });

test('by what the site says of the user', () => {
  expect(groupWith('gender', { gender: 'F' })).toBe('F');
  expect(groupWith('occupation', { occupation: 'artist' })).toBe('artist');
  expect([17, 18, 24, 25, 54, 55, 99].map((age) => groupWith('age', { age }))).toEqual([
    ...['under 18', '18-24', '18-24', '25-34', '45-54', '55 and over', '55 and over'],
  ]);
  for (const by of ['gender', 'occupation', 'age', 'signup', 'language'] as const) {
    expect(groupWith(by, {})).toBe('unknown');
  }
  expect(groupOf('gender', { test: caseOf(2, [], [1]), momentMs }, { users: new Map(), films })).toBe('unknown');
});

test('by the time since the account was created', () => {
  const after = (days: number): string => groupWith('signup', { createdMs: momentMs - days * day });
  expect([-1, 0, 0.9, 1, 6, 29, 364, 365].map(after)).toEqual([
    ...['not yet', 'first day', 'first day', 'first week', 'first week', 'first month', 'first year', 'over a year'],
  ]);
});

test('by the history: its length, and the commonest language of its films', () => {
  const ofLength = (length: number): string => groupWith('activity', {}, new Array<number>(length).fill(0));
  expect([0, 1, 2, 4, 5, 20, 100].map(ofLength)).toEqual([
    ...['no films', '1 film', '2-4 films', '2-4 films', '5-19 films', '20-99 films', '100 films and more'],
  ]);
  expect(groupWith('language', {}, [0, 1, 2])).toBe('en');
  expect(groupWith('language', {}, [0, 1, 2, 3])).toBe('de');
  expect(groupWith('language', {}, [4, 4, 1])).toBe('en');
});

test('only groupings of which something is known are worth figures', () => {
  const told = (facts: Partial<UserFacts>): Grouping[] =>
    knownGroupings({ users: new Map([[1, { ...someone, ...facts }]]), films: filmsOf([{}]) });
  expect(told({})).toEqual(['activity']);
  expect(told({ age: 0, createdMs: 1 })).toEqual(['age', 'activity', 'signup']);
  expect(knownGroupings({ users: new Map([[1, { ...someone, gender: 'F', occupation: 'artist' }]]), films })).toEqual([
    ...['gender', 'occupation', 'activity', 'language'],
  ]);
});
