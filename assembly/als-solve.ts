/**
 * One half of an ALS iteration: every row of one side by three conjugate-gradient steps, the other side held fixed.
 *
 * For a row with interactions i, of confidence c_i = αw_i above the 1 that every pair has, the normal equations are
 *     A x = b,   A = G + λI + Σ c_i·y_i y_iᵀ,   b = Σ (1 + c_i)·y_i,   G = Σ y yᵀ over all rows of the other side.
 * A is never built (Takács, Pilászy and Tikk 2011, "Applications of the conjugate gradient method for implicit feedback
 * in collaborative filtering"). A row is solved in three steps:
 *   1. The residual at the warm start, r = b − A x, is the first direction p. On the way its y_i are gathered, once.
 *   2. Twice: the best step along the direction, then the next direction, conjugate to the earlier ones.
 *   3. One more step. Its residual is not needed, so neither is A p: pᵀA p = pᵀ(G + λI) p + Σ c_i·(y_i·p)² gives its length.
 * The gathered rows are read in chunks that stay in the first-level cache: first all dot products of a chunk, then its
 * weighted sum. Done group by group, every sum would wait for the last dot product.
 *
 * Scratch memory of one thread (rowBytes = stride·4, n' = n rounded up to 4; y and G in the groups of als-rows.ts):
 *     factors 128 | residual rowBytes | direction rowBytes | image rowBytes | G stride·rowBytes | c n'·4 | y n'·rowBytes
 */

import { addRows, dotFour, placeOf, placeRow } from './als-rows';
import { dot, scale, scaleAndAdd, sumOfLanes } from './als-vector';

const steps: i32 = 3;
/** A squared residual below which f32 cannot improve the row. */
const solved: f32 = 1e-20;
/** Rows that are worked on together: 8 KB at 64 dimensions. */
const chunk: u32 = 32;
/** Cache lines are this long or longer. */
const lineBytes: usize = 64;

/**
 * Solves rows `from` ≤ row < `to` in place.
 * @param stride dimensions rounded up to 8; all matrices are row-major f32 of this many columns
 * @param starts u32, one more than rows: where each row's interactions start
 * @param indices u32, the other side's row of each interaction
 * @param confidences f32, αw of each interaction
 * @param ridges f32, λ of each row
 * @param gram stride × stride, of the other side
 * @param other the other side's factors
 * @param own this side's factors: warm start in, solution out
 */
export function solveRows(
  from: u32,
  to: u32,
  stride: u32,
  starts: usize,
  indices: usize,
  confidences: usize,
  ridges: usize,
  gram: usize,
  other: usize,
  own: usize,
  scratch: usize,
): void {
  const rowBytes: usize = stride << 2;
  const residual = scratch + (chunk << 2);
  const direction = residual + rowBytes;
  const image = direction + rowBytes;
  const gramRows = image + rowBytes;
  const rowConfidences = gramRows + stride * rowBytes;
  for (let i: u32 = 0; i < stride; i++) placeRow(gram + i * rowBytes, placeOf(gramRows, i, rowBytes), rowBytes);

  for (let row = from; row < to; row++) {
    const x = own + row * rowBytes;
    const start = load<u32>(starts + (row << 2));
    const count = load<u32>(starts + (row << 2), 4) - start;
    if (count == 0) {
      memory.fill(x, 0, rowBytes);
      continue;
    }
    const padded: u32 = (count + 3) & ~3;
    const rows = rowConfidences + (padded << 2);
    v128.store(rows - 16, f32x4.splat(0));
    memory.copy(rowConfidences, confidences + (start << 2), count << 2);

    const ridge = load<f32>(ridges + (row << 2));
    scale(direction, x, -1, rowBytes);
    applyDense(direction, ridge, gramRows, stride, residual, rowBytes);
    gatherResidual(indices + (start << 2), count, other, direction, rows, rowConfidences, scratch, residual, rowBytes);
    memory.copy(direction, residual, rowBytes);
    let error = dot(residual, residual, rowBytes);
    for (let step = 1; step < steps && error > solved; step++) {
      applyDense(direction, ridge, gramRows, stride, image, rowBytes);
      addObserved(direction, rows, rowConfidences, padded, scratch, image, rowBytes);
      const length = error / dot(direction, image, rowBytes);
      scaleAndAdd(x, direction, length, x, rowBytes);
      scaleAndAdd(residual, image, -length, residual, rowBytes);
      const errorBefore = error;
      error = dot(residual, residual, rowBytes);
      scaleAndAdd(direction, direction, error / errorBefore, residual, rowBytes);
    }
    if (error > solved) {
      applyDense(direction, ridge, gramRows, stride, image, rowBytes);
      const curvature = dot(direction, image, rowBytes) + observedCurvature(direction, rows, rowConfidences, padded, rowBytes);
      scaleAndAdd(x, direction, error / curvature, x, rowBytes);
    }
  }
}

