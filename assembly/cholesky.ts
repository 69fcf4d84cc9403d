/** Cholesky factorisation and solution of one small symmetric positive definite system, in f32 with SIMD. */

/** Σ_{k<n} a_k·b_k for n a multiple of four. */
// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, n: u32): f32 {
  let sum = f32x4.splat(0);
  const bytes: usize = n << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a + i), v128.load(b + i)));
  }
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

/**
 * Replaces the lower triangle of `matrix` (n rows of `stride` floats) by L with L·Lᵀ = matrix; what stands above the
 * diagonal is not read. Returns false when the matrix is not positive definite.
 */
export function factorise(matrix: usize, n: u32, stride: u32): bool {
  const rowBytes: usize = stride << 2;
  for (let i: u32 = 0; i < n; i++) {
    const rowI = matrix + i * rowBytes;
    for (let j: u32 = 0; j < i; j++) {
      const rowJ = matrix + j * rowBytes;
      const value = load<f32>(rowI + (j << 2)) - partial(rowI, rowJ, j);
      store<f32>(rowI + (j << 2), value / load<f32>(rowJ + (j << 2)));
    }
    const pivot = load<f32>(rowI + (i << 2)) - partial(rowI, rowI, i);
    if (!(pivot > 0)) return false;
    store<f32>(rowI + (i << 2), sqrt<f32>(pivot));
  }
  return true;
}

/** Σ_{k<n} a_k·b_k for any n: the tail that does not fill a vector is added one by one. */
// @ts-ignore: decorator
@inline
function partial(a: usize, b: usize, n: u32): f32 {
  const whole = n & ~3;
  let sum: f32 = whole == 0 ? 0 : dot(a, b, whole);
  for (let k = whole; k < n; k++) sum += load<f32>(a + (k << 2)) * load<f32>(b + (k << 2));
  return sum;
}

/** Solves L·Lᵀ·t = right in place. */
export function substitute(matrix: usize, n: u32, stride: u32, right: usize): void {
  const rowBytes: usize = stride << 2;
  for (let i: u32 = 0; i < n; i++) {
    const row = matrix + i * rowBytes;
    const value = load<f32>(right + (i << 2)) - partial(row, right, i);
    store<f32>(right + (i << 2), value / load<f32>(row + (i << 2)));
  }
  for (let i = n; i-- > 0; ) {
    const row = matrix + i * rowBytes;
    const value = load<f32>(right + (i << 2)) / load<f32>(row + (i << 2));
    store<f32>(right + (i << 2), value);
    // Column i of L, scattered over the rows, is row i of Lᵀ: subtract it from what is still to be solved.
    for (let j: u32 = 0; j < i; j++) {
      const at = right + (j << 2);
      store<f32>(at, load<f32>(at) - value * load<f32>(row + (j << 2)));
    }
  }
}
