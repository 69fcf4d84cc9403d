/** A scoring thread: opens its own view of the state, then answers what comes through its ring, in one task for life. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { workerData } from 'piscina';
import { LANES } from '../../assembly/layout.js';
import { unwrap } from '../core/errors.js';
import { openState } from '../store/state.js';
import type { ScoringSetup, ScoringTask } from './protocol.js';
import { createResponder } from './responder.js';
import { ringConsumer } from './ring.js';

/** Each batch leaves a timer of the store's behind, which only the event loop takes away. */
const BATCHES_A_TURN = 64;

const { memory, stateFolder } = workerData as ScoringSetup;
const state = unwrap(openState(stateFolder, { readOnly: true }));

export default async function run({ ring, slab, slabIndex, port }: ScoringTask): Promise<void> {
  const respond = createResponder(state, { memory, slab, slabIndex });
  const queue = ringConsumer(memory, ring, port);
  // What opening read would stay pinned while the ring is empty.
  state.resetRead();
  port.postMessage(null);
  for (let batches = 1; ; batches++) {
    const slots = queue.take(LANES);
    if (slots.length === 0) break;
    respond(slots);
    queue.finish(slots.length);
    if (batches % BATCHES_A_TURN === 0) await nextTurn();
  }
  port.close();
}
