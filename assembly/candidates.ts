/**
 * The few items of a lane that may still belong to its top k.
 *
 * Each candidate has an interval around its exact score. The k-th best lower end is the threshold: an item whose upper end
 * lies below it has k better ones and is out. Among the candidates left at the end, exact scores decide.
 */

import { exactScores } from './exact';
import {
  CANDIDATES_MAX,
  CANDIDATE_BYTES,
  CANDIDATE_UPPER,
  LANE_CANDIDATES,
  LANE_CANDIDATE_COUNT,
  LANE_LOWER,
  LANE_LOWER_COUNT,
  LANE_THRESHOLD,
  LANE_TOP_COUNT,
  LANE_TOP_ROWS,
  LANE_TOP_SCORES,
  MODEL_ROW_OF,
} from './layout';

// @ts-ignore: decorator
@inline
export function addCandidate(model: usize, bias: usize, lane: usize, k: u32, position: u32, lower: f64, upper: f64): void {
  let count = load<u32>(lane, LANE_CANDIDATE_COUNT);
  if (count == CANDIDATES_MAX) count = makeRoom(model, bias, lane, k);
  const candidate = lane + LANE_CANDIDATES + count * CANDIDATE_BYTES;
  store<u32>(candidate, position);
  store<f64>(candidate, upper, CANDIDATE_UPPER);
  store<u32>(lane, count + 1, LANE_CANDIDATE_COUNT);
  raiseThreshold(lane, k, lower);
}

/** Inserts a lower bound into the descending list of the best k. */
// @ts-ignore: decorator
@inline
function raiseThreshold(lane: usize, k: u32, lower: f64): void {
  let count = load<u32>(lane, LANE_LOWER_COUNT);
  if (count == k) {
    if (lower <= load<f64>(lane, LANE_THRESHOLD)) return;
    count--;
  }
  const bounds = lane + LANE_LOWER;
  let at = count;
  while (at > 0 && load<f64>(bounds + ((at - 1) << 3)) < lower) {
    store<f64>(bounds + (at << 3), load<f64>(bounds + ((at - 1) << 3)));
    at--;
  }
  store<f64>(bounds + (at << 3), lower);
  count++;
  store<u32>(lane, count, LANE_LOWER_COUNT);
  if (count == k) store<f64>(lane, load<f64>(bounds + ((k - 1) << 3)), LANE_THRESHOLD);
}

/** The list is full: drops what the threshold already excludes; when that is too little, lets exact scores decide now. */
function makeRoom(model: usize, bias: usize, lane: usize, k: u32): u32 {
  const candidates = lane + LANE_CANDIDATES;
  const threshold = load<f64>(lane, LANE_THRESHOLD);
  let kept: u32 = 0;
  for (let i: u32 = 0; i < <u32>CANDIDATES_MAX; i++) {
    const from = candidates + i * CANDIDATE_BYTES;
    const upper = load<f64>(from, CANDIDATE_UPPER);
    if (upper < threshold) continue;
    const to = candidates + kept * CANDIDATE_BYTES;
    store<u32>(to, load<u32>(from));
    store<f64>(to, upper, CANDIDATE_UPPER);
    kept++;
  }
  store<u32>(lane, kept, LANE_CANDIDATE_COUNT);
  if (kept <= <u32>CANDIDATES_MAX / 2) return kept;

  // The best k by exact score, ties by row, are all that can remain of these; their intervals shrink to points.
  decide(model, bias, lane, k);
  const count = load<u32>(lane, LANE_TOP_COUNT);
  for (let i: u32 = 0; i < count; i++) {
    const score = <f64>load<f32>(lane + LANE_TOP_SCORES + (i << 2));
    store<f64>(candidates + i * CANDIDATE_BYTES, score, CANDIDATE_UPPER);
    store<f64>(lane + LANE_LOWER + (i << 3), score);
  }
  store<u32>(lane, count, LANE_CANDIDATE_COUNT);
  store<u32>(lane, count, LANE_LOWER_COUNT);
  if (count == k) store<f64>(lane, load<f64>(lane + LANE_LOWER + ((k - 1) << 3)), LANE_THRESHOLD);
  return count;
}

/**
 * Scores the candidates exactly and writes the best k, ties to the lower row, into the lane's answer. The positions of the
 * answer replace the candidates from the front: no more have been written than read.
 */
export function decide(model: usize, bias: usize, lane: usize, k: u32): void {
  const candidates = lane + LANE_CANDIDATES;
  const end = candidates + load<u32>(lane, LANE_CANDIDATE_COUNT) * CANDIDATE_BYTES;
  const threshold = load<f64>(lane, LANE_THRESHOLD);
  store<u32>(lane, 0, LANE_TOP_COUNT);
  let candidate = candidates;
  while (candidate < end) {
    // Four at a time; where fewer are left, the first stands in for the others.
    let a: u32 = 0;
    let b: u32 = 0;
    let c: u32 = 0;
    let d: u32 = 0;
    let count: u32 = 0;
    for (; candidate < end && count < 4; candidate += CANDIDATE_BYTES) {
      if (load<f64>(candidate, CANDIDATE_UPPER) < threshold) continue;
      d = load<u32>(candidate);
      if (count == 0) a = b = c = d;
      else if (count == 1) b = d;
      else if (count == 2) c = d;
      count++;
    }
    if (count == 0) return;
    const scores = exactScores(model, bias, lane, a, b, c, d);
    insert(model, lane, k, a, f32x4.extract_lane(scores, 0));
    if (count > 1) insert(model, lane, k, b, f32x4.extract_lane(scores, 1));
    if (count > 2) insert(model, lane, k, c, f32x4.extract_lane(scores, 2));
    if (count > 3) insert(model, lane, k, d, f32x4.extract_lane(scores, 3));
  }
}

/** Puts an item into the answer, when it is among the best k so far. */
function insert(model: usize, lane: usize, k: u32, position: u32, score: f32): void {
  const candidates = lane + LANE_CANDIDATES;
  const rows = lane + LANE_TOP_ROWS;
  const scores = lane + LANE_TOP_SCORES;
  const row = load<u32>(load<u32>(model, MODEL_ROW_OF) + (position << 2));
  let at = load<u32>(lane, LANE_TOP_COUNT);
  if (at == k) {
    if (!comesBefore(score, row, rows, scores, at - 1)) return;
    at--;
  }
  store<u32>(lane, at + 1, LANE_TOP_COUNT);
  while (at > 0 && comesBefore(score, row, rows, scores, at - 1)) {
    store<f32>(scores + (at << 2), load<f32>(scores + ((at - 1) << 2)));
    store<u32>(rows + (at << 2), load<u32>(rows + ((at - 1) << 2)));
    store<u32>(candidates + at * CANDIDATE_BYTES, load<u32>(candidates + (at - 1) * CANDIDATE_BYTES));
    at--;
  }
  store<f32>(scores + (at << 2), score);
  store<u32>(rows + (at << 2), row);
  store<u32>(candidates + at * CANDIDATE_BYTES, position);
}

// @ts-ignore: decorator
@inline
function comesBefore(score: f32, row: u32, rows: usize, scores: usize, at: u32): bool {
  const other = load<f32>(scores + (at << 2));
  return score > other || (score == other && row < load<u32>(rows + (at << 2)));
}
