/** Composition of an evaluation: train recipes at every cut, let the engine answer, and hold the figures side by side. */

import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import type { Figures, ModelFigures } from '../evaluate/figures.js';
import type { Grouping } from '../evaluate/groups.js';
import { writeLists } from '../evaluate/list-file.js';
import { learner, measure, type Contender } from '../evaluate/measure.js';
import { reportOn, type Report } from '../evaluate/report.js';
import { openRegistry } from '../registry/registry.js';
import { recipeOf, trainRecipe, type Recipe } from '../train/recipe.js';
import { readEvaluationData, type EvaluationSource } from './evaluation-data.js';

export interface EvaluationRequest {
  readonly source: EvaluationSource;
  /** What the report calls the model. */
  readonly name: string;
  readonly recipe: Recipe;
  /** Figures by these groups of users as well. */
  readonly groupings: readonly Grouping[];
  /** Where to write the lists as JSON lines; absent: nowhere. */
  readonly listFile?: string;
  readonly onProgress: OnProgress;
}

export interface Evaluation extends Report, Pick<Figures, 'n'>, Pick<ModelFigures, 'metrics' | 'difference'> {
  readonly protocol: EvaluationSource['protocol'];
  readonly model: string;
}

const popularity: Recipe = { kind: 'popularity', parameters: {} };
/** A simple rule that many models lose to. */
const recentPopularity: Recipe = { kind: 'popularity', parameters: { halfLifeDays: 90 } };

/** Popularity of all times and of late run beside the model. The model's own figures stand at the top as well. */
export async function evaluate(config: Config, request: EvaluationRequest): Promise<Result<Evaluation>> {
  const { source, name, recipe, groupings, listFile, onProgress } = request;
  const data = await readEvaluationData(config, source, onProgress);
  if (!data.ok) return data;
  const { cuts, notes, films, users, k } = data.value;
  const model = name === 'popularity' ? 'this popularity' : name;
  const contenders = [
    contenderOf(model, recipe, onProgress),
    contenderOf('popularity', popularity, onProgress),
    contenderOf('recent popularity', recentPopularity, onProgress),
  ];
  const measurement = await measure(cuts, contenders, films, k);
  if (!measurement.ok) return measurement;
  if (listFile !== undefined) {
    const { windows, measured } = measurement.value;
    const written = writeLists(listFile, windows, measured[0]!);
    if (!written.ok) return written;
  }
  const options = { baseline: 'popularity', seed: config.seed, notes, groupings, users };
  const report = reportOn(measurement.value, options);
  const { n, models } = report.figures;
  return succeed({ protocol: source.protocol, n, ...models[0]!, ...report });
}

/** Trains the recipe anew at every cut, so that no test interaction can be known to it. */
const contenderOf = (name: string, recipe: Recipe, onProgress: OnProgress): Contender =>
  learner(name, async (interactions) => {
    const trained = await trainRecipe(recipe, interactions, { trackLoss: false, onProgress });
    return trained.ok ? succeed(trained.value.model) : trained;
  });

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
