/** Simulated viewers against MovieLens' users: the same inequality, the same genres together; and the measures themselves. */

import { expect, test } from 'vitest';
import { distances } from '../../bench/sim-fidelity/distances.js';
import { halves, movieLens, simulate } from '../../bench/sim-fidelity/choices.js';
import { random } from '../../src/core/random.js';
import { bundledCatalogue } from '../../src/sim/catalogue/bundled.js';
import {
  comparedGenres,
  correlation,
  correlations,
  genreShares,
  jensenShannon,
  kolmogorovSmirnov,
  rankDistance,
  rankFrequency,
  type Watched,
} from '../../src/sim/viewers/fidelity.js';
import { ratingOf } from '../../src/sim/viewers/reactions.js';
import { createSimWorld } from '../../src/sim/world.js';

const known = bundledCatalogue();
const real = movieLens();
const world = createSimWorld({ seed: 11, films: known.length, users: 1_500, known });
const simulated = simulate(world, 671, 149);

test('as unequal, as active and of the same genres as MovieLens', () => {
  for (const { name, value, better, bar } of distances(simulated, real)) {
    expect.soft(better === 'lower' ? value <= bar : value >= bar, `${name}: ${value}, bar ${bar}`).toBe(true);
  }
});

test("what people watch, they rate as MovieLens' users do, whose half stars are rounded up", () => {
  const draws = random(1);
  const stars = [0, 0, 0, 0, 0];
  const rated = simulated.films.flatMap((list, i) => list.slice(0, 30).map((film) => [i + 1, film] as const));
  for (const [viewer, film] of rated) {
    stars[ratingOf(world.tastes.satisfaction(viewer, film, Date.UTC(2026, 4, 1)), draws, 5) - 1]!++;
  }
  const shares = stars.map((count) => count / rated.length);
  for (const [i, share] of [0.044, 0.09, 0.245, 0.392, 0.228].entries()) {
    expect(Math.abs(shares[i]! - share)).toBeLessThan(0.04);
  }
});

test('viewers without tastes would not pass for real', () => {
  let next = 0;
  const indifferent: Watched = {
    films: real.films.map((list) => [...new Set(list.map(() => world.pickFilm((next += 0.618034) % 1)))]),
    genresOf: real.genresOf,
  };
  const failed = distances(indifferent, real).filter(({ value, better, bar }) =>
    better === 'lower' ? value > bar : value < bar,
  );
  expect(failed.map(({ name }) => name)).toContain('how much viewers differ in genres');
});

test('a record is no distance from itself, and its halves are near each other', () => {
  for (const { value, better } of distances(real, real)) expect(value).toBeCloseTo(better === 'lower' ? 0 : 1, 10);
  for (const { value, better, bar } of distances(...halves(real, 1))) {
    expect(better === 'lower' ? value <= bar : value >= bar).toBe(true);
  }
});

test('the measures, by hand', () => {
  expect(kolmogorovSmirnov([1, 2, 3, 4], [3, 4, 5, 6])).toBeCloseTo(0.5);
  expect(kolmogorovSmirnov([1, 2], [3, 4])).toBe(1);
  expect(kolmogorovSmirnov([2, 2, 2], [2])).toBe(0);
  expect(jensenShannon([1, 0], [0, 5])).toBeCloseTo(1);
  expect(jensenShannon([1, 3], [2, 6])).toBeCloseTo(0);
  expect(correlation([1, 2, 3], [6, 4, 2])).toBeCloseTo(-1);
  const steep = Array.from({ length: 2_048 }, (_, i) => 1 / (i + 1));
  expect(
    rankDistance(
      steep,
      steep.map((share) => share * 10),
    ),
  ).toBeCloseTo(1);
});

test('shares and correlations of genres, by hand', () => {
  const genres = [['Drama'], ['Drama', 'War'], ['Comedy']];
  const watched = { films: [[0, 1], [2], [1, 2], [2]], genresOf: (film: number) => genres[film]! };
  expect(rankFrequency(watched)).toEqual([3 / 6, 2 / 6, 1 / 6]);
  const [drama, war, comedy] = ['Drama', 'War', 'Comedy'].map((genre) => comparedGenres.indexOf(genre)) as [
    number,
    number,
    number,
  ];
  const shares = genreShares(watched);
  expect(shares.map((row) => row[drama])).toEqual([1, 0, 0.5, 0]);
  expect(shares.map((row) => row[war])).toEqual([0.5, 0, 0.5, 0]);
  const matrix = correlations(shares);
  expect(matrix[drama]![comedy]).toBeCloseTo(-1);
  expect(matrix[war]![drama]).toBeCloseTo(matrix[drama]![war]!);
});
