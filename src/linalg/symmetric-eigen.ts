/** Eigenvalues and eigenvectors of a symmetric matrix: cyclic Jacobi rotations in f64 (Golub and Van Loan, §8.5). */

import assert from 'node:assert/strict';

export interface Eigen {
  /** Descending; equal ones in the order the rotations left them. */
  readonly values: Float64Array;
  /** d × d; row j is the unit eigenvector of values[j], its component of largest magnitude positive. */
  readonly vectors: Float64Array;
}

/** Eight sweeps are usual at d = 256; convergence is quadratic. */
const sweepsMax = 60;

/**
 * Only additions, products, quotients and square roots in one fixed order: the same bits on every machine.
 * @param matrix d × d, symmetric, finite
 */
export function symmetricEigen(matrix: Float64Array, d: number): Eigen {
  const a = Float64Array.from(matrix);
  const v = identity(d);
  // Below the rounding of the entries themselves.
  const negligible = 2 ** -54 * sizeOf(a, d);

  let sweeps = 0;
  while (sweep(a, v, d, negligible)) assert(++sweeps < sweepsMax, 'Jacobi rotations did not converge');
  return ordered(a, v, d);
}

/** The trace of absolute values, or the largest entry where that is more: only an indefinite matrix has such a one. */
function sizeOf(a: Float64Array, d: number): number {
  let trace = 0;
  for (let i = 0; i < d; i++) trace += Math.abs(a[i * d + i]!);
  return a.reduce((most, entry) => Math.max(most, Math.abs(entry)), trace);
}

/** Turns every off-diagonal entry to zero once; later ones disturb earlier ones, ever less. False when none was left. */
function sweep(a: Float64Array, v: Float64Array, d: number, negligible: number): boolean {
  let rotated = false;
  for (let p = 0; p < d; p++) {
    for (let q = p + 1; q < d; q++) {
      const apq = a[p * d + q]!;
      if (Math.abs(apq) <= negligible) continue;
      rotated = true;
      // The smaller of the two angles that make the entry zero.
      const theta = (a[q * d + q]! - a[p * d + p]!) / (2 * apq);
      const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const cosine = 1 / Math.sqrt(tangent * tangent + 1);
      const sine = tangent * cosine;
      rotate(a, p, q, d, d, cosine, sine);
      rotate(a, p * d, q * d, 1, d, cosine, sine);
      rotate(v, p * d, q * d, 1, d, cosine, sine);
    }
  }
  return rotated;
}

/** Rotates two lines of d numbers, rows or columns, which begin at `first` and `second` and go on every `step`. */
function rotate(
  m: Float64Array,
  first: number,
  second: number,
  step: number,
  d: number,
  cosine: number,
  sine: number,
): void {
  for (let k = 0, i = first, j = second; k < d; k++, i += step, j += step) {
    const x = m[i]!;
    const y = m[j]!;
    m[i] = cosine * x - sine * y;
    m[j] = sine * x + cosine * y;
  }
}

function ordered(a: Float64Array, v: Float64Array, d: number): Eigen {
  const diagonal = Float64Array.from({ length: d }, (_, i) => a[i * d + i]!);
  const order = Int32Array.from(diagonal.keys()).sort((i, j) => diagonal[j]! - diagonal[i]! || i - j);
  const vectors = new Float64Array(d * d);
  for (const [to, from] of order.entries()) {
    const vector = v.subarray(from * d, (from + 1) * d);
    const sign = leadingSign(vector);
    for (let k = 0; k < d; k++) vectors[to * d + k] = sign * vector[k]!;
  }
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors };
}

/** The sign of the component of largest magnitude, the first one in a tie. */
function leadingSign(vector: Float64Array): number {
  let leading = 0;
  for (const component of vector) if (Math.abs(component) > Math.abs(leading)) leading = component;
  return leading < 0 ? -1 : 1;
}

function identity(d: number): Float64Array {
  const matrix = new Float64Array(d * d);
  for (let i = 0; i < d; i++) matrix[i * d + i] = 1;
  return matrix;
}
