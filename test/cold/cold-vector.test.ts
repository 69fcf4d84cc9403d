/** Answers to strangers: each thing that is said moves the films it should, the right way. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withCold } from '../../src/cold/cold-model.js';
import { coldScores, coldVector } from '../../src/cold/cold-vector.js';
import { coldColumns, coldColumnsOf, decadeOf } from '../../src/cold/columns.js';
import type { ColdFilm } from '../../src/cold/film-columns.js';
import { groupCount, groupLifts, groupsOf } from '../../src/cold/group-lift.js';
import { scoreUnit } from '../../src/cold/score-unit.js';
import { tasteOf } from '../../src/cold/taste.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import { validateModel, limits } from '../../src/registry/validate.js';
import type { Model } from '../../src/registry/model.js';
import { genreNames } from '../../src/text/genre-words.js';
import type { Profile } from '../../src/text/profile.js';

const film = (genre: string, year: number | null, text: readonly [number, number]): ColdFilm => ({
  ...{ genres: [genre], year, text: Float32Array.from(text) },
});
/** Two likes of the first, one of each other; films 0 and 1 go together, as do 2 and 3. */
const films = [
  film('Drama', 1994, [1, 0]),
  film('Drama', 1995, [1, 0]),
  film('Sci-Fi', 1981, [0, 1]),
  film('Horror', null, [0, 1]),
];
const model: Model = {
  kind: 'linear',
  encoder: { type: 'sum', floor: 1, ratingHigh: 5 },
  filmIds: ['a', 'b', 'c', 'd'],
  dimensions: 2,
  items: Float32Array.from([0.1, 0, 0.1, 0, 0, 0.1, 0, 0.1]),
  gain: Float32Array.from([1, 1, 1, 1]),
  fallback: Int32Array.of(0, 1, 2, 3),
};
const likes = Float64Array.of(2, 1, 1, 1);
const lifts = new Float32Array(4 * groupCount);
lifts[3 * groupCount + groupsOf({ age: 20, gender: null })[0]!] = 3;
const cold = withCold(model, { films, likes, lifts });

const encode = (rows: readonly number[]): Float32Array =>
  Float32Array.from([0, 1], (k) => rows.reduce((sum, row) => sum + model.items[row * 2 + k]!, 0));
const silent: Profile = {
  ...{ likedTitles: [], dislikedTitles: [], likedGenres: [], dislikedGenres: [], era: null, popular: null },
  ...{ age: null, gender: null, mentions: [] },
};
const scores = (said: Partial<Profile>): number[] => [
  ...coldScores(cold, coldVector(cold, tasteOf({ ...silent, ...said }), encode)),
];
/** Change of each film's score against that of somebody who says nothing. */
const moved = (said: Partial<Profile>): number[] => {
  const before = scores({});
  return scores(said).map((score, row) => Math.sign(Math.fround(score - before[row]!)));
};

test('who says nothing gets popularity', () => {
  const [first, ...others] = scores({});
  expect(first).toBe(0);
  expect(new Set(others).size).toBe(1);
  expect(others[0]).toBeLessThan(0);
});

test('each thing that is said moves its films', () => {
  expect(moved({ likedTitles: [2] })).toEqual([0, 0, 1, 1]);
  expect(moved({ likedGenres: [{ genre: 'Science Fiction', strength: 1 }] })).toEqual([0, 0, 1, 0]);
  expect(moved({ dislikedGenres: [{ genre: 'Drama', strength: 0.5 }] })).toEqual([-1, -1, 0, 0]);
  expect(moved({ era: { from: 1990, to: 1999 } })).toEqual([1, 1, 0, 0]);
  expect(moved({ age: 20 })).toEqual([0, 0, 0, 1]);
  expect(moved({ popular: true })).toEqual([0, -1, -1, -1]);
  expect(moved({ popular: false })).toEqual([0, 1, 1, 1]);
});

test('who names a film that they dislike was drawn to it: nothing is taken from films like it', () => {
  expect(moved({ dislikedTitles: [0] })).toEqual([0, 0, 0, 0]);
});

test('a like and the same dislike of a genre leave nothing', () => {
  fc.assert(
    fc.property(fc.constantFrom(...genreNames), fc.constantFrom(0.5, 1), (genre, strength) => {
      const both = { likedGenres: [{ genre, strength }], dislikedGenres: [{ genre, strength }] };
      for (const [at, score] of scores(both).entries()) expect(score).toBeCloseTo(scores({})[at]!, 6);
    }),
  );
});

test('columns stand in their order behind the model, and the registry takes the model', () => {
  expect(coldColumns(64)).toEqual({ genres: 0, text: 20, decades: 84, groups: 104, popularity: 113, count: 114 });
  expect(coldColumnsOf(cold)).toEqual(coldColumns(2));
  expect(coldColumns(0).count).toBe(limits.coldColumnsMin);
  expect(validateModel(cold)).toMatchObject({ ok: true });
});

test('weights follow the scale of the scores, so that the order of films does not', () => {
  const louder = { ...model, items: model.items.map((value) => value * 10) };
  const ofLouder = withCold(louder, { films, likes, lifts });
  expect(ofLouder.cold.weights.prior).toBeCloseTo(cold.cold.weights.prior * 100, 6);
  const apart = { ...model, items: Float32Array.of(1, 0, 0, 1, 0, 0, 0, 0) };
  expect(scoreUnit(apart, likes)).toBe(1);
});

test('the unit is the root mean square of the best scores that films give one another, of either encoder', () => {
  expect(scoreUnit(model, likes)).toBeCloseTo(0.01, 6);
  const ials: Model = { ...model, kind: 'ials', encoder: { type: 'fold-in', alpha: 1, reg: 0.05, regScaling: 0 } };
  // A of axis 0 is 0.02 + 0.05: x = 2·0.1 / (0.07 + 0.01), and its score 0.1·x.
  expect(scoreUnit(ials, likes)).toBeCloseTo(0.25, 6);
});

test('years outside the decades count as the nearest', () => {
  expect([1800, 1871, 1999, 2500].map(decadeOf)).toEqual([0, 0, 12, 19]);
});

test('groups: by age and gender, where they are known', () => {
  expect(groupsOf({ age: null, gender: 'X' })).toEqual([]);
  expect(groupsOf({ age: 17, gender: 'F' })).toHaveLength(2);
  expect(groupsOf({ age: 17, gender: null })).not.toEqual(groupsOf({ age: 18, gender: null }));
  expect(groupsOf({ age: -5, gender: null })).toEqual([]);
});

test('a group lifts what it likes more than others do; of a group without members nothing is said', () => {
  const n = 2_000;
  const log: Interactions = {
    users: Float64Array.from({ length: n }, (_, user) => user),
    films: ['a', 'b'],
    userOf: Int32Array.from({ length: n }, (_, i) => i),
    filmOf: Int32Array.from({ length: n }, (_, i) => i % 2),
    preference: new Float32Array(n).fill(1),
    time: new Float64Array(n),
    ratingHigh: 5,
  };
  const people = Array.from({ length: n }, (_, user) => ({ age: user % 2 === 0 ? 20 : 40, gender: null }));
  const found = groupLifts(log, new Uint8Array(n).fill(1), people);
  const [young] = groupsOf({ age: 20, gender: null });
  const [women] = groupsOf({ age: null, gender: 'F' });
  expect(found[young!]).toBeGreaterThan(0.1);
  expect(found[groupCount + young!]).toBeLessThan(-0.1);
  expect(found[women!]).toBeCloseTo(0, 6);
});
