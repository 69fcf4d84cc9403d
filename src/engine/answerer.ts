/** Answers a batch on the thread it is called on: reads histories, scores, ranks, renders. */

import {
  LANE_BODY_BYTES,
  LANE_STATUS,
  LANE_TOP_COUNT,
  LANE_TOP_ROWS,
  LANE_TOP_SCORES,
  LANE_USER,
  STATUS_PERSONAL,
  TOP_MAX,
} from '../../assembly/layout.js';
import type { State } from '../store/state.js';
import { laneAddress, scoreBatch } from './batch.js';
import { fillLane } from './lane.js';
import { policyNamed, type Policy } from './policy.js';
import type { AnswerTask } from './protocol.js';
import { viewsOf, type Views } from './views.js';
import { servingKernel } from './wasm.js';

/** Leaves a status, and with STATUS_PERSONAL the final rows and a body, in each lane. */
export type Answerer = (task: AnswerTask) => void;

export function createAnswerer(memory: WebAssembly.Memory, state: State): Answerer {
  const kernel = servingKernel(memory);
  let views = viewsOf(memory);

  return (task) => {
    views = viewsOf(memory, views);
    const { u32, f64 } = views;
    const policy = policyNamed(task.policy);
    // A busy thread may not return to its event loop for long: without this it would read old histories for ever.
    state.resetRead();
    for (let i = 0; i < task.count; i++) {
      const lane = laneAddress(task.slab, i);
      u32[(lane + LANE_BODY_BYTES) >>> 2] = 0;
      fillLane(views, task.model, lane, state.histories.read(f64[(lane + LANE_USER) >>> 3]!));
    }
    scoreBatch(kernel, views, { ...task, k: policy.candidates });
    for (let i = 0; i < task.count; i++) {
      const lane = laneAddress(task.slab, i);
      if (u32[(lane + LANE_STATUS) >>> 2] !== STATUS_PERSONAL) continue;
      const count = rank(policy, views, lane);
      kernel.render(task.model, lane, lane + LANE_TOP_ROWS, count);
    }
  };
}

/** Lets the policy choose among the candidates of a lane; what stays is the final list. */
function rank(policy: Policy, { u32, f32 }: Views, lane: number): number {
  const rows = (lane + LANE_TOP_ROWS) >>> 2;
  const scores = (lane + LANE_TOP_SCORES) >>> 2;
  const count = policy.rank({
    count: u32[(lane + LANE_TOP_COUNT) >>> 2]!,
    rows: u32.subarray(rows, rows + TOP_MAX),
    scores: f32.subarray(scores, scores + TOP_MAX),
  });
  u32[(lane + LANE_TOP_COUNT) >>> 2] = count;
  return count;
}
