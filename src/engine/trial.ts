/** Tries freshly written images: a few made-up users through the kernels, compared bit by bit with the plain loops. */

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
  STATUS_COLD,
  STATUS_PERSONAL,
  STATUS_WAITING,
} from '../../assembly/layout.js';
import { random } from '../core/random.js';
import { recencyFactor } from '../dataset/weight.js';
import { recencyOf, type Model } from '../registry/model.js';
import { genreNames } from '../text/genre-words.js';
import { laneAddress, scoreBatch, type Batch } from './batch.js';
import { LIST_LENGTH } from './policy.js';
import type { Workbench } from './protocol.js';
import { referenceSum, referenceTopK } from './reference.js';
import { scoreStrangers, type Stranger } from './strangers.js';
import { viewsOf, type Views } from './views.js';
import { servingKernel } from './wasm.js';

/** Addresses of an image and of a policy's view of it, and what the view holds, by row. */
export interface Looked {
  readonly image: number;
  readonly view: number;
  readonly allowed: Uint8Array;
  readonly bias: Float32Array;
}

/** Three: the pair kernel and the single one both run. */
const USERS = 3;
const HISTORY = 5;
const NAMED = 2;

/** What differs, in words, or undefined. */
export function tryOut(bench: Workbench, model: Model, looked: Looked): string | undefined {
  const items = model.filmIds.length;
  if (items === 0) return undefined;
  const { image } = looked;
  const views = viewsOf(bench.memory);
  const { u32, f32 } = views;
  const positionOf = u32[(image + MODEL_POSITION_OF) >>> 2]! >>> 2;
  const factors = u32[(image + MODEL_RECENCY) >>> 2]! >>> 2;
  const { integer } = random(items);
  const histories = Array.from({ length: USERS }, () => Int32Array.from({ length: HISTORY }, () => integer(items)));
  for (const [user, rows] of histories.entries()) {
    const lane = laneAddress(bench.slab, user);
    for (const [h, row] of rows.entries()) {
      u32[((lane + LANE_HISTORY) >>> 2) + h] = u32[positionOf + row]!;
      f32[((lane + LANE_WEIGHTS) >>> 2) + h] = factors === 0 ? 1 : f32[factors + h]!;
    }
    u32[(lane + LANE_HISTORY_COUNT) >>> 2] = HISTORY;
    u32[(lane + LANE_SEEN_COUNT) >>> 2] = 0;
    u32[(lane + LANE_STATUS) >>> 2] = STATUS_WAITING;
  }
  scoreBatch(servingKernel(bench.memory), views, batchOf(bench, looked));

  const exponent = recencyOf(model.encoder);
  const weights = Float32Array.from({ length: HISTORY }, (_, newer) => recencyFactor(newer, exponent));
  for (const [user, rows] of histories.entries()) {
    const lane = laneAddress(bench.slab, user);
    if (u32[(lane + LANE_STATUS) >>> 2] !== STATUS_PERSONAL) return 'a user vector has no finite scores';
    const vector = vectorIn(views, lane, model);
    if (model.gain !== undefined) {
      const sum = referenceSum(model.items, model.dimensions, model.gain, rows, weights);
      const place = sum.findIndex((value, i) => value !== vector[i]);
      if (place >= 0) return `dimension ${place} of a user vector is ${vector[place]}, not ${sum[place]}`;
    }
    const difference = compareList(views, lane, model, looked, []);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/**
 * The same for the image that strangers are scored with.
 * @param model what stands in that image
 * @param own the model's own image, and the same policy's view of it
 */
export function tryOutStrangers(bench: Workbench, model: Model, own: Looked, looked: Looked): string | undefined {
  const views = viewsOf(bench.memory);
  const { integer } = random(model.dimensions);
  const strangers = Array.from({ length: USERS }, (_, user): readonly [number, Stranger] => {
    const likedRows = Array.from({ length: NAMED }, () => integer(own.allowed.length));
    const said = { genres: [[integer(genreNames.length), 1]], era: null, popular: null, age: 30, gender: 'F' } as const;
    return [user, { taste: { likedRows, ...said }, seen: likedRows }];
  });
  scoreStrangers(servingKernel(bench.memory), views, batchOf(bench, own), strangers);
  for (const [user, { seen }] of strangers) {
    const lane = laneAddress(bench.slab, user);
    if (views.u32[(lane + LANE_STATUS) >>> 2] !== STATUS_COLD) return "a stranger's vector has no finite scores";
    const difference = compareList(views, lane, model, looked, seen);
    if (difference !== undefined) return `for a stranger, ${difference}`;
  }
  return undefined;
}

const batchOf = ({ slab, slabIndex }: Workbench, { image, view }: Looked): Batch => ({
  ...{ model: image, view, slab, slabIndex },
  ...{ count: USERS, k: LIST_LENGTH },
});

const vectorIn = ({ f32 }: Views, lane: number, { dimensions }: Model): Float32Array =>
  f32.slice((lane + LANE_VECTOR) >>> 2, ((lane + LANE_VECTOR) >>> 2) + dimensions);

/** The list in a lane against that of the plain loop for the same vector. */
function compareList(
  views: Views,
  lane: number,
  model: Model,
  { allowed, bias }: Looked,
  seen: readonly number[],
): string | undefined {
  const { u32, f32 } = views;
  const best = referenceTopK({
    vector: vectorIn(views, lane, model),
    items: model.items,
    d: model.dimensions,
    ...(bias.some((value) => value !== 0) ? { bias } : {}),
    allowed: (row) => allowed[row] === 1 && !seen.includes(row),
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
  return undefined;
}
