/**
 * The score that answers are ranked by, in the one order of f32 operations that every variant must reproduce bit for bit:
 * s = 0; for i = 0 … d−1: s = s + x_i·q_i, the product and the sum each rounded to f32; then s + bias, when there is one.
 * WebAssembly has no fused multiply-add outside of relaxed SIMD. Four items at a time, each in a lane of its own: a lane does
 * the same operations in the same order as the plain loop, and four sums wait for each other's roundings together.
 */

import { LANE_VECTOR, MODEL_DIMENSIONS, MODEL_ROWS, MODEL_STRIDE } from './layout';

/** The scores of the items at four positions. */
// @ts-ignore: decorator
@inline
export function exactScores(model: usize, bias: usize, lane: usize, a: u32, b: u32, c: u32, d: u32): v128 {
  const rowBytes: usize = load<u32>(model, MODEL_STRIDE) << 2;
  const rows: usize = load<u32>(model, MODEL_ROWS);
  const rowA = rows + a * rowBytes;
  const rowB = rows + b * rowBytes;
  const rowC = rows + c * rowBytes;
  const rowD = rows + d * rowBytes;
  const vector = lane + LANE_VECTOR;
  const end: usize = load<u32>(model, MODEL_DIMENSIONS) << 2;
  let scores = f32x4.splat(0);
  for (let at: usize = 0; at < end; at += 4) {
    scores = f32x4.add(
      scores,
      f32x4.mul(v128.load32_splat(vector + at), gather(rowA + at, rowB + at, rowC + at, rowD + at)),
    );
  }
  if (bias == 0) return scores;
  return f32x4.add(scores, gather(bias + (a << 2), bias + (b << 2), bias + (c << 2), bias + (d << 2)));
}

// @ts-ignore: decorator
@inline
function gather(a: usize, b: usize, c: usize, d: usize): v128 {
  const ab = v128.load_lane<f32>(b, v128.load32_zero(a), 1);
  return v128.load_lane<f32>(d, v128.load_lane<f32>(c, ab, 2), 3);
}
