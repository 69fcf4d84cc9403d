/** Answers a batch on the thread it is called on: reads histories and profiles, scores, ranks. */

import {
  LANE_SEEN_COUNT,
  LANE_STATUS,
  LANE_TOP_COUNT,
  LANE_TOP_ROWS,
  LANE_TOP_SCORES,
  LANE_USER,
  LANES,
  MODEL_COLD,
  MODEL_DIMENSIONS,
  MODEL_OVERLAY,
  MODEL_TRAINED,
  STATUS_COLD,
  STATUS_NO_HISTORY,
  STATUS_PERSONAL,
  TOP_MAX,
  VIEW_COLD,
} from '../../assembly/layout.js';
import type { State } from '../store/state.js';
import { laneAddress, scoreBatch } from './batch.js';
import { popularityColumn } from './cold-image.js';
import { exploreLast, explores } from './explore.js';
import { fillLane } from './lane.js';
import { LIST_LENGTH, type Candidates, type Policy } from './policy.js';
import { strangerOf } from './profile-taste.js';
import type { Workbench } from './protocol.js';
import { scoreStrangers, type Stranger } from './strangers.js';
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

/** Leaves a status, and with STATUS_PERSONAL or STATUS_COLD the final rows, in each lane. */
export type Answerer = (task: AnswerTask) => void;

export function createAnswerer(kernel: ServingKernel, state: State, { memory, slab, slabIndex }: Workbench): Answerer {
  let views = viewsOf(memory);
  // A slab never moves, so these are made once.
  const candidates = Array.from({ length: LANES }, (_, i) => candidatesOf(views, laneAddress(slab, i)));

  /** Reads what is known of each user into the lanes; who has no history, but a profile, is told by the number of the lane. */
  function fill({ model, count }: AnswerTask): (readonly [number, Stranger])[] {
    const { u32, f64 } = views;
    const welcomesStrangers = u32[(model + MODEL_COLD) >>> 2] !== 0;
    const strangers: (readonly [number, Stranger])[] = [];
    for (let i = 0; i < count; i++) {
      const lane = laneAddress(slab, i);
      const user = f64[(lane + LANE_USER) >>> 3]!;
      fillLane(views, model, lane, state.histories.read(user));
      if (!welcomesStrangers || u32[(lane + LANE_STATUS) >>> 2] !== STATUS_NO_HISTORY) continue;
      const profile = state.profiles.get(user);
      const stranger = profile && strangerOf(views, model, lane, profile);
      if (stranger !== undefined) strangers.push([i, stranger]);
    }
    return strangers;
  }

  /** The final list of one lane. */
  function rank({ model, view, policy }: AnswerTask, i: number, cold: boolean): void {
    const { u32, f64 } = views;
    const lane = laneAddress(slab, i);
    const scored = candidates[i]!;
    scored.count = u32[(lane + LANE_TOP_COUNT) >>> 2]!;
    const length = policy.rank(scored);
    u32[(lane + LANE_TOP_COUNT) >>> 2] = length;
    const overlay = u32[(model + MODEL_OVERLAY) >>> 2]!;
    // A shorter list holds every film there is to answer.
    if (overlay === 0 || length < LIST_LENGTH) return;
    const seen = u32[(lane + LANE_SEEN_COUNT) >>> 2]!;
    if (!explores(policy.exploration, f64[(lane + LANE_USER) >>> 3]!, seen, overlay)) return;
    const image = cold ? u32[(model + MODEL_COLD) >>> 2]! : model;
    const columns = u32[(image + MODEL_DIMENSIONS) >>> 2]!;
    const suiting = cold ? popularityColumn(u32[(model + MODEL_DIMENSIONS) >>> 2]!, columns) : columns;
    const seenThrough = cold ? u32[(view + VIEW_COLD) >>> 2]! : view;
    const from = u32[(model + MODEL_TRAINED) >>> 2]!;
    exploreLast(views, { image, columns, suiting, view: seenThrough, lane, from }, scored, length);
  }

  return (task) => {
    views = viewsOf(memory, views);
    const { u32 } = views;
    const strangers = fill(task);
    // A thread that is busy, or asleep in its ring, does not come to its event loop for long: without this it would read old
    // histories for ever, and keep the pages of its snapshot from being used again.
    state.resetRead();
    const { model, view, policy, count } = task;
    const batch = { model, view, slab, slabIndex, count, k: policy.candidates };
    scoreBatch(kernel, views, batch);
    if (strangers.length > 0) scoreStrangers(kernel, views, batch, strangers);
    for (let i = 0; i < count; i++) {
      const status = u32[(laneAddress(slab, i) + LANE_STATUS) >>> 2];
      if (status === STATUS_PERSONAL || status === STATUS_COLD) rank(task, i, status === STATUS_COLD);
    }
  };
}

/** What a policy chooses among, in place: the front of it is the final list. */
function candidatesOf({ u32, f32 }: Views, lane: number): Candidates {
  const rows = (lane + LANE_TOP_ROWS) >>> 2;
  const scores = (lane + LANE_TOP_SCORES) >>> 2;
  return { count: 0, rows: u32.subarray(rows, rows + TOP_MAX), scores: f32.subarray(scores, scores + TOP_MAX) };
}
