/** Popularity by hand-counted cases. */

import { expect, test } from 'vitest';
import type { Interactions } from '../../src/dataset/interactions.js';
import { trainPopularity } from '../../src/train/popularity.js';

const dayMs = 86_400_000;

/** [user, film, day] triples. */
function interactionsOf(triples: readonly [number, number, number][], films: number): Interactions {
  return {
    users: Float64Array.from(new Set(triples.map(([user]) => user))),
    films: Array.from({ length: films }, (_, film) => `film+${film}`),
    userOf: Int32Array.from(triples, ([user]) => user),
    filmOf: Int32Array.from(triples, ([, film]) => film),
    preference: Float32Array.from(triples, () => NaN),
    time: Float64Array.from(triples, ([, , day]) => day * dayMs),
    ratingHigh: 5,
  };
}

const few = interactionsOf(
  [
    [0, 1, 10],
    [0, 2, 20],
    [1, 1, 10],
    [1, 3, 30],
    [2, 2, 30],
  ],
  5,
);

test('a score is the number of interactions; the fallback ranks by it, ties to the lower row', () => {
  const model = trainPopularity(few, {});
  expect([...model.items]).toEqual([0, 2, 2, 1, 0]);
  expect([...model.fallback]).toEqual([1, 2, 3, 0, 4]);
  expect(model).toMatchObject({
    kind: 'popularity',
    encoder: { type: 'constant' },
    dimensions: 1,
    user: Float32Array.of(1),
  });
});

test('with a half-life an interaction one half-life old counts a half', () => {
  const model = trainPopularity(few, { halfLifeDays: 10 });
  expect([...model.items]).toEqual([0, 0.5, 1.5, 1, 0]);
  expect([...model.fallback]).toEqual([2, 3, 1, 0, 4]);
});

test('with a half-life in interactions, the age of one is the number of newer ones', () => {
  const model = trainPopularity(few, { halfLifeEvents: 1 });
  // Newest first: film 2 and 3 on day 30 (later row first), film 2 on day 20, film 1 twice on day 10.
  expect([...model.items]).toEqual([0, 1 / 8 + 1 / 16, 1 + 1 / 4, 1 / 2, 0]);
  const untimed = { ...few, time: few.time.map((time, i) => (i === 4 ? 0 : time)) };
  expect([...trainPopularity(untimed, { halfLifeEvents: 1 }).items]).toEqual([0, 1 / 4 + 1 / 8, 1 / 2 + 1 / 16, 1, 0]);
});

test('the fallback has at most 100 rows', () => {
  expect(trainPopularity(interactionsOf([[0, 150, 1]], 300), {}).fallback).toHaveLength(100);
});
