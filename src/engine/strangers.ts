/**
 * The second rung: a vector from what people say of themselves, and the scan of the image that has columns for it.
 *
 *     x = ( the model's own encoder over the films they name | what their words weigh, cold/cold-vector.ts )
 */

import {
  LANE_HISTORY,
  LANE_HISTORY_COUNT,
  LANE_SEEN,
  LANE_SEEN_COUNT,
  LANE_STATUS,
  LANE_VECTOR,
  LANE_WEIGHTS,
  MODEL_COLD,
  MODEL_COLD_SCALE,
  MODEL_DIMENSIONS,
  MODEL_POSITION_OF,
  MODEL_RECENCY,
  MODEL_ROWS,
  MODEL_STRIDE,
  SLAB_LANES,
  STATUS_COLD,
  STATUS_UNSOLVED,
  VIEW_COLD,
} from '../../assembly/layout.js';
import { fillColdColumns, type Taste } from '../cold/cold-vector.js';
import type { ColdColumns } from '../cold/columns.js';
import type { ColdWeights } from '../registry/model.js';
import { encodeLane, laneAddress, scanLanes, type Batch } from './batch.js';
import { coldWeightsAt, columnsBehind } from './cold-image.js';
import type { Views } from './views.js';
import type { ServingKernel } from './wasm.js';

/** Films are rows of the model. */
export interface Stranger {
  readonly taste: Taste;
  /** Never answered, at most 4,096: the films they name, for good or ill, and those they met. */
  readonly seen: readonly number[];
}

/** What the vectors of one batch are made with. */
interface Tools {
  /** Address of the model's own image. */
  readonly model: number;
  readonly slab: number;
  /** Address of the image for strangers. */
  readonly image: number;
  readonly columns: ColdColumns;
  /** What they are multiplied by in that image. */
  readonly scale: number;
  readonly weights: ColdWeights;
}

/**
 * Answers the strangers in their lanes: leaves STATUS_COLD or STATUS_UNSOLVED there. The model must have an image for them.
 * @param strangers by number of the lane
 */
export function scoreStrangers(
  kernel: ServingKernel,
  views: Views,
  batch: Batch,
  strangers: readonly (readonly [lane: number, stranger: Stranger])[],
): void {
  const { model, view, slab } = batch;
  const { u32, f64 } = views;
  const image = u32[(model + MODEL_COLD) >>> 2]!;
  const columns = columnsBehind(u32[(model + MODEL_DIMENSIONS) >>> 2]!, u32[(image + MODEL_DIMENSIONS) >>> 2]!);
  const scale = f64[(model + MODEL_COLD_SCALE) >>> 3]!;
  const tools = { model, slab, image, columns, scale, weights: coldWeightsAt(views, model) };
  let scanned = 0;
  for (const [i, stranger] of strangers) {
    const lane = laneAddress(slab, i);
    fillNamed(views, tools, lane, stranger);
    const solved = makeVector(kernel, views, tools, lane, stranger.taste) && kernel.prepareQuery(image, lane) !== 0;
    u32[(lane + LANE_STATUS) >>> 2] = solved ? STATUS_COLD : STATUS_UNSOLVED;
    if (solved) u32[((slab + SLAB_LANES) >>> 2) + scanned++] = lane;
  }
  scanLanes(kernel, views, { ...batch, model: image, view: u32[(view + VIEW_COLD) >>> 2]! }, scanned);
}

/** The liked films as a history, which the model's own image is asked for; what is not answered, in the other's positions. */
function fillNamed({ u32, f32 }: Views, { model, image }: Tools, lane: number, { taste, seen }: Stranger): void {
  const positionOf = u32[(model + MODEL_POSITION_OF) >>> 2]! >>> 2;
  const factors = u32[(model + MODEL_RECENCY) >>> 2]! >>> 2;
  const count = taste.likedRows.length;
  for (let newer = 0; newer < count; newer++) {
    u32[((lane + LANE_HISTORY) >>> 2) + newer] = u32[positionOf + taste.likedRows[count - 1 - newer]!]!;
    f32[((lane + LANE_WEIGHTS) >>> 2) + newer] = factors === 0 ? 1 : f32[factors + newer]!;
  }
  u32[(lane + LANE_HISTORY_COUNT) >>> 2] = count;
  const coldPositionOf = u32[(image + MODEL_POSITION_OF) >>> 2]! >>> 2;
  for (const [i, row] of seen.entries()) u32[((lane + LANE_SEEN) >>> 2) + i] = u32[coldPositionOf + row]!;
  u32[(lane + LANE_SEEN_COUNT) >>> 2] = seen.length;
}

/** Leaves the vector in the lane. Returns false when the named films have none in numbers that can be used. */
function makeVector(kernel: ServingKernel, views: Views, tools: Tools, lane: number, taste: Taste): boolean {
  const { model, slab, image, columns, scale, weights } = tools;
  const { u32, f32 } = views;
  const d = u32[(model + MODEL_DIMENSIONS) >>> 2]!;
  const stride = u32[(image + MODEL_STRIDE) >>> 2]!;
  const at = (lane + LANE_VECTOR) >>> 2;
  f32.fill(0, at, at + stride);
  if (taste.likedRows.length > 0 && !encodeLane(kernel, views, model, slab, lane)) return false;
  const rows = u32[(image + MODEL_ROWS) >>> 2]! >>> 2;
  const positionOf = u32[(image + MODEL_POSITION_OF) >>> 2]! >>> 2;
  const textOf = (row: number): Float32Array => {
    const start = rows + u32[positionOf + row]! * stride + d;
    return f32.subarray(start + columns.text, start + columns.decades).map((value) => value / scale);
  };
  const behind = f32.subarray(at + d, at + d + columns.count);
  fillColdColumns(behind, columns, weights, taste, textOf);
  for (let k = 0; k < behind.length; k++) behind[k]! /= scale;
  return true;
}
