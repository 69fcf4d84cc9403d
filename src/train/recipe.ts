/** A recipe: all that makes a model besides the data, in the form a manifest keeps, so that any version can be retrained. */

import { fail, succeed, type Result } from '../core/errors.js';
import type { Interactions } from '../dataset/interactions.js';
import type { Manifest } from '../registry/manifest.js';
import type { Model } from '../registry/model.js';
import { trainIals, type IalsOptions, type Iteration } from './ials.js';
import type { IalsParameters } from './ials-parameters.js';
import { trainPopularity, type PopularityParameters } from './popularity.js';

export type Recipe =
  | { readonly kind: 'popularity'; readonly parameters: PopularityParameters }
  | { readonly kind: 'ials'; readonly parameters: IalsParameters };

export interface Trained {
  readonly model: Model;
  /** Empty for a model that is made in one step. */
  readonly iterations: readonly Iteration[];
}

/** Errors: those of `trainIals`. */
export async function trainRecipe(
  recipe: Recipe,
  interactions: Interactions,
  options: IalsOptions = {},
): Promise<Result<Trained>> {
  if (recipe.kind === 'popularity') {
    return succeed({ model: trainPopularity(interactions, recipe.parameters), iterations: [] });
  }
  return trainIals(interactions, recipe.parameters, options);
}

/** What a manifest keeps of a recipe. */
export type RecipeFacts = Pick<Manifest, 'kind' | 'hyperparameters' | 'seed'>;

export function recipeFacts({ kind, parameters }: Recipe): RecipeFacts {
  if (kind === 'popularity') return { kind, hyperparameters: { ...parameters }, seed: null };
  const { seed, ...hyperparameters } = parameters;
  return { kind, hyperparameters, seed };
}

/** The inverse of `recipeFacts`. Errors: data-missing, for a version that was trained elsewhere. */
export function recipeOf({ kind, hyperparameters, seed }: RecipeFacts): Result<Recipe> {
  const { halfLifeDays, dimensions, alpha, reg, regScaling, iterations } = hyperparameters;
  if (kind === 'popularity') {
    return succeed({ kind, parameters: typeof halfLifeDays === 'number' ? { halfLifeDays } : {} });
  }
  const parameters = { dimensions, alpha, reg, regScaling, iterations, seed };
  if (!isIals(parameters)) {
    return fail('data-missing', 'the version does not say how it was trained, so it cannot be trained again', {
      hint: 'Only versions made by `matinee train` can be.',
    });
  }
  return succeed({ kind, parameters });
}

const isIals = (parameters: Readonly<Record<keyof IalsParameters, unknown>>): parameters is IalsParameters =>
  Object.values(parameters).every((value) => typeof value === 'number');