/** out = (G + λI) p. */
function applyDense(p: usize, ridge: f32, gramRows: usize, stride: u32, out: usize, rowBytes: usize): void {
  scale(out, p, ridge, rowBytes);
  addRows(stride >> 2, gramRows, p, out, rowBytes);
}

/** Gathers the y_i of a row, and adds Σ (1 + c − c·(y·x))·y to `out`; `p` is −x. */
function gatherResidual(
  indices: usize,
  count: u32,
  other: usize,
  p: usize,
  rows: usize,
  confidences: usize,
  factors: usize,
  out: usize,
  rowBytes: usize,
): void {
  const ones = f32x4.splat(1);
  if (count & 3) memory.fill(placeOf(rows, count & ~3, rowBytes), 0, rowBytes << 2);
  for (let done: u32 = 0; done < count; done += chunk) {
    const here = min(count - done, chunk);
    for (let i: u32 = 0; i < here; i++) {
      placeRow(other + load<u32>(indices + (i << 2)) * rowBytes, placeOf(rows, i, rowBytes), rowBytes);
    }
    indices += chunk << 2;
    touchRows(indices, min(count - done - here, chunk), other, factors, rowBytes);

    const groups = (here + 3) >> 2;
    let group = rows;
    for (let at: usize = 0; at < groups << 4; at += 16) {
      const misses = f32x4.add(dotFour(group, p, rowBytes), ones);
      v128.store(factors + at, f32x4.add(f32x4.mul(v128.load(confidences + at), misses), ones));
      group += rowBytes << 2;
    }
    confidences += chunk << 2;
    addRows(groups, rows, factors, out, rowBytes);
    rows = group;
  }
}

/**
 * Reads one number of every cache line of so many rows, so that they are on their way while the chunk before them is worked
 * on; they are scattered over more memory than a cache holds. `sink` is overwritten: what nobody uses is not read.
 */
function touchRows(indices: usize, count: u32, other: usize, sink: usize, rowBytes: usize): void {
  let touched: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const row = other + load<u32>(indices + (i << 2)) * rowBytes;
    for (let at: usize = 0; at < rowBytes; at += lineBytes) touched |= load<u32>(row + at);
  }
  store<u32>(sink, touched);
}

/** out += Σ c·(y·p)·y. */
function addObserved(
  p: usize,
  rows: usize,
  confidences: usize,
  padded: u32,
  factors: usize,
  out: usize,
  rowBytes: usize,
): void {
  for (let done: u32 = 0; done < padded; done += chunk) {
    const groups = min(padded - done, chunk) >> 2;
    let group = rows;
    for (let at: usize = 0; at < groups << 4; at += 16) {
      v128.store(factors + at, f32x4.mul(v128.load(confidences + at), dotFour(group, p, rowBytes)));
      group += rowBytes << 2;
    }
    confidences += chunk << 2;
    addRows(groups, rows, factors, out, rowBytes);
    rows = group;
  }
}

/** Σ c·(y·p)². */
function observedCurvature(p: usize, rows: usize, confidences: usize, padded: u32, rowBytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < padded << 2; at += 16) {
    const scores = dotFour(rows, p, rowBytes);
    sum = f32x4.add(sum, f32x4.mul(v128.load(confidences + at), f32x4.mul(scores, scores)));
    rows += rowBytes << 2;
  }
  return sumOfLanes(sum);
}
