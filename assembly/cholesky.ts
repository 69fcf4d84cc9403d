/**
 * Cholesky factorisation and solution of one small symmetric positive definite system, in f32 with SIMD.
 *
 * Columns are made four at a time: what the columns before them take away from a row are four dot products over whole
 * vectors, which share the loads of that row; only the 4 × 4 block at the diagonal is scalar work.
 */

import { fourDots } from './gram';

/**
 * Replaces the lower triangle of `matrix` (n rows of `stride` floats, a multiple of four) by L with L·Lᵀ = matrix; what stands
 * above the diagonal is not read, some of it is overwritten. Reads up to three rows beyond the last. Returns false when the
 * matrix is not positive definite.
 */
export function factorise(matrix: usize, n: u32, stride: u32): bool {
  const rowBytes: usize = stride << 2;
  for (let column: u32 = 0; column < n; column += 4) {
    const block = matrix + column * rowBytes;
    const columns = min(n - column, 4);
    for (let i = column; i < n; i++) {
      const row = matrix + i * rowBytes;
      const at = row + (column << 2);
      v128.store(at, f32x4.sub(v128.load(at), fourDots(row, block, rowBytes, column << 2)));
      const within = i - column;
      if (within >= columns) solveRow(at, block + (column << 2), rowBytes);
      else if (!solveDiagonal(at, block + (column << 2), within, rowBytes)) return false;
    }
  }
  return true;
}

/** Row `within` of a diagonal block: its elements left of the diagonal, then the pivot. */
// @ts-ignore: decorator
@inline
function solveDiagonal(row: usize, block: usize, within: u32, rowBytes: usize): bool {
  for (let j: u32 = 0; j < within; j++) {
    const other = block + j * rowBytes;
    let value = load<f32>(row + (j << 2));
    for (let k: u32 = 0; k < j; k++) value -= load<f32>(row + (k << 2)) * load<f32>(other + (k << 2));
    store<f32>(row + (j << 2), value / load<f32>(other + (j << 2)));
  }
  let pivot = load<f32>(row + (within << 2));
  for (let k: u32 = 0; k < within; k++) pivot -= load<f32>(row + (k << 2)) * load<f32>(row + (k << 2));
  store<f32>(row + (within << 2), sqrt<f32>(pivot));
  return pivot > 0;
}

/** Four elements of a row below a whole diagonal block. */
// @ts-ignore: decorator
@inline
function solveRow(row: usize, block: usize, rowBytes: usize): void {
  const second = block + rowBytes;
  const third = second + rowBytes;
  const fourth = third + rowBytes;
  const a = load<f32>(row) / load<f32>(block);
  const b = (load<f32>(row, 4) - a * load<f32>(second)) / load<f32>(second, 4);
  const c = (load<f32>(row, 8) - a * load<f32>(third) - b * load<f32>(third, 4)) / load<f32>(third, 8);
  const rest = load<f32>(row, 12) - a * load<f32>(fourth) - b * load<f32>(fourth, 4) - c * load<f32>(fourth, 8);
  store<f32>(row, a);
  store<f32>(row, b, 4);
  store<f32>(row, c, 8);
  store<f32>(row, rest / load<f32>(fourth, 12), 12);
}

/** Solves L·Lᵀ·t = right in place. */
export function substitute(matrix: usize, n: u32, stride: u32, right: usize): void {
  const rowBytes: usize = stride << 2;
  for (let i: u32 = 0; i < n; i++) {
    const row = matrix + i * rowBytes;
    const value = load<f32>(right + (i << 2)) - dot(row, right, i);
    store<f32>(right + (i << 2), value / load<f32>(row + (i << 2)));
  }
  for (let i = n; i-- > 0; ) {
    const row = matrix + i * rowBytes;
    const value = load<f32>(right + (i << 2)) / load<f32>(row + (i << 2));
    store<f32>(right + (i << 2), value);
    // Column i of L, scattered over the rows, is row i of Lᵀ: subtract it from what is still to be solved.
    subtractScaled(right, row, value, i);
  }
}

/** Σ_{k<n} a_k·b_k; the tail that does not fill a vector is added one by one. */
// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, n: u32): f32 {
  const whole: usize = (n & ~3) << 2;
  let sums = f32x4.splat(0);
  for (let at: usize = 0; at < whole; at += 16) {
    sums = f32x4.add(sums, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  let sum =
    f32x4.extract_lane(sums, 0) +
    f32x4.extract_lane(sums, 1) +
    (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3));
  for (let k = n & ~3; k < n; k++) sum += load<f32>(a + (k << 2)) * load<f32>(b + (k << 2));
  return sum;
}

/** to[k] −= factor · from[k] for k < n. */
// @ts-ignore: decorator
@inline
function subtractScaled(to: usize, from: usize, factor: f32, n: u32): void {
  const whole: usize = (n & ~3) << 2;
  const splat = f32x4.splat(factor);
  for (let at: usize = 0; at < whole; at += 16) {
    v128.store(to + at, f32x4.sub(v128.load(to + at), f32x4.mul(splat, v128.load(from + at))));
  }
  for (let k = n & ~3; k < n; k++) {
    const at = to + (k << 2);
    store<f32>(at, load<f32>(at) - factor * load<f32>(from + (k << 2)));
  }
}
