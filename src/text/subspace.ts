/**
 * The directions in which sparse rows spread most: block power iteration on AᵀA (Halko, Martinsson and Tropp 2011,
 * algorithm 4.4), from a seeded start, in one fixed order of additions.
 */

import { random } from '../core/random.js';
import type { SparseVector } from './tf-idf.js';

/** Two or three settle a text's spectrum; more cost and change nothing that ranks. */
const ITERATIONS = 4;

/**
 * @param rows of `columns` columns each
 * @returns columns × d, row-major f64, its d columns orthonormal
 */
export function topSubspace(rows: readonly SparseVector[], columns: number, d: number, seed: number): Float64Array {
  const { normal } = random(seed);
  let basis: Float64Array = Float64Array.from({ length: columns * d }, normal);
  orthonormalise(basis, columns, d);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    basis = timesGram(rows, basis, columns, d);
    orthonormalise(basis, columns, d);
  }
  return basis;
}

/** AᵀA·B, row by row of A. */
function timesGram(rows: readonly SparseVector[], basis: Float64Array, columns: number, d: number): Float64Array {
  const product = new Float64Array(columns * d);
  const projected = new Float64Array(d);
  for (const { indices, values } of rows) {
    projected.fill(0);
    for (let i = 0; i < indices.length; i++) {
      const [value, at] = [values[i]!, indices[i]! * d];
      for (let k = 0; k < d; k++) projected[k]! += value * basis[at + k]!;
    }
    for (let i = 0; i < indices.length; i++) {
      const [value, at] = [values[i]!, indices[i]! * d];
      for (let k = 0; k < d; k++) product[at + k]! += value * projected[k]!;
    }
  }
  return product;
}

/**
 * Each column less what it shares with those before it, at length 1: B·L⁻ᵀ with BᵀB = LLᵀ, twice for stability
 * (Yamamoto et al. 2015, CholeskyQR2). A column that holds nothing new becomes zero.
 */
function orthonormalise(basis: Float64Array, rows: number, d: number): void {
  for (let pass = 0; pass < 2; pass++) {
    const factor = choleskyOfGram(basis, rows, d);
    for (let at = 0; at < rows * d; at += d) {
      for (let k = 0; k < d; k++) {
        let rest = basis[at + k]!;
        for (let other = 0; other < k; other++) rest -= factor[k * d + other]! * basis[at + other]!;
        const pivot = factor[k * d + k]!;
        basis[at + k] = pivot > 0 ? rest / pivot : 0;
      }
    }
  }
}

/** What is smaller than this share of its column was rounding. */
const NEGLIGIBLE = 1e-12;

/** Lower triangle L of BᵀB = LLᵀ, d × d; the column of a direction that is not new is zero. */
function choleskyOfGram(basis: Float64Array, rows: number, d: number): Float64Array {
  const factor = new Float64Array(d * d);
  for (let at = 0; at < rows * d; at += d) {
    for (let i = 0; i < d; i++) {
      const value = basis[at + i]!;
      if (value !== 0) for (let j = 0; j <= i; j++) factor[i * d + j]! += value * basis[at + j]!;
    }
  }
  for (let j = 0; j < d; j++) {
    let square = factor[j * d + j]!;
    const whole = square;
    for (let k = 0; k < j; k++) square -= factor[j * d + k]! ** 2;
    const pivot = square > NEGLIGIBLE * whole ? Math.sqrt(square) : 0;
    factor[j * d + j] = pivot;
    for (let i = j + 1; i < d; i++) {
      let sum = factor[i * d + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * d + k]! * factor[j * d + k]!;
      factor[i * d + j] = pivot > 0 ? sum / pivot : 0;
    }
  }
  return factor;
}
