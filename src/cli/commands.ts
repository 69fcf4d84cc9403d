/** Every command, in the order help prints them. */

import type { AddCommand } from './frame.js';

const loaders: Readonly<Record<string, () => Promise<AddCommand>>> = {
  start: async () => (await import('./start.js')).addStart,
  serve: async () => (await import('./serve.js')).addServe,
  import: async () => (await import('./import.js')).addImport,
  ingest: async () => (await import('./ingest.js')).addIngest,
  train: async () => (await import('./train.js')).addTrain,
  evaluate: async () => (await import('./evaluate.js')).addEvaluate,
  compare: async () => (await import('./compare.js')).addCompare,
  tune: async () => (await import('./tune.js')).addTune,
  models: async () => (await import('./models.js')).addModels,
  recommend: async () => (await import('./recommend.js')).addRecommend,
  state: async () => (await import('./state.js')).addState,
  snapshot: async () => (await import('./snapshot.js')).addSnapshot,
  films: async () => (await import('./films.js')).addFilms,
  quarantine: async () => (await import('./quarantine.js')).addQuarantine,
  quality: async () => (await import('./quality.js')).addQuality,
  sim: async () => (await import('./sim.js')).addSim,
  config: async () => (await import('./config.js')).addConfig,
};

/** The one that `args` call, so that a service need not wait for the code of all; else all, for help and for suggestions. */
export async function commandsFor([name]: readonly string[]): Promise<readonly AddCommand[]> {
  if (name !== undefined && Object.hasOwn(loaders, name)) return [await loaders[name]!()];
  return Promise.all(Object.values(loaders).map((load) => load()));
}
