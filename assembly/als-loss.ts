/** The part of the ALS objective that only the observed pairs have. */
import { dot } from './als-vector';

/**
 * Σ over the interactions of rows `from` ≤ row < `to` of (1 + c)(1 − s)² − s², where s is the pair's score and c = αw.
 * Adding Σ s² over all pairs (from the two Gram matrices) makes it the squared error of every pair, observed or not.
 */
export function observedLoss(
  from: u32,
  to: u32,
  stride: u32,
  starts: usize,
  indices: usize,
  confidences: usize,
  other: usize,
  own: usize,
): f64 {
  const rowBytes: usize = stride << 2;
  let sum: f64 = 0;
  for (let row = from; row < to; row++) {
    const end = load<u32>(starts + ((row + 1) << 2));
    for (let k = load<u32>(starts + (row << 2)); k < end; k++) {
      const score = f64(dot(own + row * rowBytes, other + load<u32>(indices + (k << 2)) * rowBytes, rowBytes));
      const miss = 1 - score;
      sum += (1 + f64(load<f32>(confidences + (k << 2)))) * miss * miss - score * score;
    }
  }
  return sum;
}
