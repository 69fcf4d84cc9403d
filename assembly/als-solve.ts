/**
 * One half of an ALS iteration: every row of one side by three conjugate-gradient steps, the other side held fixed.
 *
 * For a row with interactions i, of confidence c_i = αw_i above the 1 that every pair has, the normal equations are
 *     A x = b,   A = G + λI + Σ c_i·y_i y_iᵀ,   b = Σ (1 + c_i)·y_i,   G = Σ y yᵀ over all rows of the other side.
 * A is never built (Takács, Pilászy and Tikk 2011, "Applications of the conjugate gradient method for implicit feedback
 * in collaborative filtering"). A row is solved in three steps:
 *   1. Gather its y_i and c_i once into contiguous memory, padded with zeros to a multiple of four.
 *   2. The residual at the warm start, r = b − A x, is the first direction.
 *   3. Three times: the best step along the direction, then the next direction, conjugate to the earlier ones.
 * Steps 2 and 3 read the gathered rows four times in all, in order, from the cache when the row is short.
 *
 * Scratch memory of one thread (rowBytes = stride·4, n' = n rounded up to 4):
 *     factors 16 | residual rowBytes | direction rowBytes | image rowBytes | c n'·4 | y n'·rowBytes
 */

import { addFour, dot, dotFour, scaleAndAdd } from './als-vector';

const steps: i32 = 3;
/** A squared residual below which f32 cannot improve the row. */
const solved: f32 = 1e-20;

/**
 * Solves rows `from` ≤ row < `to` in place.
 * @param stride dimensions rounded up to 4; all matrices are row-major f32 of this many columns
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
  const residual = scratch + 16;
  const direction = residual + rowBytes;
  const image = direction + rowBytes;
  const rowConfidences = image + rowBytes;

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
    memory.copy(rowConfidences, confidences + (start << 2), count << 2);
    memory.fill(rowConfidences + (count << 2), 0, (padded - count) << 2);
    gather(indices + (start << 2), count, other, rows, rowBytes);
    memory.fill(rows + count * rowBytes, 0, (padded - count) * rowBytes);

    const ridge = load<f32>(ridges + (row << 2));
    for (let at: usize = 0; at < rowBytes; at += 16) v128.store(direction + at, f32x4.neg(v128.load(x + at)));
    apply(direction, 1, ridge, gram, rows, rowConfidences, padded, scratch, residual, rowBytes);
    memory.copy(direction, residual, rowBytes);
    let error = dot(residual, residual, rowBytes);
    for (let step = 0; step < steps && error > solved; step++) {
      apply(direction, 0, ridge, gram, rows, rowConfidences, padded, scratch, image, rowBytes);
      const length = error / dot(direction, image, rowBytes);
      scaleAndAdd(x, direction, length, x, rowBytes);
      scaleAndAdd(residual, image, -length, residual, rowBytes);
      const errorBefore = error;
      error = dot(residual, residual, rowBytes);
      scaleAndAdd(direction, direction, error / errorBefore, residual, rowBytes);
    }
  }
}

function gather(indices: usize, count: u32, other: usize, rows: usize, rowBytes: usize): void {
  for (let k: u32 = 0; k < count; k++) {
    const row = other + load<u32>(indices + (k << 2)) * rowBytes;
    for (let at: usize = 0; at < rowBytes; at += 16) v128.store(rows + at, v128.load(row + at));
    rows += rowBytes;
  }
}

/** out = A p + share·b, in one pass over the gathered rows: each adds (c·(y·p) + share·(1 + c))·y. */
function apply(
  p: usize,
  share: f32,
  ridge: f32,
  gram: usize,
  rows: usize,
  confidences: usize,
  padded: u32,
  factors: usize,
  out: usize,
  rowBytes: usize,
): void {
  const ridges = f32x4.splat(ridge);
  const shares = f32x4.splat(share);
  for (let at: usize = 0; at < rowBytes; at += 16) v128.store(out + at, f32x4.mul(ridges, v128.load(p + at)));
  for (let at: usize = 0; at < rowBytes; at += 16) {
    addFour(gram, p + at, out, rowBytes);
    gram += rowBytes << 2;
  }
  for (let k: u32 = 0; k < padded; k += 4) {
    const c = v128.load(confidences + (k << 2));
    const products = f32x4.mul(c, f32x4.add(dotFour(rows, p, rowBytes), shares));
    v128.store(factors, f32x4.add(products, shares));
    addFour(rows, factors, out, rowBytes);
    rows += rowBytes << 2;
  }
}
