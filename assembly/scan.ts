/**
 * Exact top-k of (user vector · item + bias) for a batch of users.
 *
 *   1. Items stand sorted by norm and cut into tiles; a tile has its own int16 scale, largest norm and largest rounding error.
 *   2. A user skips a tile when |x|·|q| + bias cannot reach the user's threshold (Cauchy–Schwarz).
 *   3. Otherwise the quantised dot products of 16 items at a time (lanes of the vector are items) are compared with the
 *      threshold less the error bound: |exact − quantised| ≤ E (see `enterTile`).
 *   4. The rare hits become candidates with an interval and raise the threshold (candidates.ts).
 *   5. At the end exact scores in the one stated order (exact.ts) decide among the candidates.
 *
 * Steps 2 and 3 only choose candidates with a proven bound, so the answer is the same bits as that of a plain loop.
 */

import { addCandidate, decide } from './candidates';
import {
  BLOCK,
  DIMENSIONS_MAX,
  LANE_DOTS,
  LANE_ERROR,
  LANE_NORM,
  LANE_QUANTISED,
  LANE_SCALE,
  LANE_SCALE_FLOAT,
  LANE_SCALE_INVERSE,
  LANE_SIZE,
  LANE_STEP,
  LANE_STEP_ERROR,
  LANE_STEP_NORM,
  LANE_THRESHOLD,
  LANE_THRESHOLD_FLOAT,
  LANE_THRESHOLD_INTEGER,
  MODEL_BLOCKS,
  MODEL_PAIRS,
  MODEL_QUANTISED,
  MODEL_TILES,
  MODEL_TILE_TABLE,
  SLAB_ACTIVE,
  SLAB_LANES,
  TILE_BLOCK_COUNT,
  TILE_BYTES,
  TILE_ERROR_MAX,
  TILE_FIRST_BLOCK,
  TILE_NORM_MAX,
  TILE_SCALE,
  VIEW_BIAS,
  VIEW_MASK,
  VIEW_TILE_BIAS,
} from './layout';
import { markSeen } from './seen';

/** Unit roundoff of f32. */
const ROUNDOFF: f64 = 5.9604644775390625e-8;
/** Room for what f64 arithmetic on norms and bounds itself loses. */
const INFLATE: f64 = 1.000000001;
/** Products below the normal range of f32 lose at most this much in one score of up to 256 dimensions. */
const UNDERFLOW: f64 = 1e-35;

/**
 * Scans for the `count` lanes whose addresses stand at SLAB_LANES. `seen` is the address of the first of 64 bitmaps; a lane's
 * bitmap is found by its number in the list. k ≤ 100.
 */
export function scan(model: usize, view: usize, slab: usize, seen: usize, count: u32, k: u32): void {
  const lanes = slab + SLAB_LANES;
  const active = slab + SLAB_ACTIVE;
  const bitmapBytes: usize = load<u32>(model, MODEL_BLOCKS) << 1;
  const tiles = load<u32>(model, MODEL_TILES);
  const table: usize = load<u32>(model, MODEL_TILE_TABLE);
  for (let i: u32 = 0; i < count; i++) markSeen(model, load<u32>(lanes + (i << 2)), seen + i * bitmapBytes, true);

  for (let t: u32 = 0; t < tiles; t++) {
    const tile = table + t * TILE_BYTES;
    let entered: u32 = 0;
    for (let i: u32 = 0; i < count; i++) {
      if (!enterTile(view, tile, t, load<u32>(lanes + (i << 2)))) continue;
      store<u32>(active + (entered << 2), i);
      entered++;
    }
    let i: u32 = 0;
    for (; i + 1 < entered; i += 2) {
      scanPair(model, view, tile, lanes, seen, load<u32>(active + (i << 2)), load<u32>(active + ((i + 1) << 2)), k);
    }
    if (i < entered) scanOne(model, view, tile, lanes, seen, load<u32>(active + (i << 2)), k);
  }

  const bias: usize = load<u32>(view, VIEW_BIAS);
  for (let i: u32 = 0; i < count; i++) {
    const lane: usize = load<u32>(lanes + (i << 2));
    decide(model, bias, lane, k);
    markSeen(model, lane, seen + i * bitmapBytes, false);
  }
}

/**
 * Works out what the lane needs to know in this tile; returns false when no item in it can matter.
 *
 * With x = x̂ + e_x and q = q̂ + e_q (hats: the quantised values): x·q − x̂·q̂ = e_x·q + x̂·e_q, at most |e_x||q| + |x̂||e_q|.
 * The f32 sum of d products and a bias is off by at most γ(|x||q| + |bias|), γ = (d + 2)u / (1 − (d + 2)u) (Higham 2002, §3.1).
 */
