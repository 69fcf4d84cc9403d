/** The flags of training: hyper-parameters and data, shared by the commands that train. */

import { InvalidArgumentError, type Command } from 'commander';
import { checkIalsParameters, ialsDefaults } from '../train/ials-parameters.js';
import type { Recipe } from '../train/recipe.js';
import { MatineeError, unwrap } from '../core/errors.js';

export interface RecipeOptions {
  readonly dimensions: number;
  readonly alpha: number;
  readonly reg: number;
  readonly regScaling: number;
  readonly iterations: number;
  readonly halfLife?: number;
}

/** Their names as commander keeps them. */
export const recipeFlags: readonly (keyof RecipeOptions)[] = [
  'dimensions',
  'alpha',
  'reg',
  'regScaling',
  'iterations',
  'halfLife',
];

export function addRecipeFlags(command: Command): Command {
  const { dimensions, alpha, reg, regScaling, iterations } = ialsDefaults;
  return command
    .option('--dimensions <n>', 'ials: numbers in a factor row', number, dimensions)
    .option('--alpha <x>', 'ials: weight of an observed pair above the 1 of all pairs', number, alpha)
    .option('--reg <x>', 'ials: regularisation', number, reg)
    .option('--reg-scaling <x>', 'ials: how regularisation grows with a row, 0 = not at all', number, regScaling)
    .option('--iterations <n>', 'ials: rounds over users and items', number, iterations)
    .option('--half-life <days>', 'popularity: age at which an interaction counts half (default: no decay)', number);
}

/** Of `--snapshot`. */
export const snapshotHelp = 'learn from this snapshot (an id, newest, or a path) instead of the state as it is now';

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It is not a number.');
  return value;
}

export function positiveInteger(text: string): number {
  const value = number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It is not a whole number from 1 on.');
  return value;
}

/** @throws MatineeError `usage`, for a value out of its limits */
export function recipeFrom(kind: Recipe['kind'], options: RecipeOptions, seed: number): Recipe {
  const { dimensions, alpha, reg, regScaling, iterations, halfLife } = options;
  if (kind === 'ials') {
    return { kind, parameters: unwrap(checkIalsParameters({ dimensions, alpha, reg, regScaling, iterations, seed })) };
  }
  if (halfLife === undefined) return { kind, parameters: {} };
  if (halfLife > 0) return { kind, parameters: { halfLifeDays: halfLife } };
  throw new MatineeError('usage', `half-life is ${halfLife}; it must be more than 0 days`);
}
