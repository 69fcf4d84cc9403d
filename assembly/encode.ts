/**
 * From a user's history to the user's vector, as registry/model.ts defines the encoders.
 *
 * The fold-in solves (G + Σ w_i·y_i y_iᵀ + λI) x = Σ (1 + w_i)·y_i, w_i = α · weight. The items stand in their principal axes,
 * so G = YᵀY is diagonal and D = G + λI is inverted element by element. With R the n × d matrix of rows √w_i · y_i · D^−½:
 *
 *   n ≲ d    the n × n system (I + R Rᵀ) t = (1 + w)/√w gives x = D^−½ Rᵀ t        (push-through identity, Woodbury 1950)
 *   n ≳ d    the d × d system (I + Rᵀ R) z = Rᵀ (1 + w)/√w gives x = D^−½ z
 *
 * Both are symmetric positive definite with eigenvalues of at least 1, so f32 and Cholesky are enough.
 */

import { factorise, substitute } from './cholesky';
import { encodeSum } from './encode-sum';
import { columnProducts, combineRows, rowProducts } from './gram';
import {
  DIMENSIONS_MAX,
  ENCODER_CONSTANT,
  ENCODER_SUM,
  LANE_HISTORY,
  LANE_HISTORY_COUNT,
  LANE_LAMBDA,
  LANE_VECTOR,
  LANE_WEIGHTS,
  MODEL_ALPHA,
  MODEL_ENCODER,
  MODEL_ENCODER_DATA,
  MODEL_ROWS,
  MODEL_STRIDE,
  SLAB_FOLD_FACTORS,
  SLAB_FOLD_MATRIX,
  SLAB_FOLD_RIGHT,
  SLAB_FOLD_ROWS,
  SLAB_FOLD_SCALE,
} from './layout';

/** Writes the lane's vector. Returns false when there is no solution in numbers that can be used. */
export function encode(model: usize, slab: usize, lane: usize): bool {
  const stride = load<u32>(model, MODEL_STRIDE);
  const encoder = load<u32>(model, MODEL_ENCODER);
  if (encoder == ENCODER_CONSTANT) {
    memory.copy(lane + LANE_VECTOR, load<u32>(model, MODEL_ENCODER_DATA), stride << 2);
    return true;
  }
  if (encoder == ENCODER_SUM) {
    encodeSum(model, slab, lane);
    return true;
  }
  inverseRoot(slab + SLAB_FOLD_SCALE, load<u32>(model, MODEL_ENCODER_DATA), load<f64>(lane, LANE_LAMBDA), stride);
  // Where both take the same time.
  return load<u32>(lane, LANE_HISTORY_COUNT) < stride - (stride >> 3)
    ? encodeShort(model, slab, lane, stride)
    : encodeLong(model, slab, lane, stride);
}

/** D^−½ from the diagonal of G and λ. */
export function inverseRoot(scale: usize, gram: usize, lambda: f64, stride: u32): void {
  const ridge = f64x2.splat(lambda);
  const one = f32x4.splat(1);
  for (let i: u32 = 0; i < stride; i += 4) {
    const low = f32x4.demote_f64x2_zero(f64x2.add(v128.load(gram + (i << 3)), ridge));
    const high = f32x4.demote_f64x2_zero(f64x2.add(v128.load(gram + (i << 3), 16), ridge));
    v128.store(scale + (i << 2), f32x4.div(one, f32x4.sqrt(v128.shuffle<f64>(low, high, 0, 2))));
  }
}

/** One row of R: √w · y · D^−½. */
// @ts-ignore: decorator
@inline
function scaleRow(to: usize, from: usize, scale: usize, root: f32, rowBytes: usize): void {
  const factor = f32x4.splat(root);
  for (let i: usize = 0; i < rowBytes; i += 16) {
    v128.store(to + i, f32x4.mul(f32x4.mul(v128.load(from + i), factor), v128.load(scale + i)));
  }
}

/**
 * Reads a word of each cache line of the rows that come next, so that all of them are on their way at once. What is stored at
 * `sink` only keeps the loads.
 */
