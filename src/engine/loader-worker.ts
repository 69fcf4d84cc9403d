/** The loader thread: builds model images beside the ones that serve, and ranks the catalogue by popularity. */

import { workerData } from 'piscina';
import { unwrap, type Result } from '../core/errors.js';
import { openRegistry } from '../registry/registry.js';
import { openState } from '../store/state.js';
import { packFailure, type Packed } from './failure.js';
import { loadVersion } from './load.js';
import { mostPopular } from './popular.js';
import type { LoaderSetup, LoaderTask, LoadReport } from './protocol.js';

const setup = workerData as LoaderSetup;
const state = unwrap(openState(setup.stateFolder, { readOnly: true }));
const registry = unwrap(openRegistry(setup.modelsFolder, { readOnly: true }));

export default function run(task: LoaderTask): Packed<LoadReport> | readonly string[] {
  state.resetRead();
  registry.refresh();
  if (task.kind === 'popular') return mostPopular(state, task.policy);
  const loaded: Result<LoadReport> = loadVersion(setup, registry, state, task);
  return packFailure(loaded);
}
