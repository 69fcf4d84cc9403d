/** Sparse matrices in compressed row form, and their transpose. */

import type { Interactions } from './interactions.js';

/** Row r holds the entries `indptr[r]` to `indptr[r + 1]`. */
export interface Csr {
  readonly rows: number;
  readonly columns: number;
  /** rows + 1. */
  readonly indptr: Int32Array;
  /** Column of each entry. */
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/**
 * users × films; the entries of a row keep the order of the interactions (oldest first).
 * @param weights the value of each interaction; 1 when absent
 */
export function byUser(
  { users, films, userOf, filmOf }: Pick<Interactions, 'users' | 'films' | 'userOf' | 'filmOf'>,
  weights: Float32Array = new Float32Array(userOf.length).fill(1),
): Csr {
  return {
    rows: users.length,
    columns: films.length,
    indptr: offsets(userOf, users.length),
    indices: filmOf,
    values: weights,
  };
}

/** Columns become rows; the entries of a row are in ascending order of column. Counting sort: O(entries). */
export function transpose(matrix: Csr): Csr {
  const indptr = offsets(matrix.indices, matrix.columns);
  const next = indptr.slice(0, -1);
  const indices = new Int32Array(matrix.indices.length);
  const values = new Float32Array(matrix.values.length);
  for (let row = 0; row < matrix.rows; row++) {
    for (let i = matrix.indptr[row]!; i < matrix.indptr[row + 1]!; i++) {
      const at = next[matrix.indices[i]!]!++;
      indices[at] = row;
      values[at] = matrix.values[i]!;
    }
  }
  return { rows: matrix.columns, columns: matrix.rows, indptr, indices, values };
}

/** Where each row begins, when the entries are grouped by `rowOf`: prefix sums of the row lengths. */
function offsets(rowOf: Int32Array, rows: number): Int32Array {
  const indptr = new Int32Array(rows + 1);
  for (const row of rowOf) indptr[row + 1]!++;
  for (let row = 0; row < rows; row++) indptr[row + 1]! += indptr[row]!;
  return indptr;
}