function enterTile(view: usize, tile: usize, t: u32, lane: usize): bool {
  const bias = load<u32>(view, VIEW_BIAS) != 0;
  const biases: usize = load<u32>(view, VIEW_TILE_BIAS) + (t << 4);
  const biasMax = bias ? load<f64>(biases) : 0;
  const biasMagnitude = bias ? load<f64>(biases, 8) : 0;
  const reach = load<f64>(lane, LANE_NORM) * load<f64>(tile, TILE_NORM_MAX) * INFLATE;
  const size = reach + biasMagnitude;
  const rounding = size * (<f64>(DIMENSIONS_MAX + 4) * ROUNDOFF) + UNDERFLOW;
  const threshold = load<f64>(lane, LANE_THRESHOLD);
  if (reach + biasMax + rounding < threshold) return false;

  const quantising =
    load<f64>(lane, LANE_STEP_ERROR) * load<f64>(tile, TILE_NORM_MAX) +
    load<f64>(lane, LANE_STEP_NORM) * load<f64>(tile, TILE_ERROR_MAX);
  const error = quantising * INFLATE + rounding;
  const scale = load<f64>(lane, LANE_STEP) * load<f64>(tile, TILE_SCALE);
  store<f64>(lane, error, LANE_ERROR);
  store<f64>(lane, scale, LANE_SCALE);
  store<f64>(lane, scale > 0 ? 1 / scale : 0, LANE_SCALE_INVERSE);
  store<f64>(lane, size, LANE_SIZE);
  store<f32>(lane, <f32>scale, LANE_SCALE_FLOAT);
  storeThresholds(lane);
  return true;
}

/** The comparison that the inner loop makes, for integers and (with a bias) for f32, each on the safe side of its rounding. */
// @ts-ignore: decorator
@inline
function storeThresholds(lane: usize): void {
  const scale = load<f64>(lane, LANE_SCALE);
  const needed = load<f64>(lane, LANE_THRESHOLD) - load<f64>(lane, LANE_ERROR);
  // Two steps lower covers both roundings. Without a scale every quantised score is 0: all reach the threshold, or none.
  const steps =
    scale > 0 ? needed * load<f64>(lane, LANE_SCALE_INVERSE) - 2 : needed <= 0 ? <f64>i32.MIN_VALUE : <f64>i32.MAX_VALUE;
  store<i32>(lane, <i32>min(max(steps, <f64>i32.MIN_VALUE), <f64>i32.MAX_VALUE), LANE_THRESHOLD_INTEGER);
  const slack = (load<f64>(lane, LANE_SIZE) + abs(needed)) * 8 * ROUNDOFF + UNDERFLOW;
  store<f32>(lane, <f32>(needed == -Infinity ? needed : needed - slack), LANE_THRESHOLD_FLOAT);
}

/** Bits of the 16 items whose quantised score reaches the lane's threshold. */
// @ts-ignore: decorator
@inline
function reached(lane: usize, biases: usize, a: v128, b: v128, c: v128, d: v128): u32 {
  if (biases == 0) {
    const threshold = v128.load32_splat(lane, LANE_THRESHOLD_INTEGER);
    const ra = i32x4.ge_s(a, threshold);
    const rb = i32x4.ge_s(b, threshold);
    const rc = i32x4.ge_s(c, threshold);
    const rd = i32x4.ge_s(d, threshold);
    if (!v128.any_true(v128.or(v128.or(ra, rb), v128.or(rc, rd)))) return 0;
    return i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(ra, rb), i16x8.narrow_i32x4_s(rc, rd)));
  }
  const threshold = v128.load32_splat(lane, LANE_THRESHOLD_FLOAT);
  const scale = v128.load32_splat(lane, LANE_SCALE_FLOAT);
  const ra = f32x4.ge(f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(a), scale), v128.load(biases)), threshold);
  const rb = f32x4.ge(f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(b), scale), v128.load(biases, 16)), threshold);
  const rc = f32x4.ge(f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(c), scale), v128.load(biases, 32)), threshold);
  const rd = f32x4.ge(f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(d), scale), v128.load(biases, 48)), threshold);
  if (!v128.any_true(v128.or(v128.or(ra, rb), v128.or(rc, rd)))) return 0;
  return i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(ra, rb), i16x8.narrow_i32x4_s(rc, rd)));
}

/** Turns the hits of one block into candidates. */
function collect(model: usize, bias: usize, lane: usize, block: u32, hits: u32, k: u32): void {
  const scale = load<f64>(lane, LANE_SCALE);
  const error = load<f64>(lane, LANE_ERROR);
  const before = load<f64>(lane, LANE_THRESHOLD);
  for (; hits != 0; hits &= hits - 1) {
    const item = ctz(hits);
    const position = block * BLOCK + item;
    let score = <f64>load<i32>(lane + LANE_DOTS + (item << 2)) * scale;
    if (bias != 0) score += <f64>load<f32>(bias + (position << 2));
    // An earlier hit of this block may have raised the threshold.
    if (score + error < load<f64>(lane, LANE_THRESHOLD)) continue;
    addCandidate(model, bias, lane, k, position, score - error, score + error);
  }
  // A higher threshold spares hits in the rest of the tile.
  if (load<f64>(lane, LANE_THRESHOLD) > before) storeThresholds(lane);
}

