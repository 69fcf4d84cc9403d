/** Answers a batch on the thread it is called on: reads histories, scores, ranks. */

import {
  LANE_STATUS,
  LANE_TOP_COUNT,
  LANE_TOP_ROWS,
  LANE_TOP_SCORES,
  LANE_USER,
  LANES,
  STATUS_PERSONAL,
  TOP_MAX,
} from '../../assembly/layout.js';
import type { State } from '../store/state.js';
import { laneAddress, scoreBatch } from './batch.js';
import { fillLane } from './lane.js';
import type { Candidates, Policy } from './policy.js';
import type { Workbench } from './protocol.js';
import { viewsOf, type Views } from './views.js';
import type { ServingKernel } from './wasm.js';

/** Answer the users whose ids stand in lanes 0 … count − 1 of the workbench's slab. */
export interface AnswerTask {
  /** Addresses of the image and of the policy's view of it. */
  readonly model: number;
  readonly view: number;
  readonly policy: Policy;
  readonly count: number;
}

/** Leaves a status, and with STATUS_PERSONAL the final rows, in each lane. */
export type Answerer = (task: AnswerTask) => void;

export function createAnswerer(kernel: ServingKernel, state: State, { memory, slab, slabIndex }: Workbench): Answerer {
  let views = viewsOf(memory);
  // A slab never moves, so these are made once.
  const candidates = Array.from({ length: LANES }, (_, i) => candidatesOf(views, laneAddress(slab, i)));

  return ({ model, view, policy, count }) => {
    views = viewsOf(memory, views);
    const { u32, f64 } = views;
    for (let i = 0; i < count; i++) {
      const lane = laneAddress(slab, i);
      fillLane(views, model, lane, state.histories.read(f64[(lane + LANE_USER) >>> 3]!));
    }
    // A thread that is busy, or asleep in its ring, does not come to its event loop for long: without this it would read old
    // histories for ever, and keep the pages of its snapshot from being used again.
    state.resetRead();
    scoreBatch(kernel, views, { model, view, slab, slabIndex, count, k: policy.candidates });
    for (let i = 0; i < count; i++) {
      const lane = laneAddress(slab, i);
      if (u32[(lane + LANE_STATUS) >>> 2] !== STATUS_PERSONAL) continue;
      const scored = candidates[i]!;
      scored.count = u32[(lane + LANE_TOP_COUNT) >>> 2]!;
      u32[(lane + LANE_TOP_COUNT) >>> 2] = policy.rank(scored);
    }
  };
}

/** What a policy chooses among, in place: the front of it is the final list. */
function candidatesOf({ u32, f32 }: Views, lane: number): Candidates {
  const rows = (lane + LANE_TOP_ROWS) >>> 2;
  const scores = (lane + LANE_TOP_SCORES) >>> 2;
  return { count: 0, rows: u32.subarray(rows, rows + TOP_MAX), scores: f32.subarray(scores, scores + TOP_MAX) };
}
