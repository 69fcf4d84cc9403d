/** Composition of an evaluation: train recipes at every cut, let the engine answer, and hold the figures side by side. */

import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import type { Figures, ModelFigures } from '../evaluate/figures.js';
import type { Grouping } from '../evaluate/groups.js';
import { groupPopularity, knowsGroups } from '../evaluate/group-popularity.js';
import { writeLists } from '../evaluate/list-file.js';
import { measure } from '../evaluate/measure.js';
import { reportOn, type Report } from '../evaluate/report.js';
import { openRegistry } from '../registry/registry.js';
import { recipeOf, type Recipe } from '../train/recipe.js';
import { evaluationText, modelsPicture } from '../evaluate/report-text.js';
import { asJson, writeRunFolder, type RunFolder } from '../evaluate/run-folder.js';
import { signalLine, signalOf, type Signal } from '../evaluate/signal/signal.js';
import { contenderOf, popularity, recentPopularity } from './contenders.js';
import { readEvaluationData, type EvaluationSource } from './evaluation-data.js';
import { inputsOf, runsFolderOf } from './runs.js';

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
  /** Whether the log holds taste at all. */
  readonly signal: Signal;
  /** Where report, picture and inputs are. */
  readonly run: RunFolder;
}

/**
 * Popularity of all times, of late, and by age and gender where any are known, run beside the model. The model's own figures
 * stand at the top as well.
 */
export async function evaluate(config: Config, request: EvaluationRequest): Promise<Result<Evaluation>> {
  const { source, name, recipe, groupings, listFile, onProgress } = request;
  const data = await readEvaluationData(config, source, onProgress);
  if (!data.ok) return data;
  const { cuts, notes, films, users, k, log, inputs } = data.value;
  const model = { name: name === popularity.name ? `this ${name}` : name, recipe };
  const models = [model, popularity, recentPopularity];
  const byGroup = knowsGroups(users) ? [groupPopularity(users)] : [];
  const contenders = [...models.map((one) => contenderOf(one, data.value, onProgress)), ...byGroup];
  const measurement = await measure(cuts, contenders, films, k);
  if (!measurement.ok) return measurement;
  if (listFile !== undefined) {
    const { windows, measured } = measurement.value;
    const written = writeLists(listFile, windows, measured[0]!);
    if (!written.ok) return written;
  }
  const options = { baseline: popularity.name, seed: config.seed, notes, groupings, users };
  const report = reportOn(measurement.value, options);
  const signal = signalOf(log, config.seed);
  const asked = { protocol: source.protocol, k, groupings };
  const run = writeRunFolder(
    runsFolderOf(config),
    'evaluate',
    { ...asked, ...(await inputsOf(config, inputs, models)) },
    {
      'report.json': asJson({ ...report, signal }),
      'report.md': `# Evaluation\n\n${evaluationText(source.protocol, report)}\n\nThe log: ${signalLine(signal)}.\n`,
      'figures/models.svg': modelsPicture(source.protocol, report),
    },
  );
  if (!run.ok) return run;
  const { n, models: figures } = report.figures;
  return succeed({ protocol: source.protocol, n, ...figures[0]!, ...report, signal, run: run.value });
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
