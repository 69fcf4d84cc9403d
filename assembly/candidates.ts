/**
 * The few items of a lane that may still belong to its top k.
 *
 * Each candidate has an interval around its exact score. The k-th best lower end is the threshold: an item whose upper end
 * lies below it has k better ones and is out. Among the candidates left at the end, exact scores decide.
 */

import { exactScore } from './exact';
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
  const count = load<u32>(lane, LANE_CANDIDATE_COUNT);
  const threshold = load<f64>(lane, LANE_THRESHOLD);
  const rowOf: usize = load<u32>(model, MODEL_ROW_OF);
  const rows = lane + LANE_TOP_ROWS;
  const scores = lane + LANE_TOP_SCORES;
  let top: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const candidate = candidates + i * CANDIDATE_BYTES;
    if (load<f64>(candidate, CANDIDATE_UPPER) < threshold) continue;
    const position = load<u32>(candidate);
    const score = exactScore(model, bias, lane, position);
    const row = load<u32>(rowOf + (position << 2));
    if (top == k) {
      if (!comesBefore(score, row, rows, scores, top - 1)) continue;
      top--;
    }
    let at = top;
    while (at > 0 && comesBefore(score, row, rows, scores, at - 1)) {
      store<f32>(scores + (at << 2), load<f32>(scores + ((at - 1) << 2)));
      store<u32>(rows + (at << 2), load<u32>(rows + ((at - 1) << 2)));
      store<u32>(candidates + at * CANDIDATE_BYTES, load<u32>(candidates + (at - 1) * CANDIDATE_BYTES));
      at--;
    }
    store<f32>(scores + (at << 2), score);
    store<u32>(rows + (at << 2), row);
    store<u32>(candidates + at * CANDIDATE_BYTES, position);
    top++;
  }
  store<u32>(lane, top, LANE_TOP_COUNT);
}

// @ts-ignore: decorator
@inline
function comesBefore(score: f32, row: u32, rows: usize, scores: usize, at: u32): bool {
  const other = load<f32>(scores + (at << 2));
  return score > other || (score == other && row < load<u32>(rows + (at << 2)));
}
