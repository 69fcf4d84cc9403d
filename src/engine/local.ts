/** The engine on the calling thread, for one model: evaluation, explanations and tests use the production kernels through it. */

import {
  HISTORY_MAX,
  LANE_HISTORY,
  LANE_HISTORY_COUNT,
  LANE_SEEN,
  LANE_SEEN_COUNT,
  LANE_STATUS,
  LANE_TOP_COUNT,
  LANE_TOP_ROWS,
  LANE_TOP_SCORES,
  LANE_VECTOR,
  LANE_WEIGHTS,
  LANES,
  MODEL_RECENCY,
  SEEN_MAX,
  SLAB_BYTES,
  STATUS_COLD,
  STATUS_NO_HISTORY,
  STATUS_PERSONAL,
  STATUS_WAITING,
  VIEW_COLD,
} from '../../assembly/layout.js';
import assert from 'node:assert/strict';
import { succeed, type Result } from '../core/errors.js';
import type { Model } from '../registry/model.js';
import { createArena } from './arena.js';
import { laneAddress, scoreBatch, type Batch } from './batch.js';
import { coldRowsOf, linkCold, servedColdColumns } from './cold-image.js';
import { shapeOfModel, writeImage } from './image.js';
import { planResidence } from './residence.js';
import { scoreStrangers, type Stranger } from './strangers.js';
import { writeView } from './view.js';
import { viewsOf } from './views.js';
import { servingKernel } from './wasm.js';

/** All by model row. */
export interface Query {
  /** What the user vector is computed from, newest last: only the newest 512 count. */
  readonly rows: Int32Array;
  /** One weight for each of `rows`, before that of its age; what weighs 0 or less makes no part of the vector. */
  readonly weights: Float32Array;
  /** Never answered; at most 4,096. */
  readonly seen: Int32Array;
}

/** Best first; empty when the query has no vector. */
export interface Scored {
  readonly rows: Int32Array;
  readonly scores: Float32Array;
}

export interface LocalEngine {
  readonly model: Model;
  /** k ≤ 100. */
  topK(queries: readonly Query[], k: number): Scored[];
  /** The same for people without a history. The model must have columns for them, and its vectors room for those. */
  topKCold(strangers: readonly Stranger[], k: number): Scored[];
  /** The user vector, d × f32; zeros when the query has none. */
  encode(query: Query): Float32Array;
}

export interface LocalOptions {
  /** Rows that may be answered; all when absent. */
  readonly allowed?: (row: number) => boolean;
}

/** Views are by policy; there is one here, which is none. */
const POLICY = 'none';

