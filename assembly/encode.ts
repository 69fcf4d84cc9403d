/**
 * From a user's history to the user's vector, as registry/model.ts defines the encoders.
 *
 * The fold-in solves (G + Σ w_i·y_i y_iᵀ + λI) x = Σ (1 + w_i)·y_i, w_i = α · weight. The items stand in their principal axes,
 * so G = YᵀY is diagonal and D = G + λI is inverted element by element. With R the n × d matrix of rows √w_i · y_i · D^−½:
 *
 *   n < d    the n × n system (I + R Rᵀ) t = (1 + w)/√w gives x = D^−½ Rᵀ t        (push-through identity, Woodbury 1950)
 *   n ≥ d    the d × d system (I + Rᵀ R) z = Rᵀ (1 + w)/√w gives x = D^−½ z
 *
 * Both are symmetric positive definite with eigenvalues of at least 1, so f32 and Cholesky are enough.
 */

import { factorise, substitute } from './cholesky';
import { columnProducts, rowProducts } from './gram';
import {
  DIMENSIONS_MAX,
  ENCODER_CONSTANT,
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
  SLAB_FOLD_MATRIX,
  SLAB_FOLD_RIGHT,
  SLAB_FOLD_ROWS,
  SLAB_FOLD_SCALE,
} from './layout';

/** Writes the lane's vector. Returns false when there is no solution in numbers that can be used. */
export function encode(model: usize, slab: usize, lane: usize): bool {
  const stride = load<u32>(model, MODEL_STRIDE);
  if (load<u32>(model, MODEL_ENCODER) == ENCODER_CONSTANT) {
    memory.copy(lane + LANE_VECTOR, load<u32>(model, MODEL_ENCODER_DATA), stride << 2);
    return true;
  }
  inverseRoot(slab + SLAB_FOLD_SCALE, load<u32>(model, MODEL_ENCODER_DATA), load<f64>(lane, LANE_LAMBDA), stride);
  return load<u32>(lane, LANE_HISTORY_COUNT) < stride
    ? encodeShort(model, slab, lane, stride)
    : encodeLong(model, slab, lane, stride);
}

/** D^−½ from the diagonal of G and λ. */
function inverseRoot(scale: usize, gram: usize, lambda: f64, stride: u32): void {
  for (let i: u32 = 0; i < stride; i++) {
    store<f32>(scale + (i << 2), <f32>(1 / sqrt(load<f64>(gram + (i << 3)) + lambda)));
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

/** Scales the rows of history entries from … to into SLAB_FOLD_ROWS. */
function gatherRows(model: usize, slab: usize, lane: usize, stride: u32, from: u32, to: u32): void {
  const alpha = <f32>load<f64>(model, MODEL_ALPHA);
  const items: usize = load<u32>(model, MODEL_ROWS);
  const rowBytes: usize = stride << 2;
  let row = slab + SLAB_FOLD_ROWS;
  for (let i = from; i < to; i++) {
    const root = sqrt<f32>(alpha * load<f32>(lane + LANE_WEIGHTS + (i << 2)));
    const position = load<u32>(lane + LANE_HISTORY + (i << 2));
    scaleRow(row, items + position * rowBytes, slab + SLAB_FOLD_SCALE, root, rowBytes);
    row += rowBytes;
  }
}

/** (1 + w)/√w of a history entry. */
// @ts-ignore: decorator
@inline
function rightSide(alpha: f32, lane: usize, entry: u32): f32 {
  const w = alpha * load<f32>(lane + LANE_WEIGHTS + (entry << 2));
  return (1 + w) / sqrt<f32>(w);
}

function encodeShort(model: usize, slab: usize, lane: usize, stride: u32): bool {
  const n = load<u32>(lane, LANE_HISTORY_COUNT);
  const alpha = <f32>load<f64>(model, MODEL_ALPHA);
  const rows = slab + SLAB_FOLD_ROWS;
  const matrix = slab + SLAB_FOLD_MATRIX;
  const right = slab + SLAB_FOLD_RIGHT;
  const rowBytes: usize = stride << 2;

  gatherRows(model, slab, lane, stride, 0, n);
  rowProducts(matrix, rows, n, rowBytes);
  addToDiagonal(matrix, n, rowBytes);
  for (let i: u32 = 0; i < n; i++) store<f32>(right + (i << 2), rightSide(alpha, lane, i));
  if (!factorise(matrix, n, stride)) return false;
  substitute(matrix, n, stride, right);

  const vector = lane + LANE_VECTOR;
  for (let at: usize = 0; at < rowBytes; at += 16) {
    let sum = f32x4.splat(0);
    for (let i: u32 = 0; i < n; i++) {
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(right + (i << 2)), v128.load(rows + i * rowBytes + at)));
    }
    v128.store(vector + at, f32x4.mul(sum, v128.load(slab + SLAB_FOLD_SCALE + at)));
  }
  return true;
}

function encodeLong(model: usize, slab: usize, lane: usize, stride: u32): bool {
  const n = load<u32>(lane, LANE_HISTORY_COUNT);
  const alpha = <f32>load<f64>(model, MODEL_ALPHA);
  const rows = slab + SLAB_FOLD_ROWS;
  const matrix = slab + SLAB_FOLD_MATRIX;
  const right = slab + SLAB_FOLD_RIGHT;
  const rowBytes: usize = stride << 2;

  memory.fill(matrix, 0, stride * rowBytes);
  memory.fill(right, 0, rowBytes);
  for (let from: u32 = 0; from < n; from += DIMENSIONS_MAX) {
    const count = min(n - from, <u32>DIMENSIONS_MAX);
    gatherRows(model, slab, lane, stride, from, from + count);
    columnProducts(matrix, rows, count, rowBytes);
    for (let i: u32 = 0; i < count; i++) {
      addScaled(right, rows + i * rowBytes, rightSide(alpha, lane, from + i), rowBytes);
    }
  }
  addToDiagonal(matrix, stride, rowBytes);
  if (!factorise(matrix, stride, stride)) return false;
  substitute(matrix, stride, stride, right);

  const vector = lane + LANE_VECTOR;
  for (let at: usize = 0; at < rowBytes; at += 16) {
    v128.store(vector + at, f32x4.mul(v128.load(right + at), v128.load(slab + SLAB_FOLD_SCALE + at)));
  }
  return true;
}

/** matrix += I */
function addToDiagonal(matrix: usize, n: u32, rowBytes: usize): void {
  for (let i: u32 = 0; i < n; i++) {
    const at = matrix + i * rowBytes + (i << 2);
    store<f32>(at, load<f32>(at) + 1);
  }
}

/** to += factor · from */
// @ts-ignore: decorator
@inline
function addScaled(to: usize, from: usize, factor: f32, bytes: usize): void {
  const splat = f32x4.splat(factor);
  for (let i: usize = 0; i < bytes; i += 16) {
    v128.store(to + i, f32x4.add(v128.load(to + i), f32x4.mul(splat, v128.load(from + i))));
  }
}
