/** One batch through the kernels: histories that stand in the lanes of a slab become scored candidates. */

import {
  LANE_BYTES,
  LANE_HISTORY_COUNT,
  LANE_LAMBDA,
  LANE_STATUS,
  LANE_WEIGHTS,
  LANES,
  MODEL_ALPHA,
  MODEL_BLOCKS,
  MODEL_ITEMS,
  MODEL_REG,
  MODEL_REG_SCALING,
  MODEL_SEEN,
  MODEL_TRAINED,
  SLAB_LANES,
  STATUS_PERSONAL,
  STATUS_UNSOLVED,
  STATUS_WAITING,
} from '../../assembly/layout.js';
import { lambdaOf } from '../registry/lambda.js';
import type { Views } from './views.js';
import type { ServingKernel } from './wasm.js';

export interface Batch {
  /** Addresses. */
  readonly model: number;
  readonly view: number;
  readonly slab: number;
  /** Which of the image's sets of seen-bitmaps is ours: the number of the slab. */
  readonly slabIndex: number;
  /** Lanes 0 … count − 1 hold requests. */
  readonly count: number;
  readonly k: number;
}

export const laneAddress = (slab: number, lane: number): number => slab + lane * LANE_BYTES;

/** Answers every lane whose status is STATUS_WAITING; leaves STATUS_PERSONAL or STATUS_UNSOLVED there. */
export function scoreBatch(kernel: ServingKernel, views: Views, batch: Batch): void {
  const { model, slab, count } = batch;
  const { u32 } = views;
  let scanned = 0;
  for (let i = 0; i < count; i++) {
    const lane = laneAddress(slab, i);
    if (u32[(lane + LANE_STATUS) >>> 2] !== STATUS_WAITING) continue;
    const solved = encodeLane(kernel, views, model, slab, lane) && kernel.prepareQuery(model, lane) !== 0;
    u32[(lane + LANE_STATUS) >>> 2] = solved ? STATUS_PERSONAL : STATUS_UNSOLVED;
    if (solved) u32[((slab + SLAB_LANES) >>> 2) + scanned++] = lane;
  }
  scanLanes(kernel, views, batch, scanned);
}

/** The vector of the history that stands in a lane. Returns false when there is none in numbers that can be used. */
export function encodeLane(kernel: ServingKernel, views: Views, model: number, slab: number, lane: number): boolean {
  const { u32, f32, f64 } = views;
  const trained = u32[(model + MODEL_TRAINED) >>> 2]!;
  const alpha = f64[(model + MODEL_ALPHA) >>> 3]!;
  const reg = f64[(model + MODEL_REG) >>> 3]!;
  const regScaling = f64[(model + MODEL_REG_SCALING) >>> 3]!;
  const weights = (lane + LANE_WEIGHTS) >>> 2;
  const history = u32[(lane + LANE_HISTORY_COUNT) >>> 2]!;
  let weightSum = 0;
  for (let h = 0; h < history; h++) weightSum += f32[weights + h]!;
  f64[(lane + LANE_LAMBDA) >>> 3] = lambdaOf(alpha, reg, regScaling, weightSum, trained);
  return kernel.encode(model, slab, lane) !== 0;
}

/** Finds the best of each of the `scanned` lanes whose addresses stand at SLAB_LANES, with their queries prepared. */
export function scanLanes(kernel: ServingKernel, { u32 }: Views, batch: Batch, scanned: number): void {
  if (scanned === 0) return;
  const { model, view, slab, slabIndex, k } = batch;
  const bitmapBytes = u32[(model + MODEL_BLOCKS) >>> 2]! * 2;
  const seen = u32[(model + MODEL_SEEN) >>> 2]! + slabIndex * LANES * bitmapBytes;
  kernel.scan(model, view, slab, seen, scanned, Math.min(k, u32[(model + MODEL_ITEMS) >>> 2]!));
}
