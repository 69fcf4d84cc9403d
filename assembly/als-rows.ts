/**
 * Factor rows in groups of four, their vectors interleaved, and the two inner loops of least squares over them: dot products
 * with one vector, and a weighted sum.
 *
 *     group of four rows, 4·rowBytes:   y0[0..3] y1[0..3] y2[0..3] y3[0..3] | y0[4..7] y1[4..7] y2[4..7] y3[4..7] | …
 *
 * One pointer with constant offsets reaches a whole group. Both loops take two of these pieces a turn, which is as much as
 * fits in the registers; rows are therefore a multiple of eight dimensions long.
 */

/** Where the first vector of row `i` belongs; the others follow 64 bytes apart. */
// @ts-ignore: decorator
@inline
export function placeOf(rows: usize, i: u32, rowBytes: usize): usize {
  return rows + (i >> 2) * (rowBytes << 2) + ((i & 3) << 4);
}

/** Copies a contiguous row to its place in a group. */
// @ts-ignore: decorator
@inline
export function placeRow(row: usize, place: usize, rowBytes: usize): void {
  for (const end = row + rowBytes; row < end; row += 32) {
    v128.store(place, v128.load(row));
    v128.store(place, v128.load(row, 16), 64);
    place += 128;
  }
}

/**
 * Dot products of `x` with the four rows of a group, in the four lanes of the result. The order of the sums depends on
 * the length of the rows only.
 */
// @ts-ignore: decorator
@inline
export function dotFour(group: usize, x: usize, rowBytes: usize): v128 {
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let sum2 = f32x4.splat(0);
  let sum3 = f32x4.splat(0);
  for (const end = x + rowBytes; x < end; x += 32) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    sum0 = f32x4.add(sum0, f32x4.add(f32x4.mul(a, v128.load(group, 0)), f32x4.mul(b, v128.load(group, 64))));
    sum1 = f32x4.add(sum1, f32x4.add(f32x4.mul(a, v128.load(group, 16)), f32x4.mul(b, v128.load(group, 80))));
    sum2 = f32x4.add(sum2, f32x4.add(f32x4.mul(a, v128.load(group, 32)), f32x4.mul(b, v128.load(group, 96))));
    sum3 = f32x4.add(sum3, f32x4.add(f32x4.mul(a, v128.load(group, 48)), f32x4.mul(b, v128.load(group, 112))));
    group += 128;
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

/** Adds the rows of so many groups to `out`, each times its own f32 at `factors`. */
export function addRows(groups: u32, rows: usize, factors: usize, out: usize, rowBytes: usize): void {
  for (; groups > 0; groups--) {
    addFour(rows, factors, out, rowBytes);
    rows += rowBytes << 2;
    factors += 16;
  }
}

/**
 * Factors come from memory because splatting the lanes of a vector is slower: the compiler repeats the shuffles in the loop.
 * Each store follows its own sum, so that the loads of the next one do not have to wait in registers.
 */
// @ts-ignore: decorator
@inline
function addFour(group: usize, factors: usize, out: usize, rowBytes: usize): void {
  const factor0 = v128.load32_splat(factors, 0);
  const factor1 = v128.load32_splat(factors, 4);
  const factor2 = v128.load32_splat(factors, 8);
  const factor3 = v128.load32_splat(factors, 12);
  for (const end = out + rowBytes; out < end; out += 32) {
    const sum01 = f32x4.add(f32x4.mul(factor0, v128.load(group)), f32x4.mul(factor1, v128.load(group, 16)));
    const sum23 = f32x4.add(f32x4.mul(factor2, v128.load(group, 32)), f32x4.mul(factor3, v128.load(group, 48)));
    v128.store(out, f32x4.add(f32x4.add(sum01, sum23), v128.load(out)));
    const next01 = f32x4.add(f32x4.mul(factor0, v128.load(group, 64)), f32x4.mul(factor1, v128.load(group, 80)));
    const next23 = f32x4.add(f32x4.mul(factor2, v128.load(group, 96)), f32x4.mul(factor3, v128.load(group, 112)));
    v128.store(out, f32x4.add(f32x4.add(next01, next23), v128.load(out, 16)), 16);
    group += 128;
  }
}
