/** Small cases and cuts by hand, for the tests of the evaluation. */

import { unknownFilm, type FilmFacts } from '../../src/dataset/facts.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import type { Cut, TestCase } from '../../src/evaluate/cases.js';

/** A user's meeting of a film at a time. */
export type Meeting = readonly [user: number, film: number, time: number];

/** In the order that the dataset promises; users and films are those that are named. */
export function interactionsOf(meetings: readonly Meeting[], films = 10): Interactions {
  const users = [...new Set(meetings.map(([user]) => user))].sort((a, b) => a - b);
  const rows = meetings.toSorted((a, b) => a[0] - b[0] || a[2] - b[2] || a[1] - b[1]);
  return {
    users: Float64Array.from(users),
    films: Array.from({ length: films }, (_, film) => `film+${film}`),
    userOf: Int32Array.from(rows, ([user]) => users.indexOf(user)),
    filmOf: Int32Array.from(rows, ([, film]) => film),
    preference: new Float32Array(rows.length).fill(NaN),
    time: Float64Array.from(rows, ([, , time]) => time),
    ratingHigh: 5,
  };
}

export const caseOf = (
  user: number,
  history: readonly number[],
  relevant: readonly number[],
  more: Partial<TestCase> = {},
): TestCase => ({
  user,
  history: Int32Array.from(history),
  preferences: Float32Array.from(history, () => NaN),
  relevant: new Set(relevant),
  ...more,
});

export const cutOf = (meetings: readonly Meeting[], cases: readonly TestCase[], more: Partial<Cut> = {}): Cut => ({
  name: 'by hand',
  train: interactionsOf(meetings),
  cases,
  ...more,
});

export const filmsOf = (facts: readonly Partial<FilmFacts>[]): FilmFacts[] =>
  facts.map((film) => ({ ...unknownFilm, ...film }));
