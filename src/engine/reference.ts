/** The slow, obvious twins of the kernels: what "exact" means, in a dozen lines each. Used by tests and by the self-check of a load. */

/** s = 0; s = fround(s + fround(x_i·q_i)) for i ascending; then fround(s + bias) when there is one. */
function referenceScore(
  vector: Float32Array,
  items: Float32Array,
  d: number,
  row: number,
  bias?: Float32Array,
): number {
  let score = 0;
  for (let i = 0; i < d; i++) score = Math.fround(score + Math.fround(vector[i]! * items[row * d + i]!));
  return bias === undefined ? score : Math.fround(score + bias[row]!);
}

export interface ReferenceRequest {
  readonly vector: Float32Array;
  /** items × d, row-major. */
  readonly items: Float32Array;
  readonly d: number;
  readonly bias?: Float32Array | undefined;
  /** Rows that may be answered; all when absent. */
  readonly allowed?: (row: number) => boolean;
  readonly k: number;
}

/** The best k rows, ties to the lower row. */
export function referenceTopK(request: ReferenceRequest): { row: number; score: number }[] {
  const { vector, items, d, bias, allowed = () => true, k } = request;
  const scored: { row: number; score: number }[] = [];
  for (let row = 0; row * d < items.length; row++) {
    if (allowed(row)) scored.push({ row, score: referenceScore(vector, items, d, row, bias) });
  }
  return scored.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, k);
}

/**
 * x = 0; x = fround(x + fround(fround(w·gain)·y)) for each of the rows in their order, which is newest first in a lane. The
 * weights hold the factor of age already.
 */
export function referenceSum(
  items: Float32Array,
  d: number,
  gain: Float32Array,
  rows: ArrayLike<number>,
  weights: ArrayLike<number>,
): Float32Array {
  const x = new Float32Array(d);
  for (let h = 0; h < rows.length; h++) {
    const row = rows[h]!;
    const factor = Math.fround(Math.fround(weights[h]!) * gain[row]!);
    for (let i = 0; i < d; i++) x[i] = x[i]! + Math.fround(factor * items[row * d + i]!);
  }
  return x;
}

/** (YᵀY + Σ αw·y yᵀ + λI) x = Σ (1 + αw)·y with the whole Gram, in f64, by Cholesky: registry/model.ts. */
export function referenceFoldIn(
  items: Float32Array,
  d: number,
  rows: Int32Array,
  weights: Float32Array,
  alpha: number,
  lambda: number,
): Float64Array {
  const { matrix, right } = referenceSystem(items, d, rows, weights, alpha, lambda);
  return solveCholesky(choleskyFactor(matrix, d), right);
}

/** The normal equations of one user: d × d row-major, and the right-hand side. */
export function referenceSystem(
  items: Float32Array,
  d: number,
  rows: Int32Array,
  weights: Float32Array,
  alpha: number,
  lambda: number,
): { matrix: Float64Array; right: Float64Array } {
  const matrix = new Float64Array(d * d);
  const right = new Float64Array(d);
  const add = (row: number, factor: number): void => {
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) matrix[i * d + j]! += factor * items[row * d + i]! * items[row * d + j]!;
    }
  };
  for (let row = 0; row * d < items.length; row++) add(row, 1);
  for (const [h, row] of rows.entries()) {
    const w = alpha * weights[h]!;
    add(row, w);
    for (let i = 0; i < d; i++) right[i]! += (1 + w) * items[row * d + i]!;
  }
  for (let i = 0; i < d; i++) matrix[i * d + i]! += lambda;
  return { matrix, right };
}

/** Lower triangular L with L·Lᵀ = matrix. */
export function choleskyFactor(matrix: Float64Array, d: number): Float64Array {
  const factor = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * d + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * d + k]! * factor[j * d + k]!;
      factor[i * d + j] = i === j ? Math.sqrt(sum) : sum / factor[j * d + j]!;
    }
  }
  return factor;
}

export function solveCholesky(factor: Float64Array, right: ArrayLike<number>): Float64Array {
  const d = right.length;
  const x = Float64Array.from(right);
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i * d + k]! * x[k]!;
    x[i]! /= factor[i * d + i]!;
  }
  for (let i = d - 1; i >= 0; i--) {
    for (let k = i + 1; k < d; k++) x[i]! -= factor[k * d + i]! * x[k]!;
    x[i]! /= factor[i * d + i]!;
  }
  return x;
}
