/** Composition of tuning: candidates on validation cuts, and a run folder with the log of all of them. */

import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import type { SiteProtocol } from '../evaluate/protocols/cuts-by.js';
import { asJson, writeRunFolder, type RunFolder } from '../evaluate/run-folder.js';
import { signalLine, signalOf } from '../evaluate/signal/signal.js';
import { rungsOf } from '../evaluate/tuning/rungs.js';
import { search } from '../evaluate/tuning/search.js';
import { candidatesOf, searchedOf } from '../evaluate/tuning/search-space.js';
import { tuningPicture, tuningText, type Tuned } from '../evaluate/tuning/tuning-text.js';
import { validationCuts } from '../evaluate/tuning/validation.js';
import type { Recipe } from '../train/recipe.js';
import { contenderOf, popularity, type NamedRecipe } from './contenders.js';
import { dataInputs, inputsOf, listLength, readMeasuredData, runsFolderOf } from './runs.js';

export interface TuningRequest {
  readonly kind: Recipe['kind'];
  /** Whose training half is cut again. */
  readonly protocol: SiteProtocol;
  /** Drawn beside the defaults. */
  readonly trials: number;
  /** An id, `newest`, or a path; absent: one of the state as it is now. */
  readonly snapshot?: string;
  readonly onProgress: OnProgress;
}

export interface Tuning extends Tuned {
  readonly run: RunFolder;
  /** What the evidence is enough for. */
  readonly recipe: Recipe;
}

/** Errors: those of the snapshot, `validationCuts`, `search`, training and `writeRunFolder`. */
export async function tune(config: Config, request: TuningRequest): Promise<Result<Tuning>> {
  const { kind, protocol, trials, onProgress } = request;
  const { seed } = config;
  const data = await readMeasuredData(config, request);
  if (!data.ok) return data;
  const { interactions, films } = data.value;
  const validation = validationCuts(protocol, interactions, seed);
  if (!validation.ok) return validation;
  const { cuts, notes } = validation.value;

  const candidates = candidatesOf(kind, trials, seed).map((recipe, i): NamedRecipe => ({
    name: i === 0 ? 'defaults' : `draw ${i}`,
    recipe,
  }));
  const rungs = rungsOf(cuts, seed);
  const contenders = candidates.map((candidate) => contenderOf(candidate, data.value, () => undefined));
  const baseline = contenderOf(popularity, data.value, () => undefined);
  const within = `${protocol} within its own training half`;
  const signal = signalOf(interactions, seed);
  const searched = await search(rungs, baseline, contenders, {
    ...{ protocol: within, films, k: listLength, seed, onProgress, signal },
    rules: kind === 'popularity' ? candidates.map(({ name }) => name) : [],
    notes: [...notes, `all of the log: ${signalLine(signal)}`],
  });
  if (!searched.ok) return searched;

  const parameters = Object.fromEntries(candidates.map(({ name, recipe }) => [name, searchedOf(recipe)]));
  const tuned: Tuned = { kind, parameters, rungs: rungs.map(({ name }) => ({ name })), search: searched.value };
  const { choice } = searched.value.last.verdict;
  const { recipe } = candidates.find(({ name }) => name === choice) ?? popularity;
  const inputs = {
    kind,
    protocol,
    trials,
    k: listLength,
    ...(await inputsOf(config, dataInputs(data.value), candidates)),
  };
  const run = writeRunFolder(runsFolderOf(config), 'tune', inputs, {
    'report.json': asJson({ ...tuned, recipe }),
    'report.md': `${tuningText(tuned)}\n`,
    'figures/finalists.svg': tuningPicture(tuned),
  });
  return run.ok ? succeed({ ...tuned, run: run.value, recipe }) : run;
}