// @ts-ignore: decorator
@inline
function touchRows(items: usize, history: usize, from: u32, to: u32, rowBytes: usize, sink: usize): void {
  let touched: u32 = 0;
  for (let i = from; i < to; i++) {
    const row = items + load<u32>(history + (i << 2)) * rowBytes;
    for (let line: usize = 0; line < rowBytes; line += 64) touched |= load<u32>(row + line);
  }
  store<u32>(sink, touched);
}

/**
 * Scales the rows of history entries from … to into SLAB_FOLD_ROWS, and writes the right-hand side (1 + w)/√w of each to
 * `factors`.
 */
function gatherRows(
  model: usize,
  slab: usize,
  lane: usize,
  stride: u32,
  from: u32,
  to: u32,
  factors: usize,
): void {
  const alpha = <f32>load<f64>(model, MODEL_ALPHA);
  const items: usize = load<u32>(model, MODEL_ROWS);
  const rowBytes: usize = stride << 2;
  let row = slab + SLAB_FOLD_ROWS;
  let factor = factors;
  touchRows(items, lane + LANE_HISTORY, from, to, rowBytes, factors);
  for (let i = from; i < to; i++) {
    const w = alpha * load<f32>(lane + LANE_WEIGHTS + (i << 2));
    const root = sqrt<f32>(w);
    const position = load<u32>(lane + LANE_HISTORY + (i << 2));
    scaleRow(row, items + position * rowBytes, slab + SLAB_FOLD_SCALE, root, rowBytes);
    store<f32>(factor, (1 + w) / root);
    row += rowBytes;
    factor += 4;
  }
}

function encodeShort(model: usize, slab: usize, lane: usize, stride: u32): bool {
  const n = load<u32>(lane, LANE_HISTORY_COUNT);
  const rows = slab + SLAB_FOLD_ROWS;
  const matrix = slab + SLAB_FOLD_MATRIX;
  const right = slab + SLAB_FOLD_RIGHT;
  const rowBytes: usize = stride << 2;

  gatherRows(model, slab, lane, stride, 0, n, right);
  rowProducts(matrix, rows, n, rowBytes);
  addToDiagonal(matrix, n, rowBytes);
  if (!factorise(matrix, n, stride)) return false;
  substitute(matrix, n, stride, right);
  memory.fill(lane + LANE_VECTOR, 0, rowBytes);
  combineRows(lane + LANE_VECTOR, rows, right, n, rowBytes);
  multiply(lane + LANE_VECTOR, lane + LANE_VECTOR, slab + SLAB_FOLD_SCALE, rowBytes);
  return true;
}

export function encodeLong(model: usize, slab: usize, lane: usize, stride: u32): bool {
  const n = load<u32>(lane, LANE_HISTORY_COUNT);
  const rows = slab + SLAB_FOLD_ROWS;
  const matrix = slab + SLAB_FOLD_MATRIX;
  const right = slab + SLAB_FOLD_RIGHT;
  const factors = slab + SLAB_FOLD_FACTORS;
  const rowBytes: usize = stride << 2;

  memory.fill(matrix, 0, stride * rowBytes);
  memory.fill(right, 0, rowBytes);
  for (let from: u32 = 0; from < n; from += DIMENSIONS_MAX) {
    const count = min(n - from, <u32>DIMENSIONS_MAX);
    gatherRows(model, slab, lane, stride, from, from + count, factors);
    columnProducts(matrix, rows, count, rowBytes);
    combineRows(right, rows, factors, count, rowBytes);
  }
  addToDiagonal(matrix, stride, rowBytes);
  if (!factorise(matrix, stride, stride)) return false;
  substitute(matrix, stride, stride, right);
  multiply(lane + LANE_VECTOR, right, slab + SLAB_FOLD_SCALE, rowBytes);
  return true;
}

/** matrix += I */
function addToDiagonal(matrix: usize, n: u32, rowBytes: usize): void {
  for (let i: u32 = 0; i < n; i++) {
    const at = matrix + i * rowBytes + (i << 2);
    store<f32>(at, load<f32>(at) + 1);
  }
}

/** to = a · b, element by element. */
// @ts-ignore: decorator
@inline
function multiply(to: usize, a: usize, b: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, f32x4.mul(v128.load(a + i), v128.load(b + i)));
}
