/** What random search draws from: for each hyper-parameter a ladder of values, wide enough that its ends are known to be bad. */

import { random } from '../../core/random.js';
import { ialsDefaults } from '../../train/ials-parameters.js';
import { linearDefaults } from '../../train/linear-parameters.js';
import type { Recipe } from '../../train/recipe.js';
import { textDefaults } from '../../train/text-parameters.js';

type Ladders<Parameters> = Readonly<Partial<Record<keyof Parameters, readonly number[]>>>;

/** Days; 0: no decay. */
const halfLives = [0, 7, 14, 30, 45, 60, 90, 120, 180, 365, 730];
const floors = [-1, -0.5, 0, 0.25, 0.5, 0.75, 1];
const priors = [0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** What has no ladder keeps its default. */
const spaces = {
  popularity: { halfLifeDays: halfLives },
  ials: {
    dimensions: [16, 32, 64, 128],
    alpha: [0.5, 1, 2, 4, 8, 16, 32],
    reg: [0.01, 0.03, 0.1, 0.25, 0.5, 0.75, 1, 2, 4, 8],
    regScaling: [0, 0.5, 1],
    floor: floors,
    prior: priors,
    halfLifeDays: halfLives,
  } satisfies Ladders<typeof ialsDefaults>,
  linear: {
    dimensions: [32, 64, 128, 256],
    lambda: [10, 20, 50, 100, 150, 200, 300, 500, 1000, 2000],
    recency: [0, 0.2, 0.4, 0.6, 0.8, 1, 1.5],
    floor: floors,
    prior: priors,
    halfLifeDays: halfLives,
  } satisfies Ladders<typeof linearDefaults>,
  text: {
    dimensions: [16, 32, 64, 128, 256],
    recency: [0, 0.2, 0.4, 0.6, 0.8, 1, 1.5],
    floor: floors,
    prior: [0, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    halfLifeDays: halfLives,
  } satisfies Ladders<typeof textDefaults>,
};

/** The defaults first, then as many seeded draws of the whole space, each once. The seed is the models' own, too. */
export function candidatesOf(kind: Recipe['kind'], draws: number, seed: number): Recipe[] {
  const { integer } = random(seed);
  const drawn = (): Record<string, number> =>
    Object.fromEntries(
      Object.entries<readonly number[]>(spaces[kind]).map(([name, ladder]) => [name, ladder[integer(ladder.length)]!]),
    );
  const recipes = [{}, ...Array.from({ length: draws }, drawn)].map((changes) => recipeWith(kind, changes, seed));
  return [...new Map(recipes.map((recipe) => [JSON.stringify(recipe), recipe])).values()];
}

function recipeWith(kind: Recipe['kind'], changes: Readonly<Record<string, number>>, seed: number): Recipe {
  if (kind === 'ials') return { kind, parameters: { ...ialsDefaults, ...changes, seed } };
  if (kind === 'linear') return { kind, parameters: { ...linearDefaults, ...changes, seed } };
  if (kind === 'text') return { kind, parameters: { ...textDefaults, ...changes, seed } };
  return { kind, parameters: { halfLifeDays: 0, ...changes } };
}

/** What was searched of a recipe, by name. */
export const searchedOf = ({ kind, parameters }: Recipe): Record<string, number> =>
  Object.fromEntries(Object.entries<number>({ ...parameters }).filter(([name]) => name in spaces[kind]));
