/** A scoring thread: opens its own view of the state, then answers one batch after another. */

import { workerData } from 'piscina';
import { unwrap } from '../core/errors.js';
import { openState } from '../store/state.js';
import { createAnswerer } from './answerer.js';
import { createExplainer } from './explainer.js';
import type { Explanation, WorkerSetup, WorkerTask } from './protocol.js';

const { memory, stateFolder } = workerData as WorkerSetup;
const state = unwrap(openState(stateFolder, { readOnly: true }));
const answer = createAnswerer(memory, state);
const explain = createExplainer(memory, state, answer);

export default function run(task: WorkerTask): Explanation | undefined {
  if (task.kind === 'explain') return explain(task);
  answer(task);
  return undefined;
}
