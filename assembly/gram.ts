/**
 * Products of many rows with each other, the work of a fold-in. Rows are f32, `rowBytes` apart, a multiple of 16; results go
 * into a matrix with rows of the same length, its lower triangle complete, and some of the rest overwritten.
 *
 *   rowProducts     rows · rowsᵀ, an n × n matrix: four dot products at a time share the loads of one row
 *   columnProducts  rowsᵀ · rows, a d × d matrix: tiles of 4 × 8 stay in registers while all rows pass by
 *   combineRows     rowsᵀ · factors, a row: 16 columns at a time
 */

/** matrix[i][j] = row_i · row_j for j ≤ i < n. Reads up to three rows beyond the last. */
export function rowProducts(matrix: usize, rows: usize, n: u32, rowBytes: usize): void {
  for (let i: u32 = 0; i < n; i++) {
    const row = rows + i * rowBytes;
    const to = matrix + i * rowBytes;
    for (let j: u32 = 0; j <= i; j += 4) {
      v128.store(to + (j << 2), fourDots(row, rows + j * rowBytes, rowBytes, rowBytes));
    }
  }
}

/** The dot products of the first `bytes` of a row with those of four others that follow each other. */
// @ts-ignore: decorator
@inline
export function fourDots(row: usize, others: usize, rowBytes: usize, bytes: usize): v128 {
  let a = f32x4.splat(0);
  let b = f32x4.splat(0);
  let c = f32x4.splat(0);
  let d = f32x4.splat(0);
  const second = others + rowBytes;
  const third = second + rowBytes;
  const fourth = third + rowBytes;
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(row + at);
    a = f32x4.add(a, f32x4.mul(x, v128.load(others + at)));
    b = f32x4.add(b, f32x4.mul(x, v128.load(second + at)));
    c = f32x4.add(c, f32x4.mul(x, v128.load(third + at)));
    d = f32x4.add(d, f32x4.mul(x, v128.load(fourth + at)));
  }
  // Transposes the four sums and adds what were their lanes.
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** matrix[i][j] += Σ_r row_r[i] · row_r[j] for j ≤ i; `rowBytes` also is the size of a matrix row. */
export function columnProducts(matrix: usize, rows: usize, n: u32, rowBytes: usize): void {
  const end = rows + n * rowBytes;
  for (let i: usize = 0; i < rowBytes; i += 16) {
    let j: usize = 0;
    for (; j + 16 <= i; j += 32) tile(matrix + (i >> 2) * rowBytes, rows, end, rowBytes, i, j);
    if (j <= i) narrowTile(matrix + (i >> 2) * rowBytes, rows, end, rowBytes, i, j);
  }
}

/** Four rows by eight columns of the matrix. */
// @ts-ignore: decorator
@inline
function tile(matrix: usize, rows: usize, end: usize, rowBytes: usize, i: usize, j: usize): void {
  const m1 = matrix + rowBytes;
  const m2 = m1 + rowBytes;
  const m3 = m2 + rowBytes;
  let a0 = v128.load(matrix + j);
  let b0 = v128.load(matrix + j, 16);
  let a1 = v128.load(m1 + j);
  let b1 = v128.load(m1 + j, 16);
  let a2 = v128.load(m2 + j);
  let b2 = v128.load(m2 + j, 16);
  let a3 = v128.load(m3 + j);
  let b3 = v128.load(m3 + j, 16);
  for (let row = rows; row < end; row += rowBytes) {
    const x = v128.load(row + j);
    const y = v128.load(row + j, 16);
    const s0 = v128.load32_splat(row + i);
    a0 = f32x4.add(a0, f32x4.mul(s0, x));
    b0 = f32x4.add(b0, f32x4.mul(s0, y));
    const s1 = v128.load32_splat(row + i, 4);
    a1 = f32x4.add(a1, f32x4.mul(s1, x));
    b1 = f32x4.add(b1, f32x4.mul(s1, y));
    const s2 = v128.load32_splat(row + i, 8);
    a2 = f32x4.add(a2, f32x4.mul(s2, x));
    b2 = f32x4.add(b2, f32x4.mul(s2, y));
    const s3 = v128.load32_splat(row + i, 12);
    a3 = f32x4.add(a3, f32x4.mul(s3, x));
    b3 = f32x4.add(b3, f32x4.mul(s3, y));
  }
  v128.store(matrix + j, a0);
  v128.store(matrix + j, b0, 16);
  v128.store(m1 + j, a1);
  v128.store(m1 + j, b1, 16);
  v128.store(m2 + j, a2);
  v128.store(m2 + j, b2, 16);
  v128.store(m3 + j, a3);
  v128.store(m3 + j, b3, 16);
}

/** Four rows by four columns, for what is left at the diagonal. */
// @ts-ignore: decorator
@inline
function narrowTile(matrix: usize, rows: usize, end: usize, rowBytes: usize, i: usize, j: usize): void {
  const m1 = matrix + rowBytes;
  const m2 = m1 + rowBytes;
  const m3 = m2 + rowBytes;
  let a0 = v128.load(matrix + j);
  let a1 = v128.load(m1 + j);
  let a2 = v128.load(m2 + j);
  let a3 = v128.load(m3 + j);
  for (let row = rows; row < end; row += rowBytes) {
    const x = v128.load(row + j);
    a0 = f32x4.add(a0, f32x4.mul(v128.load32_splat(row + i), x));
    a1 = f32x4.add(a1, f32x4.mul(v128.load32_splat(row + i, 4), x));
    a2 = f32x4.add(a2, f32x4.mul(v128.load32_splat(row + i, 8), x));
    a3 = f32x4.add(a3, f32x4.mul(v128.load32_splat(row + i, 12), x));
  }
  v128.store(matrix + j, a0);
  v128.store(m1 + j, a1);
  v128.store(m2 + j, a2);
  v128.store(m3 + j, a3);
}

/** to += Σ factor_r · row_r; `to` is one row. */
export function combineRows(to: usize, rows: usize, factors: usize, n: u32, rowBytes: usize): void {
  const end = rows + n * rowBytes;
  let at: usize = 0;
  for (; at + 64 <= rowBytes; at += 64) {
    let a = v128.load(to + at);
    let b = v128.load(to + at, 16);
    let c = v128.load(to + at, 32);
    let d = v128.load(to + at, 48);
    let factor = factors;
    for (let row = rows + at; row < end; row += rowBytes) {
      const splat = v128.load32_splat(factor);
      a = f32x4.add(a, f32x4.mul(splat, v128.load(row)));
      b = f32x4.add(b, f32x4.mul(splat, v128.load(row, 16)));
      c = f32x4.add(c, f32x4.mul(splat, v128.load(row, 32)));
      d = f32x4.add(d, f32x4.mul(splat, v128.load(row, 48)));
      factor += 4;
    }
    v128.store(to + at, a);
    v128.store(to + at, b, 16);
    v128.store(to + at, c, 32);
    v128.store(to + at, d, 48);
  }
  for (; at < rowBytes; at += 16) {
    let a = v128.load(to + at);
    let factor = factors;
    for (let row = rows + at; row < end; row += rowBytes) {
      a = f32x4.add(a, f32x4.mul(v128.load32_splat(factor), v128.load(row)));
      factor += 4;
    }
    v128.store(to + at, a);
  }
}
