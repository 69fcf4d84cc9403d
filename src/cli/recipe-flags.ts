/** The flags of training: hyper-parameters and data, shared by the commands that train. */

import { InvalidArgumentError, type Command } from 'commander';
import { MatineeError, unwrap } from '../core/errors.js';
import { checkIalsParameters, ialsDefaults } from '../train/ials-parameters.js';
import { checkLinearParameters, linearDefaults } from '../train/linear-parameters.js';
import type { Recipe } from '../train/recipe.js';
import { checkTextParameters, textDefaults } from '../train/text-parameters.js';

/** What is absent is as the defaults of the model have it. */
export interface RecipeOptions {
  readonly dimensions?: number;
  readonly alpha?: number;
  readonly reg?: number;
  readonly regScaling?: number;
  readonly iterations?: number;
  readonly lambda?: number;
  readonly floor?: number;
  readonly recency?: number;
  readonly prior?: number;
  readonly halfLife?: number;
  readonly halfLifeEvents?: number;
}

/** Their names as commander keeps them. */
export const recipeFlags: readonly (keyof RecipeOptions)[] = [
  'dimensions',
  'alpha',
  'reg',
  'regScaling',
  'iterations',
  'lambda',
  'floor',
  'recency',
  'prior',
  'halfLife',
  'halfLifeEvents',
];

export function addRecipeFlags(command: Command): Command {
  const { alpha, reg, regScaling, iterations } = ialsDefaults;
  const { lambda } = linearDefaults;
  return command
    .option('--dimensions <n>', `ials, linear, text: numbers in an item row ${ofEach('dimensions')}`, number)
    .option('--alpha <x>', `ials: weight of an observed pair above the 1 of all pairs (default: ${alpha})`, number)
    .option('--reg <x>', `ials: regularisation (default: ${reg})`, number)
    .option('--reg-scaling <x>', `ials: how it grows with a row, 0 = not at all (default: ${regScaling})`, number)
    .option('--iterations <n>', `ials: rounds over users and items (default: ${iterations})`, number)
    .option('--lambda <x>', `linear: regularisation (default: ${lambda})`, number)
    .option('--floor <x>', `ials, linear, text: weight of a film liked not at all, -4 to 1 ${ofEach('floor')}`, number)
    .option('--recency <x>', recencyHelp, number)
    .option('--prior <x>', `ials, linear, text: how far scores lean on popularity ${ofEach('prior')}`, number)
    .option('--half-life <days>', halfLifeHelp, number)
    .option('--half-life-events <n>', 'popularity: the same age in interactions, instead of days', positiveInteger);
}

const ofEach = (name: 'dimensions' | 'floor' | 'prior'): string =>
  `(default: ials ${ialsDefaults[name]}, linear ${linearDefaults[name]}, text ${textDefaults[name]})`;

const recencyHelp =
  'linear, text: how older films of a history count less, 0 to 4 ' +
  `(default: linear ${linearDefaults.recency}, text ${textDefaults.recency})`;

const halfLifeHelp =
  'age in days at which an interaction counts half in popularity, 0 = never ' +
  `(default: popularity 0, ials ${ialsDefaults.halfLifeDays}, linear ${linearDefaults.halfLifeDays}, ` +
  `text ${textDefaults.halfLifeDays})`;

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
  if (options.halfLifeEvents !== undefined && (kind !== 'popularity' || options.halfLife !== undefined)) {
    throw new MatineeError('usage', '--half-life-events is for --model popularity, and stands instead of --half-life');
  }
  if (kind === 'ials') {
    return { kind, parameters: unwrap(checkIalsParameters({ ...filled(ialsDefaults, options), seed })) };
  }
  if (kind === 'linear') {
    return { kind, parameters: unwrap(checkLinearParameters({ ...filled(linearDefaults, options), seed })) };
  }
  if (kind === 'text') {
    return { kind, parameters: unwrap(checkTextParameters({ ...filled(textDefaults, options), seed })) };
  }
  const { halfLife = 0, halfLifeEvents } = options;
  if (halfLifeEvents !== undefined) return { kind, parameters: { halfLifeEvents } };
  if (halfLife < 0) throw new MatineeError('usage', `half-life is ${halfLife}; it must be 0 days (no decay) or more`);
  return { kind, parameters: halfLife === 0 ? {} : { halfLifeDays: halfLife } };
}

/** The defaults, changed where there is an option. */
function filled<Parameters extends object>(defaults: Parameters, options: RecipeOptions): Parameters {
  const given: Readonly<Record<string, unknown>> = { ...options, halfLifeDays: options.halfLife };
  return Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, given[name] ?? (value as unknown)]),
  ) as Parameters;
}
