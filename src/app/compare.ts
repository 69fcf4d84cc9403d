/** Composition of a comparison: the same cases for all models, what each costs when asked, and a run folder of it all. */

import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import { compareOn, decide, type Comparison, type Decision } from '../evaluate/comparison.js';
import { comparisonText, decisionText, differencePicture } from '../evaluate/comparison-text.js';
import { groupPopularity, knowsGroups } from '../evaluate/group-popularity.js';
import { groupings, knownGroupings } from '../evaluate/groups.js';
import { measure } from '../evaluate/measure.js';
import { modelsPicture } from '../evaluate/report-text.js';
import { asJson, writeRunFolder, type RunFolder } from '../evaluate/run-folder.js';
import { signalOf, type Signal } from '../evaluate/signal/signal.js';
import { contenderOf, popularity, recentPopularity, type NamedRecipe } from './contenders.js';
import { costsText } from './costs-text.js';
import { measureCosts, type ModelCosts } from './costs.js';
import { cutsOf, type ComparedProtocol } from './evaluation-data.js';
import { llmRow } from './llm-row.js';
import { dataInputs, inputsOf, listLength, readMeasuredData, runsFolderOf, type MeasuredData } from './runs.js';

export interface ComparisonRequest {
  /** Different ones, at least one; the first decides. */
  readonly protocols: readonly ComparedProtocol[];
  /** Beside popularity of all times and of late, which are always there. Names differ. */
  readonly models: readonly NamedRecipe[];
  /** Whether to measure what training and answering cost. */
  readonly costs: boolean;
  /** An id, `newest`, or a path; absent: one of the state as it is now. */
  readonly snapshot?: string;
  readonly onProgress: OnProgress;
}

export interface Compared {
  readonly run: RunFolder;
  /** One a protocol. */
  readonly comparisons: readonly Comparison[];
  readonly decision: Decision;
  /** Whether the log holds taste at all. */
  readonly signal: Signal;
  /** Empty when not asked for. */
  readonly costs: readonly ModelCosts[];
  /** Decision, comparisons and costs in Markdown. */
  readonly text: string;
}

/** Errors: those of the snapshot, `cutsBy`, `measure`, training and `writeRunFolder`; with costs those of `measureCosts`. */
export async function compare(config: Config, request: ComparisonRequest): Promise<Result<Compared>> {
  const data = await readMeasuredData(config, request);
  if (!data.ok) return data;
  const signal = signalOf(data.value.interactions, config.seed);
  const models = [popularity, recentPopularity, ...request.models];
  const comparisons: Comparison[] = [];
  for (const protocol of request.protocols) {
    const comparison = await compareBy(protocol, config, data.value, { ...request, models, signal });
    if (!comparison.ok) return comparison;
    comparisons.push(comparison.value);
  }
  const costs = request.costs ? await measureCosts(config, data.value.folder, models) : succeed([]);
  if (!costs.ok) return costs;

  const decision = decide(comparisons);
  const report = [decisionText(comparisons, signal, costs.value), ...comparisons.map(comparisonText)].join('\n\n');
  const inputs = {
    protocols: request.protocols,
    k: listLength,
    ...(config.llmModel === undefined ? {} : { languageModel: config.llmModel }),
    ...(await inputsOf(config, dataInputs(data.value), models)),
  };
  const costly = costs.value.length > 0 ? costsText(costs.value) : undefined;
  const run = writeRunFolder(runsFolderOf(config), 'compare', inputs, {
    'report.json': asJson({ decision, signal, comparisons }),
    'report.md': `# Models compared\n\n${report}\n`,
    ...Object.fromEntries(comparisons.flatMap(picturesOf)),
    // Apart, for no two measurements of time are the same.
    ...(costly === undefined ? {} : { 'costs.json': asJson(costs.value), 'costs.md': `${costly}\n` }),
  });
  if (!run.ok) return run;
  const text = [report, ...(costly === undefined ? [] : [costly])].join('\n\n');
  return succeed({ run: run.value, comparisons, decision, signal, costs: costs.value, text });
}

interface Contest extends Pick<ComparisonRequest, 'onProgress'> {
  readonly models: readonly NamedRecipe[];
  readonly signal: Signal;
}

async function compareBy(
  protocol: ComparedProtocol,
  config: Config,
  data: MeasuredData,
  { models, signal, onProgress }: Contest,
): Promise<Result<Comparison>> {
  const { seed } = config;
  const { films, users } = data;
  const cut = await cutsOf(protocol, data, seed);
  if (!cut.ok) return cut;
  const byGroup = knowsGroups(users) ? [groupPopularity(users)] : [];
  const [simple, ...others] = models.map((model) => contenderOf(model, cut.value, onProgress));
  const answerer = protocol === 'cold-text' ? answererOf(models) : undefined;
  const answering = others.find(({ name }) => name === answerer?.name);
  const llm = answering === undefined ? succeed(undefined) : await llmRow(config, data, answering);
  if (!llm.ok) return llm;
  const readers = llm.value === undefined ? [] : [llm.value];
  const contenders = [simple!, ...byGroup, ...others, ...readers.map(({ contender }) => contender)];
  const measurement = await measure(cut.value.cuts, contenders, films, listLength);
  if (!measurement.ok) return measurement;
  const known = knownGroupings({ users, films });
  const unknown = groupings.filter((by) => !known.includes(by));
  const notes = [
    ...cut.value.notes,
    ...(unknown.length === 0 ? [] : [`nothing is known of ${unknown.join(', ')}: no figures by it`]),
    ...(byGroup.length > 0 ? [] : ['no popularity by age and gender, for neither is known of anybody']),
    ...readers.map(({ note }) => note),
  ];
  const rules = models.filter(({ recipe }) => recipe.kind === 'popularity').map(({ name }) => name);
  // Words may tell of taste where films do not.
  const judged = { rules, ...(protocol === 'cold-text' ? {} : { signal }) };
  return succeed(compareOn(protocol, measurement.value, { seed, notes, groupings: known, users, ...judged }));
}

/** Who answers what a language model reads: linear, else the last model; none where words say nothing to any. */
const answererOf = (models: readonly NamedRecipe[]): NamedRecipe | undefined =>
  models.find(({ name }) => name === 'linear') ?? models.findLast(({ recipe }) => recipe.kind !== 'popularity');

const picturesOf = (comparison: Comparison): [name: string, svg: string][] => [
  [`figures/${comparison.protocol}.svg`, modelsPicture(comparison.protocol, comparison)],
  [`figures/${comparison.protocol}-less-popularity.svg`, differencePicture(comparison)],
];
