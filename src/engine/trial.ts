/** Tries a freshly written image: a few made-up users through the kernels, compared bit by bit with the plain loops. */

import {
  LANE_HISTORY,
  LANE_HISTORY_COUNT,
  LANE_SEEN_COUNT,
  LANE_STATUS,
  LANE_TOP_COUNT,
  LANE_TOP_ROWS,
  LANE_TOP_SCORES,
  LANE_VECTOR,
  LANE_WEIGHTS,
  MODEL_POSITION_OF,
  MODEL_RECENCY,
  STATUS_PERSONAL,
  STATUS_WAITING,
} from '../../assembly/layout.js';
import { random } from '../core/random.js';
import { recencyFactor } from '../dataset/weight.js';
import { recencyOf, type Model } from '../registry/model.js';
import { laneAddress, scoreBatch } from './batch.js';
import { LIST_LENGTH } from './policy.js';
import type { Workbench } from './protocol.js';
import { referenceSum, referenceTopK } from './reference.js';
import { viewsOf } from './views.js';
import { servingKernel } from './wasm.js';

/** Three: the pair kernel and the single one both run. */
const USERS = 3;
const HISTORY = 5;

/** What differs, in words, or undefined. `allowed` and `bias` are by row. */
export function tryOut(
  { memory, slab, slabIndex }: Workbench,
  model: Model,
  image: number,
  view: number,
  allowed: Uint8Array,
  bias: Float32Array,
): string | undefined {
  const items = model.filmIds.length;
  if (items === 0) return undefined;
  const views = viewsOf(memory);
  const { u32, f32 } = views;
  const positionOf = u32[(image + MODEL_POSITION_OF) >>> 2]! >>> 2;
  const factors = u32[(image + MODEL_RECENCY) >>> 2]! >>> 2;
  const { integer } = random(items);
  const histories = Array.from({ length: USERS }, () => Int32Array.from({ length: HISTORY }, () => integer(items)));
  for (const [user, rows] of histories.entries()) {
    const lane = laneAddress(slab, user);
    for (const [h, row] of rows.entries()) {
      u32[((lane + LANE_HISTORY) >>> 2) + h] = u32[positionOf + row]!;
      f32[((lane + LANE_WEIGHTS) >>> 2) + h] = factors === 0 ? 1 : f32[factors + h]!;
    }
    u32[(lane + LANE_HISTORY_COUNT) >>> 2] = HISTORY;
    u32[(lane + LANE_SEEN_COUNT) >>> 2] = 0;
    u32[(lane + LANE_STATUS) >>> 2] = STATUS_WAITING;
  }
  scoreBatch(servingKernel(memory), views, { model: image, view, slab, slabIndex, count: USERS, k: LIST_LENGTH });

  const exponent = recencyOf(model.encoder);
  const weights = Float32Array.from({ length: HISTORY }, (_, newer) => recencyFactor(newer, exponent));
  for (const [user, rows] of histories.entries()) {
    const lane = laneAddress(slab, user);
    if (u32[(lane + LANE_STATUS) >>> 2] !== STATUS_PERSONAL) return 'a user vector has no finite scores';
    const vector = f32.slice((lane + LANE_VECTOR) >>> 2, ((lane + LANE_VECTOR) >>> 2) + model.dimensions);
    if (model.gain !== undefined) {
      const sum = referenceSum(model.items, model.dimensions, model.gain, rows, weights);
      const place = sum.findIndex((value, i) => value !== vector[i]);
      if (place >= 0) return `dimension ${place} of a user vector is ${vector[place]}, not ${sum[place]}`;
    }
    const best = referenceTopK({
      vector,
      items: model.items,
      d: model.dimensions,
      ...(bias.some((value) => value !== 0) ? { bias } : {}),
      allowed: (row) => allowed[row] === 1,
      k: LIST_LENGTH,
    });
    const count = u32[(lane + LANE_TOP_COUNT) >>> 2]!;
    if (count !== best.length) return `${count} films instead of ${best.length}`;
    for (const [i, { row, score }] of best.entries()) {
      const gotRow = u32[((lane + LANE_TOP_ROWS) >>> 2) + i]!;
      const gotScore = f32[((lane + LANE_TOP_SCORES) >>> 2) + i]!;
      if (gotRow !== row || gotScore !== score)
        return `rank ${i + 1} is row ${gotRow} (${gotScore}), not ${row} (${score})`;
    }
  }
  return undefined;
}