/** Errors: memory-full. */
export function createLocalEngine(model: Model, { allowed = () => true }: LocalOptions = {}): Result<LocalEngine> {
  const arena = createArena();
  const { memory } = arena;
  const { cold, dimensions, filmIds } = model;
  const n = filmIds.length;
  const coldColumns = cold === undefined || n === 0 ? 0 : servedColdColumns(dimensions, cold.columns.length / n);
  const shape = { ...shapeOfModel(model), coldColumns, films: 0, slabs: 1 };
  const plan = planResidence(shape, [POLICY]);
  const region = arena.allocate(plan.bytes + SLAB_BYTES);
  if (!region.ok) return region;
  const image = region.value;
  const view = image + plan.viewOffset.get(POLICY)!;
  const slab = image + plan.bytes;
  writeImage(memory, image, plan.image, model, new Int32Array(0));
  const allowedRows = Uint8Array.from(filmIds, (_, row) => (allowed(row) ? 1 : 0));
  writeView(memory, view, plan.view, image, allowedRows, model.bias ?? new Float32Array(n));
  if (plan.cold !== undefined) {
    const coldImage = image + plan.cold.offset;
    const coldView = image + plan.cold.viewOffset.get(POLICY)!;
    const rows = coldRowsOf(model, cold!.columns);
    writeImage(memory, coldImage, plan.cold.image, rows.model, new Int32Array(0));
    writeView(memory, coldView, plan.cold.view, coldImage, allowedRows, new Float32Array(n));
    linkCold(memory, image, coldImage, rows.scale, cold!.weights);
    new DataView(memory.buffer, view).setUint32(VIEW_COLD, coldView, true);
  }
  const kernel = servingKernel(arena.memory);
  const { u32, i32, f32 } = viewsOf(arena.memory);
  const positionOf = u32.subarray((image + plan.image.offset.positionOf) >>> 2);

  const factors = u32[(image + MODEL_RECENCY) >>> 2]! >>> 2;

  function fill(lane: number, query: Query): void {
    let count = 0;
    for (let h = query.rows.length - 1; h >= 0 && count < HISTORY_MAX; h--) {
      if (!(query.weights[h]! > 0)) continue;
      u32[((lane + LANE_HISTORY) >>> 2) + count] = positionOf[query.rows[h]!]!;
      const factor = factors === 0 ? 1 : f32[factors + count]!;
      f32[((lane + LANE_WEIGHTS) >>> 2) + count++] = query.weights[h]! * factor;
    }
    const seen = Math.min(query.seen.length, SEEN_MAX);
    for (let s = 0; s < seen; s++) u32[((lane + LANE_SEEN) >>> 2) + s] = positionOf[query.seen[s]!]!;
    u32[(lane + LANE_HISTORY_COUNT) >>> 2] = count;
    u32[(lane + LANE_SEEN_COUNT) >>> 2] = seen;
    const needsHistory = model.encoder.type !== 'constant';
    u32[(lane + LANE_STATUS) >>> 2] = needsHistory && count === 0 ? STATUS_NO_HISTORY : STATUS_WAITING;
  }

  function read(lane: number): Scored {
    const status = u32[(lane + LANE_STATUS) >>> 2];
    const scored = status === STATUS_PERSONAL || status === STATUS_COLD;
    const count = scored ? u32[(lane + LANE_TOP_COUNT) >>> 2]! : 0;
    const rows = (lane + LANE_TOP_ROWS) >>> 2;
    const scores = (lane + LANE_TOP_SCORES) >>> 2;
    return {
      rows: Int32Array.from(i32.subarray(rows, rows + count)),
      scores: Float32Array.from(f32.subarray(scores, scores + count)),
    };
  }

  const batch = (count: number, k: number): Batch => ({ model: image, view, slab, slabIndex: 0, count, k });
  const score = (queries: readonly Query[], k: number): void => {
    for (const [i, query] of queries.entries()) fill(laneAddress(slab, i), query);
    scoreBatch(kernel, viewsOf(memory), batch(queries.length, k));
  };

  /** Answers as many at a time as there are lanes. */
  function inBatches<Asked>(asked: readonly Asked[], answer: (some: readonly Asked[]) => void): Scored[] {
    const answers: Scored[] = [];
    for (let start = 0; start < asked.length; start += LANES) {
      const some = asked.slice(start, start + LANES);
      answer(some);
      for (const i of some.keys()) answers.push(read(laneAddress(slab, i)));
    }
    return answers;
  }

  return succeed({
    model,
    topK: (queries, k) => inBatches(queries, (some) => score(some, k)),
    topKCold(strangers, k) {
      assert(plan.cold !== undefined, 'the model has no columns for strangers, or too many');
      return inBatches(strangers, (some) =>
        scoreStrangers(kernel, viewsOf(memory), batch(some.length, k), [...some.entries()]),
      );
    },
    encode(query) {
      score([query], 1);
      const lane = laneAddress(slab, 0);
      if (u32[(lane + LANE_STATUS) >>> 2] === STATUS_NO_HISTORY) return new Float32Array(model.dimensions);
      const at = (lane + LANE_VECTOR) >>> 2;
      return Float32Array.from(f32.subarray(at, at + model.dimensions));
    },
  });
}
