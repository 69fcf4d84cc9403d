/** Single vectors of least squares, of any whole number of v128. */

/** Dot product of two vectors. */
// @ts-ignore: decorator
@inline
export function dot(a: usize, b: usize, rowBytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < rowBytes; at += 16) {
    sum = f32x4.add(sum, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  return sumOfLanes(sum);
}

// @ts-ignore: decorator
@inline
export function sumOfLanes(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) +
    f32x4.extract_lane(lanes, 1) +
    (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
  );
}

/** out = a·factor. */
// @ts-ignore: decorator
@inline
export function scale(out: usize, a: usize, factor: f32, rowBytes: usize): void {
  const lanes = f32x4.splat(factor);
  for (let at: usize = 0; at < rowBytes; at += 16) v128.store(out + at, f32x4.mul(lanes, v128.load(a + at)));
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
