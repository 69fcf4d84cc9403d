/** Rows of films that came after training: made of the trained films that they are like, and known as well as they are. */

import { expect, test } from 'vitest';
import { coldColumnsOf, type ColdModel } from '../../src/cold/columns.js';
import { learnCold } from '../../src/cold/cold-model.js';
import { likenesses } from '../../src/cold/film-likeness.js';
import { newFilmRows, type MetFilm } from '../../src/cold/new-films.js';
import type { Model } from '../../src/registry/model.js';
import { extended } from '../../src/registry/overlay.js';
import { validateModel } from '../../src/registry/validate.js';
import { genreNames } from '../../src/text/genre-words.js';

const film = (title: string, genre: string, year: number | null, summary: string | null, met = 0): MetFilm => ({
  ...{ title, genres: [genre], year, summary, met },
});
/** 60 films of two worlds; the first of each is the best known. */
const known = Array.from({ length: 60 }, (_, i) =>
  i % 2 === 0
    ? film(`Ship ${i}`, 'Sci-Fi', 1980 + (i % 10), i < 10 ? 'a crew in deep space' : null, 60 - i)
    : film(`Kiss ${i}`, 'Romance', 1940 + (i % 10), i < 10 ? 'a wedding in the village' : null, 60 - i),
);
const model: Model = {
  kind: 'linear',
  encoder: { type: 'sum', floor: 1, ratingHigh: 5 },
  filmIds: known.map(({ title }) => title),
  dimensions: 2,
  items: Float32Array.from({ length: 120 }, (_, at) => (at % 4 === 0 || at % 4 === 3 ? 1 : 0)),
  bias: Float32Array.from(known, (_, i) => -i),
  gain: Float32Array.from(known, (_, i) => (i % 2 === 0 ? 0.5 : 1)),
  fallback: Int32Array.of(0),
};
const cold = learnCold(model, {
  interactions: {
    users: Float64Array.of(1),
    films: model.filmIds,
    userOf: new Int32Array(60),
    filmOf: Int32Array.from({ length: 60 }, (_, i) => i),
    preference: Float32Array.from({ length: 60 }, (_, i) => (i < 2 ? 1 : 0)),
    time: new Float64Array(60),
    ratingHigh: 5,
  },
  texts: known,
  years: known.map(({ year }) => year),
  people: [{ age: null, gender: null }],
}) as ColdModel;

test('the most alike come first: in words, genres and years, each where it is known', () => {
  const alike = likenesses(known, []);
  const first = (about: MetFilm): number => alike(about, 5)[0]!.film;
  expect(first(film('', 'none', null, 'a space crew')) % 2).toBe(0);
  expect(first(film('', 'Romance', null, null)) % 2).toBe(1);
  expect(first(film('', 'none', 1949, null))).toBe(9);
  expect(alike(film('', 'none', null, null), 5)).toEqual([]);
  const [best, next] = alike(film('', 'Science Fiction', 1984, 'deep space'), 2);
  expect(best!.film).toBe(4);
  expect(best!.value).toBeGreaterThan(next!.value);
});

test('a new film stands near those that it is like, with their gain', () => {
  const { items, gain } = newFilmRows(model, known, [film('Crew', 'Sci-Fi', 1985, 'deep space'), known[1]!]);
  expect(items[0]).toBeGreaterThan(0.95);
  expect(items[1]).toBeLessThan(0.05);
  expect(items[3]).toBeGreaterThan(0.95);
  expect(gain![0]).toBeCloseTo(0.5, 1);
  expect(gain![1]).toBeCloseTo(1, 1);
});

test('a film of which nothing is known has a row of zeros', () => {
  const { items, gain } = newFilmRows(model, known, [film('', 'none', null, null)]);
  expect([...items]).toEqual([0, 0]);
  expect([...gain!]).toEqual([0]);
});

test('it is as popular as trained films that as many people met', () => {
  const at = (met: number): number => newFilmRows(model, known, [film('x', 'Drama', null, null, met)]).bias![0]!;
  expect(at(0)).toBeCloseTo(-49.5, 5);
  expect(at(30)).toBeCloseTo(-30.5, 5);
  expect(at(1_000)).toBeCloseTo(-9.5, 5);
});

test('trained films of which nobody knows how many met them are left out of that', () => {
  const half = known.map((about, row) => ({ ...about, met: row < 30 ? about.met : null }));
  const { bias } = newFilmRows(model, half, [film('x', 'Drama', null, null)]);
  expect(bias![0]).toBeCloseTo(-19.5, 5);
});

test('its columns for strangers are its own genres and decade, and the text and groups of what it is like', () => {
  const columns = coldColumnsOf(cold);
  // Every group likes the films of one world and none of the other, and each film is a step less popular than the one before.
  const told = cold.cold.columns.map((value, at) => {
    const [row, column] = [Math.floor(at / columns.count), at % columns.count];
    if (column === columns.popularity) return -row;
    return column < columns.groups ? value : row % 2 === 0 ? 1 : -1;
  });
  const trained = { ...cold, cold: { ...cold.cold, columns: told } };
  const fresh = [film('Crew', 'Sci-Fi', 1999, 'a deep space', 7), film('Bride', 'Romance', 1999, 'in the village', 30)];
  const rows = newFilmRows(trained, known, fresh);
  expect(rows.cold).toHaveLength(2 * columns.count);
  const of = (matrix: Float32Array, row: number, from: number, to: number): number[] => [
    ...matrix.subarray(row * columns.count + from, row * columns.count + to),
  ];
  const genre = genreNames.indexOf('Science Fiction');
  expect(of(rows.cold!, 0, columns.genres, columns.text)).toEqual(genreNames.map((_, at) => Number(at === genre)));
  expect(of(rows.cold!, 0, columns.decades, columns.groups).indexOf(1)).toBe(12);
  expect(of(rows.cold!, 0, columns.decades, columns.groups).filter((value) => value !== 0)).toEqual([1]);

  const text = (matrix: Float32Array, row: number): number[] => of(matrix, row, columns.text, columns.decades);
  const cosine = (a: number[], b: number[]): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0);
  for (const row of fresh.keys()) {
    expect(Math.hypot(...text(rows.cold!, row))).toBeCloseTo(1, 5);
    expect(cosine(text(rows.cold!, row), text(told, row))).toBeGreaterThan(0.9);
    expect(cosine(text(rows.cold!, row), text(told, 1 - row))).toBeLessThan(0.5);
    for (const lift of of(rows.cold!, row, columns.groups, columns.popularity)) {
      expect(Math.abs(lift - (row === 0 ? 1 : -1))).toBeLessThan(0.05);
    }
  }
  // The mean of the 20 trained films around as many people: rows 40 to 59, and 21 to 40.
  const popularity = [0, 1].map((row) => of(rows.cold!, row, columns.popularity, columns.count)[0]);
  expect(popularity).toEqual([-49.5, -30.5]);

  const overlay = { created: '2026-01-01T00:00:00.000Z', films: 62, filmIds: ['crew', 'bride'], ...rows };
  expect(validateModel(extended(trained, overlay))).toMatchObject({ ok: true });
});
