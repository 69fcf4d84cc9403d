/** Composition of training: interactions out of a snapshot, recipes over them, versions into the registry. */

import { learnCold, type ColdData } from '../cold/cold-model.js';
import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import type { OnProgress } from '../core/progress.js';
import { unknownUser } from '../dataset/facts.js';
import { fingerprint } from '../dataset/fingerprint.js';
import type { Interactions } from '../dataset/interactions.js';
import { snapshotFilms, snapshotUsers } from '../dataset/snapshot/facts.js';
import { snapshotFilmTexts } from '../dataset/snapshot/film-texts.js';
import { snapshotInteractions } from '../dataset/snapshot/interactions.js';
import type { SnapshotManifest } from '../dataset/snapshot/manifest.js';
import { codeFacts } from '../registry/code-facts.js';
import type { DataFacts, Manifest } from '../registry/manifest.js';
import { openRegistry, type Registry } from '../registry/registry.js';
import type { FilmText } from '../text/text-encoder.js';
import type { Iteration } from '../train/ials.js';
import { recipeFacts, trainRecipe, type Recipe } from '../train/recipe.js';
import { findSnapshot, takeSnapshot } from './snapshots.js';

export interface TrainingRun {
  /** The command line, for the manifest. */
  readonly command: string;
  readonly threads?: number;
  /** The id of a snapshot, `newest`, or a path; absent: one of the state as it is now. */
  readonly snapshot?: string;
  readonly onProgress: OnProgress;
}

export interface TrainedVersion {
  readonly manifest: Manifest;
  readonly iterations: readonly Iteration[];
  /** Of the whole training. */
  readonly seconds: number;
  /** True when it became the current version, because there was none. */
  readonly promoted: boolean;
}

export interface SnapshotData {
  readonly interactions: Interactions;
  /** Of each dense film. */
  readonly texts: readonly FilmText[];
  readonly snapshot: SnapshotManifest;
  /** Of the snapshot. */
  readonly folder: string;
}

/** What training and evaluation read. Errors: those of taking or of finding the snapshot. */
export async function readData(
  config: Config,
  { snapshot: name, onProgress }: Pick<TrainingRun, 'snapshot' | 'onProgress'>,
): Promise<Result<SnapshotData>> {
  const found = name === undefined ? await takeSnapshot(config, onProgress) : await findSnapshot(config, name);
  if (!found.ok) return found;
  const { folder, manifest } = found.value;
  const interactions = await snapshotInteractions(folder, manifest);
  const texts = await snapshotFilmTexts(folder, interactions.films);
  return succeed({ interactions, texts, snapshot: manifest, folder });
}

/** Stops at the first recipe that fails; the versions before it stay. */
export async function trainVersions(
  config: Config,
  recipes: readonly Recipe[],
  run: TrainingRun,
): Promise<Result<TrainedVersion[]>> {
  const data = await readData(config, run);
  if (!data.ok) return data;
  const facts = dataFacts(data.value.interactions, data.value.snapshot);
  const cold = await readColdData(data.value);
  const registry = openRegistry(config.modelsDir);
  if (!registry.ok) return registry;
  try {
    const versions: TrainedVersion[] = [];
    for (const recipe of recipes) {
      const version = await trainVersion(registry.value, recipe, cold, facts, run);
      if (!version.ok) return version;
      versions.push(version.value);
    }
    return succeed(versions);
  } finally {
    await registry.value.close();
  }
}

async function trainVersion(
  registry: Registry,
  recipe: Recipe,
  known: ColdData,
  data: DataFacts,
  { command, ...options }: TrainingRun,
): Promise<Result<TrainedVersion>> {
  const startMs = performance.now();
  const trained = await trainRecipe(recipe, { interactions: known.interactions, films: known.texts }, options);
  if (!trained.ok) return trained;
  const { iterations } = trained.value;
  const model = learnCold(trained.value.model, known);
  const seconds = (performance.now() - startMs) / 1000;
  const loss = iterations.at(-1)?.loss;
  const { hyperparameters, seed } = recipeFacts(recipe);
  const made = { hyperparameters, seed, metrics: loss === undefined ? {} : { loss }, command, data };
  const written = registry.write(model, { ...made, code: await codeFacts(), parent: null, created: new Date() });
  if (!written.ok) return written;

  // A service without a model answers from its static list: the first one that learned from users is better than waiting.
  const promote = (model.kind === 'linear' || model.kind === 'ials') && registry.pointers().current === null;
  if (promote) {
    const moved = registry.promote(written.value.id);
    if (!moved.ok) return moved;
  }
  return succeed({ manifest: written.value, iterations, seconds, promoted: promote });
}

/** What training for strangers reads as well. */
export async function readColdData({ interactions, texts, folder }: SnapshotData): Promise<ColdData> {
  const { films, users } = interactions;
  const [facts, known] = await Promise.all([snapshotFilms(folder, films), snapshotUsers(folder)]);
  const people = Array.from(users, (user) => known.get(user) ?? unknownUser);
  return { interactions, texts, years: facts.map(({ year }) => year), people };
}

function dataFacts(interactions: Interactions, { id, sha256, offsets, imports }: SnapshotManifest): DataFacts {
  let fromMs = Infinity;
  let toMs = 0;
  for (const time of interactions.time) {
    if (time > 0) fromMs = Math.min(fromMs, time);
    toMs = Math.max(toMs, time);
  }
  return {
    snapshot: { id, sha256, offsets },
    files: imports.map(({ name, sha256: digest, rows }) => ({ name, sha256: digest, rows })),
    fingerprint: fingerprint(interactions),
    users: interactions.users.length,
    films: interactions.films.length,
    interactions: interactions.userOf.length,
    fromMs: Math.min(fromMs, toMs),
    toMs,
  };
}
