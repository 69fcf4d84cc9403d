/** Products of long f64 vectors and sparse matrices, each sum in one fixed order. */

import type { Csr } from './csr.js';

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** a ← a + factor·b */
export function addTimes(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i]! += factor * b[i]!;
}

/** XᵀX·v, row by row of X, so that neither XᵀX nor X·v is ever held. */
export function gramTimes({ rows, columns, indptr, indices, values }: Csr, v: Float64Array): Float64Array {
  const image = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const from = indptr[row]!;
    const to = indptr[row + 1]!;
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i]! * v[indices[i]!]!;
    for (let i = from; i < to; i++) image[indices[i]!]! += values[i]! * sum;
  }
  return image;
}

/** Xᵀ·v */
export function transposedTimes({ rows, columns, indptr, indices, values }: Csr, v: Float64Array): Float64Array {
  const image = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const factor = v[row]!;
    for (let i = indptr[row]!; i < indptr[row + 1]!; i++) image[indices[i]!]! += values[i]! * factor;
  }
  return image;
}

/** Leaves of v what is orthogonal to the orthonormal basis: four vectors at a time, while they are in the cache. */
export function takeOut(v: Float64Array, basis: readonly Float64Array[]): void {
  const fours = basis.length - (basis.length % 4);
  for (let i = 0; i < fours; i += 4) takeOutFour(v, basis[i]!, basis[i + 1]!, basis[i + 2]!, basis[i + 3]!);
  for (const single of basis.slice(fours)) addTimes(v, -dot(v, single), single);
}

function takeOutFour(v: Float64Array, a: Float64Array, b: Float64Array, c: Float64Array, d: Float64Array): void {
  let [inA, inB, inC, inD] = [0, 0, 0, 0];
  for (let i = 0; i < v.length; i++) {
    const value = v[i]!;
    inA += value * a[i]!;
    inB += value * b[i]!;
    inC += value * c[i]!;
    inD += value * d[i]!;
  }
  for (let i = 0; i < v.length; i++) v[i]! -= inA * a[i]! + inB * b[i]! + inC * c[i]! + inD * d[i]!;
}
