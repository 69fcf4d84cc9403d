/**
 * The slow, obvious twin of the iALS kernels, in f64 and without any blocking: the same equations, the same three steps.
 * The exact solution of one row is the engine's `referenceFoldIn`; this one shows what the kernel should have computed.
 */

import type { Csr } from '../linalg/csr.js';
import { referenceSystem, solveCholesky, choleskyFactor } from '../engine/reference.js';

/** One side's problem: its interactions (values are weights), the other side's factors, and the row's own λ. */
export interface ReferenceHalf {
  readonly matrix: Csr;
  readonly other: Float32Array;
  readonly d: number;
  readonly alpha: number;
  readonly ridges: ArrayLike<number>;
}

/** The row after three conjugate-gradient steps from `start`. */
export function referenceRow(half: ReferenceHalf, row: number, start: ArrayLike<number>): Float64Array {
  const { d } = half;
  const { matrix, right } = systemOf(half, row);
  const times = (vector: Float64Array): Float64Array =>
    vector.map((_, i) => vector.reduce((sum, value, j) => sum + matrix[i * d + j]! * value, 0));
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

  const x = Float64Array.from(start);
  const image = times(x);
  const residual = right.map((value, i) => value - image[i]!);
  const direction = residual.slice();
  let error = dot(residual, residual);
  for (let step = 0; step < 3 && error > 1e-20; step++) {
    const turned = times(direction);
    const length = error / dot(direction, turned);
    const before = error;
    for (let i = 0; i < d; i++) {
      x[i]! += length * direction[i]!;
      residual[i]! -= length * turned[i]!;
    }
    error = dot(residual, residual);
    for (let i = 0; i < d; i++) direction[i] = residual[i]! + (error / before) * direction[i]!;
  }
  return x;
}

/** The row that makes the objective least, the other side held fixed. */
export function referenceSolution(half: ReferenceHalf, row: number): Float64Array {
  const { matrix, right } = systemOf(half, row);
  return solveCholesky(choleskyFactor(matrix, half.d), right);
}

function systemOf({ matrix, other, d, alpha, ridges }: ReferenceHalf, row: number): ReturnType<typeof referenceSystem> {
  const from = matrix.indptr[row]!;
  const to = matrix.indptr[row + 1]!;
  const [rows, weights] = [matrix.indices.subarray(from, to), matrix.values.subarray(from, to)];
  return referenceSystem(other, d, rows, weights, alpha, ridges[row]!);
}

/** The objective of ials-objective.ts, pair by pair. `users` is users × d, `items` items × d. */
export function referenceObjective(
  weights: Csr,
  users: Float32Array,
  items: Float32Array,
  d: number,
  alpha: number,
  ridges: { readonly users: ArrayLike<number>; readonly items: ArrayLike<number> },
): number {
  let sum = 0;
  for (let u = 0; u < weights.rows; u++) {
    const confidence = new Map<number, number>();
    for (let i = weights.indptr[u]!; i < weights.indptr[u + 1]!; i++) {
      confidence.set(weights.indices[i]!, alpha * weights.values[i]!);
    }
    for (let i = 0; i < weights.columns; i++) {
      let score = 0;
      for (let k = 0; k < d; k++) score += users[u * d + k]! * items[i * d + k]!;
      const c = confidence.get(i);
      sum += c === undefined ? score * score : (1 + c) * (1 - score) ** 2;
    }
  }
  for (const [i, value] of users.entries()) sum += ridges.users[Math.floor(i / d)]! * value * value;
  for (const [i, value] of items.entries()) sum += ridges.items[Math.floor(i / d)]! * value * value;
  return sum;
}
