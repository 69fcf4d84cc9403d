/** The slow, obvious twin of linear.ts: EASE with its whole inverse, in f64, for as many films as fit in a dense matrix. */

import type { Csr } from '../linalg/csr.js';
import { choleskyFactor, solveCholesky } from '../engine/reference.js';

/** B of EASE, n × n, row-major: a history x scores xB. Its diagonal is zero. */
export function referenceEase(x: Csr, lambda: number): Float64Array {
  const n = x.columns;
  const gram = new Float64Array(n * n);
  for (let row = 0; row < x.rows; row++) {
    for (let a = x.indptr[row]!; a < x.indptr[row + 1]!; a++) {
      for (let b = x.indptr[row]!; b < x.indptr[row + 1]!; b++) {
        gram[x.indices[a]! * n + x.indices[b]!]! += x.values[a]! * x.values[b]!;
      }
    }
  }
  for (let i = 0; i < n; i++) gram[i * n + i]! += lambda;
  const factor = choleskyFactor(gram, n);
  const weights = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const inverse = solveCholesky(factor, unit(n, j)); // column j of P
    for (let i = 0; i < n; i++) weights[i * n + j] = i === j ? 0 : -inverse[i]! / inverse[j]!;
  }
  return weights;
}

function unit(n: number, j: number): Float64Array {
  const vector = new Float64Array(n);
  vector[j] = 1;
  return vector;
}
