/** Composition of an evaluation: cut the interactions, train on one half, let the engine answer for the other. */

import type { Config } from '../config/load.js';
import { fail, succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import { isCold, testCases, type TestCase } from '../evaluate/cases.js';
import { writeLists } from '../evaluate/list-file.js';
import { listsOf } from '../evaluate/lists.js';
import { cutBy, type Cut, type Protocol } from '../evaluate/protocol.js';
import { k, reportOn, type Candidate, type Report } from '../evaluate/report.js';
import { openRegistry } from '../registry/registry.js';
import { recipeOf, trainRecipe, type Recipe } from '../train/recipe.js';
import { readData } from './train.js';

export interface EvaluationRequest {
  readonly protocol: Protocol;
  /** What the report calls the model. */
  readonly name: string;
  readonly recipe: Recipe;
  /** The id of a snapshot, `newest`, or a path; absent: one of the state as it is now. */
  readonly snapshot?: string;
  /** Where to write the lists as JSON lines; absent: nowhere. */
  readonly listFile?: string;
  readonly onProgress: OnProgress;
}

export interface Evaluation extends Report {
  readonly protocol: Protocol;
}

/** Trains the recipe anew on the training half, so that no test interaction can be known to it. Popularity runs beside. */
export async function evaluate(config: Config, request: EvaluationRequest): Promise<Result<Evaluation>> {
  const { protocol, name, recipe, listFile, onProgress } = request;
  const data = await readData(config, request);
  if (!data.ok) return data;
  const cut = cutBy(protocol, data.value.interactions);
  const cases = testCases(cut.split);
  if (cases.every(isCold)) {
    return fail('data-missing', `no user has interactions on both sides of the ${protocol} cut`, {
      hint: 'Import more data, or choose another protocol.',
    });
  }
  const candidate = await candidateOf(name, recipe, cut, cases, onProgress);
  if (!candidate.ok) return candidate;
  const popularity: Recipe = { kind: 'popularity', parameters: {} };
  const baseline = await candidateOf('popularity', popularity, cut, cases, onProgress);
  if (!baseline.ok) return baseline;
  if (listFile !== undefined) {
    const written = writeLists(listFile, cases, candidate.value);
    if (!written.ok) return written;
  }
  return succeed({ protocol, ...reportOn(cases, candidate.value, baseline.value, config.seed, cut.notes) });
}

async function candidateOf(
  name: string,
  recipe: Recipe,
  { split }: Cut,
  cases: readonly TestCase[],
  onProgress: OnProgress,
): Promise<Result<Candidate>> {
  const trained = await trainRecipe(recipe, split.train, { trackLoss: false, onProgress });
  if (!trained.ok) return trained;
  const { model } = trained.value;
  const lists = listsOf(model, cases, k);
  return lists.ok ? succeed({ name, model, lists: lists.value }) : lists;
}

/** The recipe of a version in the registry. Errors: data-missing, version-unknown, version-corrupt. */
export async function recipeOfVersion(config: Config, id: string): Promise<Result<Recipe>> {
  const registry = openRegistry(config.modelsDir, { readOnly: true });
  if (!registry.ok) return registry;
  try {
    const manifest = registry.value.manifest(id);
    return manifest.ok ? recipeOf(manifest.value) : manifest;
  } finally {
    await registry.value.close();
  }
}
