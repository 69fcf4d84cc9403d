/**
 * Why a film is recommended: its score, without the bias, split into what each film of the history contributes. In f64, off
 * the request path.
 *
 * A sum splits by itself. For a fold-in, with A x = Σ c_j·y_j (A the system of registry/model.ts, c = 1 + αw) the score of item i is Σ_j c_j · y_iᵀ A⁻¹ y_j, one summand
 * for each film j (Hu, Koren and Volinsky 2008, §5).
 */

import { choleskyFactor, solveCholesky } from './reference.js';

export interface FoldIn {
  readonly d: number;
  /** Diagonal of YᵀY. */
  readonly gram: Float64Array;
  readonly alpha: number;
  readonly lambda: number;
  /** The item vectors of the history, d × f32 each, and their weights. */
  readonly history: readonly Float32Array[];
  readonly weights: Float32Array;
}

/** What each film of the history adds to the score of each item: items × history. */
export function foldInContributions(foldIn: FoldIn, items: readonly Float32Array[]): Float64Array[] {
  const { d, history, weights, alpha } = foldIn;
  const factor = choleskyFactor(system(foldIn), d);
  return items.map((item) => {
    const solved = solveCholesky(factor, item);
    return Float64Array.from(history, (film, j) => (1 + alpha * weights[j]!) * dot(solved, film, d));
  });
}

/**
 * The same for a sum.
 * @param history d × f32 each
 * @param factors w·gain of each film of the history, the weight with its factor of age
 */
export function sumContributions(
  history: readonly Float32Array[],
  factors: readonly number[],
  items: readonly Float32Array[],
): Float64Array[] {
  return items.map((item) => Float64Array.from(history, (film, j) => factors[j]! * dot(item, film, item.length)));
}

function system({ d, gram, alpha, lambda, history, weights }: FoldIn): Float64Array {
  const matrix = new Float64Array(d * d);
  for (let i = 0; i < d; i++) matrix[i * d + i] = gram[i]! + lambda;
  for (const [j, film] of history.entries()) {
    const w = alpha * weights[j]!;
    for (let row = 0; row < d; row++) {
      for (let column = 0; column <= row; column++) matrix[row * d + column]! += w * film[row]! * film[column]!;
    }
  }
  return matrix;
}

function dot(a: ArrayLike<number>, b: Float32Array, d: number): number {
  let sum = 0;
  for (let i = 0; i < d; i++) sum += a[i]! * b[i]!;
  return sum;
}