/** What reaches the threshold among the 16 items of a block becomes candidates, unless it is masked or seen. */
// @ts-ignore: decorator
@inline
function take(
  model: usize,
  view: usize,
  bitmap: usize,
  lane: usize,
  block: u32,
  k: u32,
  a: v128,
  b: v128,
  c: v128,
  d: v128,
): void {
  const bias: usize = load<u32>(view, VIEW_BIAS);
  let hits = reached(lane, bias == 0 ? 0 : bias + (block << 6), a, b, c, d);
  if (hits == 0) return;
  const mask: usize = load<u32>(view, VIEW_MASK);
  hits &= load<u16>(mask + (block << 1)) & ~(<u32>load<u16>(bitmap + (block << 1)));
  if (hits == 0) return;
  v128.store(lane, a, LANE_DOTS);
  v128.store(lane, b, LANE_DOTS + 16);
  v128.store(lane, c, LANE_DOTS + 32);
  v128.store(lane, d, LANE_DOTS + 48);
  collect(model, bias, lane, block, hits, k);
}

/** Two users and one block at a time: what is loaded of the items serves both. */
function scanPair(
  model: usize,
  view: usize,
  tile: usize,
  lanes: usize,
  seen: usize,
  first: u32,
  second: u32,
  k: u32,
): void {
  const pairs = load<u32>(model, MODEL_PAIRS);
  const bitmapBytes: usize = load<u32>(model, MODEL_BLOCKS) << 1;
  const laneA: usize = load<u32>(lanes + (first << 2));
  const laneB: usize = load<u32>(lanes + (second << 2));
  const seenA = seen + first * bitmapBytes;
  const seenB = seen + second * bitmapBytes;
  const from = load<u32>(tile, TILE_FIRST_BLOCK);
  const to = from + load<u32>(tile, TILE_BLOCK_COUNT);
  const end: usize = pairs << 2;
  let items: usize = load<u32>(model, MODEL_QUANTISED) + from * (pairs << 6);

  for (let block = from; block < to; block++) {
    let a0 = i32x4.splat(0);
    let a1 = i32x4.splat(0);
    let a2 = i32x4.splat(0);
    let a3 = i32x4.splat(0);
    let b0 = i32x4.splat(0);
    let b1 = i32x4.splat(0);
    let b2 = i32x4.splat(0);
    let b3 = i32x4.splat(0);
    for (let pair: usize = 0; pair < end; pair += 4) {
      const a = v128.load32_splat(laneA + pair, LANE_QUANTISED);
      const b = v128.load32_splat(laneB + pair, LANE_QUANTISED);
      const q0 = v128.load(items);
      const q1 = v128.load(items, 16);
      const q2 = v128.load(items, 32);
      const q3 = v128.load(items, 48);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(q0, a));
      b0 = i32x4.add(b0, i32x4.dot_i16x8_s(q0, b));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(q1, a));
      b1 = i32x4.add(b1, i32x4.dot_i16x8_s(q1, b));
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(q2, a));
      b2 = i32x4.add(b2, i32x4.dot_i16x8_s(q2, b));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(q3, a));
      b3 = i32x4.add(b3, i32x4.dot_i16x8_s(q3, b));
      items += 64;
    }
    take(model, view, seenA, laneA, block, k, a0, a1, a2, a3);
    take(model, view, seenB, laneB, block, k, b0, b1, b2, b3);
  }
}

/** One user and one block at a time, two pairs of dimensions a turn (there is an even number): all that the registers hold. */
function scanOne(model: usize, view: usize, tile: usize, lanes: usize, seen: usize, number: u32, k: u32): void {
  const pairs = load<u32>(model, MODEL_PAIRS);
  const lane: usize = load<u32>(lanes + (number << 2));
  const bitmap = seen + number * <usize>(load<u32>(model, MODEL_BLOCKS) << 1);
  const from = load<u32>(tile, TILE_FIRST_BLOCK);
  const to = from + load<u32>(tile, TILE_BLOCK_COUNT);
  const end: usize = pairs << 2;
  let items: usize = load<u32>(model, MODEL_QUANTISED) + from * (pairs << 6);

  for (let block = from; block < to; block++) {
    let s0 = i32x4.splat(0);
    let s1 = i32x4.splat(0);
    let s2 = i32x4.splat(0);
    let s3 = i32x4.splat(0);
    for (let pair: usize = 0; pair < end; pair += 8) {
      const x = v128.load32_splat(lane + pair, LANE_QUANTISED);
      const y = v128.load32_splat(lane + pair, LANE_QUANTISED + 4);
      s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load(items), x));
      s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load(items, 16), x));
      s2 = i32x4.add(s2, i32x4.dot_i16x8_s(v128.load(items, 32), x));
      s3 = i32x4.add(s3, i32x4.dot_i16x8_s(v128.load(items, 48), x));
      s0 = i32x4.add(s0, i32x4.dot_i16x8_s(v128.load(items, 64), y));
      s1 = i32x4.add(s1, i32x4.dot_i16x8_s(v128.load(items, 80), y));
      s2 = i32x4.add(s2, i32x4.dot_i16x8_s(v128.load(items, 96), y));
      s3 = i32x4.add(s3, i32x4.dot_i16x8_s(v128.load(items, 112), y));
      items += 128;
    }
    take(model, view, bitmap, lane, block, k, s0, s1, s2, s3);
  }
}
