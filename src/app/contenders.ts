/** Recipes as contenders of an evaluation, and the two simple rules that stand beside every model. */

import { succeed } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import type { Interactions } from '../dataset/interactions.js';
import { baseline, recentBaseline } from '../evaluate/baselines.js';
import { learner, type Contender } from '../evaluate/measure.js';
import type { Model } from '../registry/model.js';
import type { FilmText } from '../text/text-encoder.js';
import { trainRecipe, type Recipe } from '../train/recipe.js';

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
