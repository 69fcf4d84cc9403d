/**
 * The thread for what nobody's request waits for: it builds model images beside the ones that serve, ranks the catalogue by
 * popularity, and explains answers to people.
 */

import { workerData } from 'piscina';
import { unwrap } from '../core/errors.js';
import { openRegistry } from '../registry/registry.js';
import { openState } from '../store/state.js';
import { createAnswerer } from './answerer.js';
import { createExplainer } from './explainer.js';
import { packFailure, type Packed } from './failure.js';
import { loadVersion } from './load.js';
import { mostPopular } from './popular.js';
import type { BackgroundSetup, BackgroundTask, Explanation, LoadReport } from './protocol.js';
import { servingKernel } from './wasm.js';

const setup = workerData as BackgroundSetup;
const state = unwrap(openState(setup.stateFolder, { readOnly: true }));
const registry = unwrap(openRegistry(setup.modelsFolder, { readOnly: true }));
const explain = createExplainer(setup, state, createAnswerer(servingKernel(setup.memory), state, setup));

export default function run(task: BackgroundTask): Packed<LoadReport> | readonly string[] | Explanation {
  state.resetRead();
  registry.refresh();
  switch (task.kind) {
    case 'load':
      return packFailure(loadVersion(setup, registry, state, task));
    case 'popular':
      return mostPopular(state, task.policy);
    case 'explain':
      return explain(task);
  }
}
