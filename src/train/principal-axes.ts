/** Turns an item matrix into its principal axes, so that the fold-in's Gram matrix is diagonal (decision record 0001). */

import { symmetricEigen } from '../linalg/symmetric-eigen.js';

/**
 * Y·V, where the columns of V are the eigenvectors of YᵀY, largest eigenvalue first. Every dot product of rows stays what
 * it was up to rounding, and so does every fold-in. Sums run in f64 in a fixed order: the same bits everywhere.
 * @param items n × d, row-major, finite
 * @returns n × d
 */
export function toPrincipalAxes(items: Float32Array, n: number, d: number): Float32Array {
  const { vectors } = symmetricEigen(gramOf(items, n, d), d);
  const rotated = new Float32Array(n * d);
  for (let row = 0; row < n; row++) {
    for (let axis = 0; axis < d; axis++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += items[row * d + k]! * vectors[axis * d + k]!;
      rotated[row * d + axis] = sum;
    }
  }
  return rotated;
}

/** YᵀY, d × d. */
function gramOf(items: Float32Array, n: number, d: number): Float64Array {
  const gram = new Float64Array(d * d);
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < d; i++) {
      const left = items[row * d + i]!;
      for (let j = i; j < d; j++) gram[i * d + j]! += left * items[row * d + j]!;
    }
  }
  for (let i = 0; i < d; i++) for (let j = 0; j < i; j++) gram[i * d + j] = gram[j * d + i]!;
  return gram;
}
