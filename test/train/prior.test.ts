/** What leans on popularity and what is not learned from, in all personal models. */

import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import type { Model } from '../../src/registry/model.js';
import type { FilmText } from '../../src/text/text-encoder.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';
import { linearDefaults } from '../../src/train/linear-parameters.js';
import { textDefaults } from '../../src/train/text-parameters.js';
import { recipeFacts, recipeOf, trainRecipe, type Recipe } from '../../src/train/recipe.js';
import { synthetic } from './synthetic.js';

const dayMs = 86_400_000;

/** Film 0 was met by users 0…9 twenty days ago, film 1 by users 10…13 today, film 2 by nobody. */
const shift: Interactions = {
  users: Float64Array.from({ length: 14 }, (_, user) => user + 1),
  films: ['old+1990', 'new+2020', 'unmet+2000'],
  userOf: Int32Array.from({ length: 14 }, (_, user) => user),
  filmOf: Int32Array.from({ length: 14 }, (_, user) => (user < 10 ? 0 : 1)),
  preference: new Float32Array(14).fill(NaN),
  time: Float64Array.from({ length: 14 }, (_, user) => (user < 10 ? 980 : 1000) * dayMs),
  ratingHigh: 5,
};

const recipes = (change: { prior?: number; halfLifeDays?: number; floor?: number }): Recipe[] => [
  { kind: 'ials', parameters: { ...ialsDefaults, dimensions: 2, iterations: 2, floor: 1, prior: 0, ...change } },
  { kind: 'linear', parameters: { ...linearDefaults, dimensions: 2, floor: 1, prior: 0, ...change } },
  { kind: 'text', parameters: { ...textDefaults, dimensions: 2, floor: 1, prior: 0, halfLifeDays: 0, ...change } },
];

/** So that any two films share a word, and not all do. */
const textOf = (_: string, film: number): FilmText => ({
  title: `night${film % 2} day${film % 4}`,
  genres: [],
  summary: null,
});

const trained = async (recipe: Recipe, interactions: Interactions): Promise<Model> =>
  unwrap(await trainRecipe(recipe, { interactions, films: interactions.films.map(textOf) }, { threads: 1 })).model;

test('the bias is the logarithm of the share of the most watched film, and the fallback has its order', async () => {
  for (const recipe of recipes({ prior: 0.5, halfLifeDays: 0 })) {
    const { bias, fallback } = await trained(recipe, shift);
    expect(bias![0]).toBe(0);
    expect(bias![1]).toBeCloseTo(0.5 * Math.log(14 / 20), 6);
    expect(bias![2]).toBeCloseTo(0.5 * Math.log(10 / 20), 6);
    expect([...fallback]).toEqual([0, 1, 2]);
  }
});

test('with a half-life the newer film leads', async () => {
  for (const recipe of recipes({ prior: 0.5, halfLifeDays: 10 })) {
    const { bias, fallback } = await trained(recipe, shift);
    expect(bias![1]).toBe(0);
    expect(bias![0]).toBeCloseTo(0.5 * Math.log(12.5 / 14), 6);
    expect([...fallback]).toEqual([1, 0, 2]);
  }
});

test('without a prior there is no bias', async () => {
  for (const recipe of recipes({ prior: 0 })) expect(await trained(recipe, shift)).not.toHaveProperty('bias');
});

test('what weighs nothing is learned from no more than if it had not been there', async () => {
  const all = synthetic({ users: 60, films: 40, liked: 0.4, other: 0.1, seed: 8 });
  // With a floor of −1 a preference of 0.5 weighs 0.
  const kept = (_: unknown, i: number): boolean => all.preference[i]! > 0.5;
  const liked = {
    ...all,
    userOf: all.userOf.filter(kept),
    filmOf: all.filmOf.filter(kept),
    preference: all.preference.filter(kept),
    time: all.time.filter(kept),
  };
  expect(liked.userOf.length).toBeLessThan(0.7 * all.userOf.length);
  for (const recipe of recipes({ floor: -1 })) {
    const [with_, without] = [await trained(recipe, all), await trained(recipe, liked)];
    expect(with_.items).toEqual(without.items);
    expect(with_.encoder).toMatchObject({ floor: -1, ratingHigh: 5 });
  }
});

test('a recipe is what its manifest keeps of it, and versions from before priors are trained as they were', () => {
  for (const recipe of [...recipes({ prior: 0.1, floor: -0.5 }), { kind: 'popularity', parameters: {} } as const]) {
    expect(unwrap(recipeOf(recipeFacts(recipe)))).toEqual(recipe);
  }
  const hyperparameters = { dimensions: 8, alpha: 2, reg: 1, regScaling: 0, iterations: 3 };
  expect(unwrap(recipeOf({ kind: 'ials', hyperparameters, seed: 4 }))).toEqual({
    kind: 'ials',
    parameters: { ...hyperparameters, floor: 1, prior: 0, halfLifeDays: 0, seed: 4 },
  });
  for (const kind of ['ials', 'linear', 'text'] as const) {
    expect(recipeOf({ kind, hyperparameters: { dimensions: 8 }, seed: 4 })).toMatchObject({
      ok: false,
      error: { code: 'data-missing' },
    });
  }
});
