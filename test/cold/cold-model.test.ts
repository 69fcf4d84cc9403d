/** What training leaves for strangers: as many columns as there is room and text for, likes and lifts from the data. */

import { expect, test } from 'vitest';
import { learnCold, type ColdData } from '../../src/cold/cold-model.js';
import { coldColumnsOf, type ColdModel } from '../../src/cold/columns.js';
import { groupsOf } from '../../src/cold/group-lift.js';
import type { Model } from '../../src/registry/model.js';
import { validateModel } from '../../src/registry/validate.js';
import { genreNames } from '../../src/text/genre-words.js';

const films = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Film a is liked by women, film b met and not liked; c is only known to have been met; nobody met the others. */
const data: ColdData = {
  interactions: {
    users: Float64Array.of(1, 2, 3),
    films,
    userOf: Int32Array.of(0, 1, 2, 2),
    filmOf: Int32Array.of(0, 0, 1, 2),
    preference: Float32Array.of(1, 0.8, 0.5, NaN),
    time: new Float64Array(4),
    ratingHigh: 5,
  },
  texts: films.map((title, film) => ({
    ...{
      title,
      genres: film < 3 ? ['Drama', 'Sci-Fi'] : [],
      summary: ['dragon castle', 'space ship', 'duel'][film >> 1]!,
    },
  })),
  years: [1994, null, null, null, null, null],
  people: ['F', 'F', 'M'].map((gender) => ({ age: null, gender })),
};
const modelOf = (d: number): Model => ({
  kind: 'linear',
  encoder: { type: 'sum', floor: 1, ratingHigh: 5 },
  filmIds: films,
  dimensions: d,
  items: new Float32Array(films.length * d).fill(1 / d),
  gain: new Float32Array(films.length).fill(1),
  fallback: Int32Array.of(0),
});

test('columns hold the facts, and an unknown fact is 0', () => {
  const model = learnCold(modelOf(4), data) as ColdModel;
  expect(validateModel(model).ok).toBe(true);
  const columns = coldColumnsOf(model);
  const at = (row: number, column: number): number => model.cold.columns[row * columns.count + column]!;
  expect(at(0, genreNames.indexOf('Science Fiction'))).toBeCloseTo(Math.SQRT1_2, 6);
  expect(at(3, genreNames.indexOf('Drama'))).toBe(0);
  expect(at(0, columns.decades + 12)).toBe(1);
  expect([0, 1, 2].map((row) => at(row, columns.popularity))).toEqual(
    [2, 0, 1].map((likes) => Math.fround(Math.log((1 + likes) / 3))),
  );
  const [women] = groupsOf({ age: null, gender: 'F' });
  expect(at(0, columns.groups + women!)).toBeGreaterThan(at(2, columns.groups + women!));
  const text = (row: number): number[] =>
    Array.from({ length: columns.decades - columns.text }, (_, k) => at(row, columns.text + k));
  expect(Math.hypot(...text(0))).toBeCloseTo(1, 5);
  expect(text(1)).toEqual(text(0));
});

test('without a summary there are no text columns, whatever titles and genres have in common', () => {
  const textsWith = (first: string | null): ColdData['texts'] =>
    data.texts.map(({ genres }, film) => ({
      ...{ title: ['Castle', 'Space Ship', 'Duel'][film >> 1]!, genres, summary: film === 0 ? first : null },
    }));
  const columnsOf = (texts: ColdData['texts']): number =>
    coldColumnsOf(learnCold(modelOf(4), { ...data, texts }) as ColdModel).count;
  expect(columnsOf(textsWith(null))).toBe(50);
  expect(columnsOf(textsWith('a space ship'))).toBeGreaterThan(50);
});

test('texts take what room the model leaves; where facts have none, there are no columns', () => {
  const { cold } = learnCold(modelOf(205), data);
  expect(cold!.columns).toHaveLength(films.length * 51);
  expect(learnCold(modelOf(206), data).cold!.columns).toHaveLength(films.length * 50);
  expect(learnCold(modelOf(207), data).cold).toBeUndefined();
});

test('a model without films has no columns to fill', () => {
  const empty: Model = { ...modelOf(4), filmIds: [], items: new Float32Array(0), gain: new Float32Array(0) };
  const { interactions } = data;
  const none = { ...interactions, films: [], userOf: new Int32Array(0), filmOf: new Int32Array(0) };
  const nothing = { ...data, interactions: { ...none, preference: new Float32Array(0) }, texts: [], years: [] };
  expect(learnCold(empty, nothing)).toBe(empty);
});

test('who has the same vector as everybody is no stranger', () => {
  const constant: Model = { ...modelOf(1), encoder: { type: 'constant' } };
  expect(learnCold(constant, data)).toBe(constant);
});
