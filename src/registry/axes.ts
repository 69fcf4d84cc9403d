/** Whether items are in their principal axes, which the fold-in relies on and cannot notice by itself. */

import { random } from '../core/random.js';

/** Rounding to f32 leaves about 1e-7; the axes of a model that was never rotated leave about 1. */
const TOLERANCE = 1e-3;

/** A dimension this much weaker than all together is the rounding that a rotation leaves of one that was empty. */
const NOISE = 1e-7;

/**
 * Freivalds' check, O(n·d) rather than the O(n·d²) of the Gram matrix itself: for a random v of ±1, G·v = Yᵀ(Y·v) equals
 * diag(G)·v when G is diagonal, and hardly ever otherwise. What is left over in dimension j is Σ ±G_jk over k ≠ j, and
 * Cauchy and Schwarz bound every |G_jk| by √(G_jj·G_kk), so that the measure holds at any scale of the factors.
 * @param items n × d, row-major, finite
 */
export function inPrincipalAxes(items: Float32Array, n: number, d: number): boolean {
  const { integer } = random(1);
  const v = Float64Array.from({ length: d }, () => integer(2) * 2 - 1);
  const diagonal = new Float64Array(d);
  const product = new Float64Array(d);
  for (let row = 0; row < n; row++) {
    let dot = 0;
    for (let j = 0; j < d; j++) dot += items[row * d + j]! * v[j]!;
    for (let j = 0; j < d; j++) {
      const value = items[row * d + j]!;
      diagonal[j]! += value * value;
      product[j]! += value * dot;
    }
  }
  const norms = diagonal.map(Math.sqrt);
  const all = norms.reduce((sum, norm) => sum + norm, 0);
  return product.every(
    (sum, j) => Math.abs(sum - diagonal[j]! * v[j]!) <= TOLERANCE * Math.max(norms[j]!, NOISE * all) * all,
  );
}
