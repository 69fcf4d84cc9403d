/** A recipe: all that makes a model besides the data, in the form a manifest keeps, so that any version can be retrained. */

import { fail, succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import type { Manifest } from '../registry/manifest.js';
import type { Model } from '../registry/model.js';
import { trainIals, type IalsOptions, type Iteration } from './ials.js';
import { ialsDefaults, type IalsParameters } from './ials-parameters.js';
import { linearDefaults, type LinearParameters } from './linear-parameters.js';
import { trainLinear } from './linear.js';
import { textDefaults, type TextParameters } from './text-parameters.js';
import { trainText } from './text.js';
import type { TrainingData } from './training-data.js';
import { trainPopularity, type PopularityParameters } from './popularity.js';

export type Recipe =
  | { readonly kind: 'popularity'; readonly parameters: PopularityParameters }
  | { readonly kind: 'ials'; readonly parameters: IalsParameters }
  | { readonly kind: 'linear'; readonly parameters: LinearParameters }
  | { readonly kind: 'text'; readonly parameters: TextParameters };

export interface Trained {
  readonly model: Model;
  /** Empty for a model that is made in one step. */
  readonly iterations: readonly Iteration[];
}

/** Errors: those of `trainIals`, `trainLinear` and `trainText`. */
export async function trainRecipe(
  recipe: Recipe,
  data: TrainingData,
  options: IalsOptions = {},
): Promise<Result<Trained>> {
  if (recipe.kind === 'ials') return trainIals(data.interactions, recipe.parameters, options);
  const model = trainAtOnce(recipe, data, options.onProgress);
  return model.ok ? succeed({ model: model.value, iterations: [] }) : model;
}

function trainAtOnce(
  recipe: Exclude<Recipe, { kind: 'ials' }>,
  data: TrainingData,
  onProgress?: OnProgress,
): Result<Model> {
  const { kind, parameters } = recipe;
  if (kind === 'linear') return trainLinear(data.interactions, parameters, onProgress);
  if (kind === 'text') return trainText(data, parameters, onProgress);
  return succeed(trainPopularity(data.interactions, parameters));
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
  const { halfLifeDays, halfLifeEvents } = hyperparameters;
  if (kind === 'popularity') {
    const days = typeof halfLifeDays === 'number' ? { halfLifeDays } : {};
    return succeed({ kind, parameters: typeof halfLifeEvents === 'number' ? { halfLifeEvents } : days });
  }
  const parameters = { ...before, ...hyperparameters, seed };
  if (kind === 'ials' && areNumbers(parameters, ialsDefaults)) return succeed({ kind, parameters });
  if (kind === 'linear' && areNumbers(parameters, linearDefaults)) return succeed({ kind, parameters });
  if (kind === 'text' && areNumbers(parameters, textDefaults)) return succeed({ kind, parameters });
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
