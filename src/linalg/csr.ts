/** Sparse matrices in compressed row form, and their transpose. */

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

/** Columns become rows; the entries of a row are in ascending order of column. Counting sort: O(entries). */
export function transpose(matrix: Csr): Csr {
  const indptr = rowStarts(matrix.indices, matrix.columns);
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

/** `indptr` of as many rows, when the entries are grouped by `rowOf`: prefix sums of the row lengths. */
export function rowStarts(rowOf: Int32Array, rows: number): Int32Array {
  const indptr = new Int32Array(rows + 1);
  for (const row of rowOf) indptr[row + 1]!++;
  for (let row = 0; row < rows; row++) indptr[row + 1]! += indptr[row]!;
  return indptr;
}
