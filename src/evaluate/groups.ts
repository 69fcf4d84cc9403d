/** Groups of test users: who is served better or worse than others. */

import { unknownUser, type FilmFacts, type UserFacts } from '../dataset/facts.js';
import type { TestCase } from './cases.js';

export const groupings = ['gender', 'age', 'occupation', 'activity', 'signup', 'language'] as const;
export type Grouping = (typeof groupings)[number];

/** What is known of all users and films. */
export interface Facts {
  /** By user id; who is not in it is unknown. */
  readonly users: ReadonlyMap<number, UserFacts>;
  /** Of each dense film. */
  readonly films: readonly FilmFacts[];
}

/** Those of which anything is known of anybody. */
export function knownGroupings({ users, films }: Facts): Grouping[] {
  const told = [...users.values()];
  const isKnown: Readonly<Record<Grouping, boolean>> = {
    gender: told.some(({ gender }) => gender !== null),
    age: told.some(({ age }) => age !== null),
    occupation: told.some(({ occupation }) => occupation !== null),
    activity: true,
    signup: told.some(({ createdMs }) => createdMs !== null),
    language: films.some(({ language }) => language !== null),
  };
  return groupings.filter((by) => isKnown[by]);
}

/** A test case, and when it was asked: milliseconds since 1970. */
export interface Asked {
  readonly test: TestCase;
  readonly momentMs: number;
}

const DAY_MS = 86_400_000;
const unknown = 'unknown';

/** The first band whose limit is above the value. */
type Bands = readonly (readonly [below: number, name: string])[];

const ages: Bands = [
  [18, 'under 18'],
  [25, '18-24'],
  [35, '25-34'],
  [45, '35-44'],
  [55, '45-54'],
  [Infinity, '55 and over'],
];
const historyLengths: Bands = [
  [1, 'no films'],
  [2, '1 film'],
  [5, '2-4 films'],
  [20, '5-19 films'],
  [100, '20-99 films'],
  [Infinity, '100 films and more'],
];
const accountDays: Bands = [
  [0, 'not yet'],
  [1, 'first day'],
  [7, 'first week'],
  [30, 'first month'],
  [365, 'first year'],
  [Infinity, 'over a year'],
];

/** The name of the group that a test user is in. */
export function groupOf(by: Grouping, { test, momentMs }: Asked, { users, films }: Facts): string {
  const user = users.get(test.user) ?? unknownUser;
  switch (by) {
    case 'gender':
      return user.gender ?? unknown;
    case 'age':
      return user.age === null ? unknown : bandOf(user.age, ages);
    case 'occupation':
      return user.occupation ?? unknown;
    case 'activity':
      return bandOf(test.history.length, historyLengths);
    case 'signup':
      return user.createdMs === null ? unknown : bandOf((momentMs - user.createdMs) / DAY_MS, accountDays);
    case 'language':
      return commonest(Array.from(test.history, (film) => films[film]!.language));
  }
}

const bandOf = (value: number, bands: Bands): string => bands.find(([below]) => value < below)![1];

/** The commonest of what is known, ties to the one met first. */
function commonest(values: readonly (string | null)[]): string {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = unknown;
  for (const [value, count] of counts) if (count > (counts.get(best) ?? 0)) best = value;
  return best;
}
