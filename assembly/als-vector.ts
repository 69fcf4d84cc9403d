/** The two inner loops of least squares: four dot products with one vector, and four rows added to one vector. */

/**
 * Dot products of `x` with four consecutive rows, in the four lanes of the result. Sums run over the dimensions in four
 * interleaved partial sums, so the result depends on the stride only.
 */
// @ts-ignore: decorator
@inline
export function dotFour(rows: usize, x: usize, rowBytes: usize): v128 {
  const row1 = rows + rowBytes;
  const row2 = row1 + rowBytes;
  const row3 = row2 + rowBytes;
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let sum2 = f32x4.splat(0);
  let sum3 = f32x4.splat(0);
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const lanes = v128.load(x + at);
    sum0 = f32x4.add(sum0, f32x4.mul(lanes, v128.load(rows + at)));
    sum1 = f32x4.add(sum1, f32x4.mul(lanes, v128.load(row1 + at)));
    sum2 = f32x4.add(sum2, f32x4.mul(lanes, v128.load(row2 + at)));
    sum3 = f32x4.add(sum3, f32x4.mul(lanes, v128.load(row3 + at)));
  }
  const pair01 = addHalves(sum0, sum1);
  const pair23 = addHalves(sum2, sum3);
  return f32x4.add(v128.shuffle<f32>(pair01, pair23, 0, 1, 4, 5), v128.shuffle<f32>(pair01, pair23, 2, 3, 6, 7));
}

/** a0 + a2, b0 + b2, a1 + a3, b1 + b3. */
// @ts-ignore: decorator
@inline
function addHalves(a: v128, b: v128): v128 {
  return f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
}

/**
 * Adds four consecutive rows to `out`, each times its own of the four f32 at `factors`. Factors come from memory because
 * splatting the lanes of a vector is slower: the compiler repeats the shuffles in the loop (−14 % of solved rows a second).
 */
// @ts-ignore: decorator
@inline
export function addFour(rows: usize, factors: usize, out: usize, rowBytes: usize): void {
  const row1 = rows + rowBytes;
  const row2 = row1 + rowBytes;
  const row3 = row2 + rowBytes;
  const factor0 = v128.load32_splat(factors, 0);
  const factor1 = v128.load32_splat(factors, 4);
  const factor2 = v128.load32_splat(factors, 8);
  const factor3 = v128.load32_splat(factors, 12);
  for (let at: usize = 0; at < rowBytes; at += 16) {
    const sum01 = f32x4.add(f32x4.mul(factor0, v128.load(rows + at)), f32x4.mul(factor1, v128.load(row1 + at)));
    const sum23 = f32x4.add(f32x4.mul(factor2, v128.load(row2 + at)), f32x4.mul(factor3, v128.load(row3 + at)));
    v128.store(out + at, f32x4.add(v128.load(out + at), f32x4.add(sum01, sum23)));
  }
}

/** Dot product of two vectors. */
// @ts-ignore: decorator
@inline
export function dot(a: usize, b: usize, rowBytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < rowBytes; at += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  return (
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3))
  );
}

/** out = a·factor + b. `out` may be `a` or `b`. */
// @ts-ignore: decorator
@inline
export function scaleAndAdd(out: usize, a: usize, factor: f32, b: usize, rowBytes: usize): void {
  const lanes = f32x4.splat(factor);
  for (let at: usize = 0; at < rowBytes; at += 16) {
    v128.store(out + at, f32x4.add(f32x4.mul(lanes, v128.load(a + at)), v128.load(b + at)));
  }
}
