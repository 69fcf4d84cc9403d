/** What evaluation, comparison and tuning share: the data they measure on, and the inputs that a run folder names. */

import { join } from 'node:path';
import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import type { FilmFacts, UserFacts } from '../dataset/facts.js';
import { fingerprint } from '../dataset/fingerprint.js';
import { snapshotFilms, snapshotUsers } from '../dataset/snapshot/facts.js';
import { codeFacts } from '../registry/code-facts.js';
import { recipeFacts } from '../train/recipe.js';
import type { NamedRecipe } from './contenders.js';
import { readData, type SnapshotData, type TrainingRun } from './train.js';

/** Places of a list: the site shows no more. */
export const listLength = 20;

export interface MeasuredData extends SnapshotData {
  /** Of each dense film. */
  readonly films: readonly FilmFacts[];
  /** By user id. */
  readonly users: ReadonlyMap<number, UserFacts>;
}

/** Errors: those of taking or of finding the snapshot. */
export async function readMeasuredData(
  config: Config,
  run: Pick<TrainingRun, 'snapshot' | 'onProgress'>,
): Promise<Result<MeasuredData>> {
  const data = await readData(config, run);
  if (!data.ok) return data;
  const { folder, interactions } = data.value;
  const [films, users] = await Promise.all([snapshotFilms(folder, interactions.films), snapshotUsers(folder)]);
  return succeed({ ...data.value, films, users });
}

export const runsFolderOf = (config: Config): string => join(config.dataDir, 'runs');

/** All that figures depend on besides the protocol: data, recipes, seed and code. */
export async function inputsOf({ seed }: Config, data: object, recipes: readonly NamedRecipe[]): Promise<object> {
  const models = recipes.map(({ name, recipe }) => ({ name, ...recipeFacts(recipe) }));
  return { ...data, seed, models, code: await codeFacts() };
}

/** The data's part of the inputs. */
export function dataInputs({ interactions, snapshot }: Pick<SnapshotData, 'interactions' | 'snapshot'>): object {
  const { id, sha256, offsets, imports } = snapshot;
  return {
    snapshot: { id, sha256, offsets },
    files: imports.map(({ name, sha256: digest, rows }) => ({ name, sha256: digest, rows })),
    fingerprint: fingerprint(interactions),
  };
}
