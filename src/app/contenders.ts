/** Recipes as contenders of an evaluation: the two simple rules that stand beside every model, and the models usually compared. */

import { succeed } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import type { Interactions } from '../dataset/interactions.js';
import { baseline, recentBaseline } from '../evaluate/baselines.js';
import { learner, type Contender } from '../evaluate/measure.js';
import type { Model } from '../registry/model.js';
import type { FilmText } from '../text/text-encoder.js';
import { ialsDefaults } from '../train/ials-parameters.js';
import { linearDefaults } from '../train/linear-parameters.js';
import { trainRecipe, type Recipe } from '../train/recipe.js';
import { textDefaults } from '../train/text-parameters.js';

export interface NamedRecipe {
  /** What the report calls it. */
  readonly name: string;
  readonly recipe: Recipe;
}

export const popularity: NamedRecipe = { name: baseline, recipe: { kind: 'popularity', parameters: {} } };
export const recentPopularity: NamedRecipe = {
  name: recentBaseline,
  recipe: { kind: 'popularity', parameters: { halfLifeDays: 90 } },
};

/** Those that a comparison has unless it is told others: personal ones, with their defaults, or what is changed in them. */
export const usualModels = (seed: number): readonly NamedRecipe[] => [
  { name: 'text', recipe: { kind: 'text', parameters: { ...textDefaults, seed } } },
  { name: 'ials', recipe: { kind: 'ials', parameters: { ...ialsDefaults, seed } } },
  { name: 'linear without prior', recipe: { kind: 'linear', parameters: { ...linearDefaults, prior: 0, seed } } },
  { name: 'linear', recipe: { kind: 'linear', parameters: { ...linearDefaults, seed } } },
];

/** What recipes learn from beside the interactions of a cut. */
export interface Learning {
  /** What each dense film of the cuts is about. */
  readonly texts: readonly FilmText[];
  /** Gives a trained model what strangers are answered by, where the cuts have any. */
  readonly finish?: (model: Model, train: Interactions) => Model;
}

/** Trains the recipe anew at every cut, so that no test interaction can be known to it. */
export const contenderOf = (
  { name, recipe }: NamedRecipe,
  { texts, finish = (model) => model }: Learning,
  onProgress: OnProgress,
): Contender =>
  learner(name, async (interactions) => {
    const trained = await trainRecipe(recipe, { interactions, films: texts }, { trackLoss: false, onProgress });
    return trained.ok ? succeed(finish(trained.value.model, interactions)) : trained;
  });
