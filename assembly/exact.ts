/**
 * The score that answers are ranked by, in the one order of f32 operations that every variant must reproduce bit for bit:
 * s = 0; for i = 0 … d−1: s = s + x_i·q_i, the product and the sum each rounded to f32; then s + bias, when there is one.
 * WebAssembly has no fused multiply-add outside of relaxed SIMD, so the plain loop is that order.
 */

import { LANE_VECTOR, MODEL_DIMENSIONS, MODEL_ROWS, MODEL_STRIDE } from './layout';

export function exactScore(model: usize, bias: usize, lane: usize, position: u32): f32 {
  const d = load<u32>(model, MODEL_DIMENSIONS);
  const item: usize = load<u32>(model, MODEL_ROWS) + position * (load<u32>(model, MODEL_STRIDE) << 2);
  const vector = lane + LANE_VECTOR;
  let score: f32 = 0;
  for (let i: u32 = 0; i < d; i++) {
    score += load<f32>(vector + (i << 2)) * load<f32>(item + (i << 2));
  }
  return bias == 0 ? score : score + load<f32>(bias + (position << 2));
}
