/** A recipe: all that makes a model besides the data, in the form a manifest keeps, so that any version can be retrained. */

import { fail, succeed, type Result } from '../core/errors.js';
import type { Interactions } from '../dataset/interactions.js';
import type { Manifest } from '../registry/manifest.js';
import type { Model } from '../registry/model.js';
import type { FilmText } from '../text/text-encoder.js';
import { trainIals, type IalsOptions, type Iteration } from './ials.js';
import { ialsDefaults, type IalsParameters } from './ials-parameters.js';
import { linearDefaults, type LinearParameters } from './linear-parameters.js';
import { trainLinear } from './linear.js';
import { trainPopularity, type PopularityParameters } from './popularity.js';

export type Recipe =
  | { readonly kind: 'popularity'; readonly parameters: PopularityParameters }
  | { readonly kind: 'ials'; readonly parameters: IalsParameters }
  | { readonly kind: 'linear'; readonly parameters: LinearParameters };

export interface TrainingData {
  readonly interactions: Interactions;
  /** What each dense film is about; the title is empty where nothing is known. */
  readonly films: readonly FilmText[];
}

export interface Trained {
  readonly model: Model;
  /** Empty for a model that is made in one step. */
  readonly iterations: readonly Iteration[];
}

/** Errors: those of `trainIals` and `trainLinear`. */
export async function trainRecipe(
  recipe: Recipe,
  { interactions }: TrainingData,
  options: IalsOptions = {},
): Promise<Result<Trained>> {
  if (recipe.kind === 'ials') return trainIals(interactions, recipe.parameters, options);
  const model =
    recipe.kind === 'linear'
      ? trainLinear(interactions, recipe.parameters, options.onProgress)
      : succeed(trainPopularity(interactions, recipe.parameters));
  return model.ok ? succeed({ model: model.value, iterations: [] }) : model;
}

/** What a manifest keeps of a recipe. */
export type RecipeFacts = Pick<Manifest, 'kind' | 'hyperparameters' | 'seed'>;

export function recipeFacts({ kind, parameters }: Recipe): RecipeFacts {
  if (kind === 'popularity') return { kind, hyperparameters: { ...parameters }, seed: null };
  const { seed, ...hyperparameters } = parameters;
  return { kind, hyperparameters, seed };
}

/** What versions from before there was a prior were trained with. */
const before = { floor: 1, prior: 0, halfLifeDays: 0 };

/** The inverse of `recipeFacts`. Errors: data-missing, for a version that was trained elsewhere. */
export function recipeOf({ kind, hyperparameters, seed }: RecipeFacts): Result<Recipe> {
  const { halfLifeDays } = hyperparameters;
  if (kind === 'popularity') {
    return succeed({ kind, parameters: typeof halfLifeDays === 'number' ? { halfLifeDays } : {} });
  }
  const parameters = { ...before, ...hyperparameters, seed };
  if (kind === 'ials' && areNumbers(parameters, ialsDefaults)) return succeed({ kind, parameters });
  if (kind === 'linear' && areNumbers(parameters, linearDefaults)) return succeed({ kind, parameters });
  return fail('data-missing', 'the version does not say how it was trained, so it cannot be trained again', {
    hint: 'Only versions made by `matinee train` can be.',
  });
}

/** Whether a value is there for each of the parameters that the defaults name. */
const areNumbers = <Parameters extends object>(
  parameters: Readonly<Record<string, unknown>>,
  defaults: Parameters,
): parameters is Parameters & Readonly<Record<string, unknown>> =>
  Object.keys(defaults).every((name) => typeof parameters[name] === 'number');
