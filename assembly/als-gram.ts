/** The Gram matrix YᵀY of a block of factor rows. */

/** Rows a pass, so that a pass stays in the first-level cache at 64 dimensions. */
const passRows: u32 = 64;

/**
 * Writes Σ y yᵀ over `count` rows to `out` (stride × stride f32). A pass adds 64 rows to one tile of 4 × 4 entries
 * after the other: four accumulators stay in registers and each row costs two loads a tile.
 */
export function gramOfRows(rows: usize, count: u32, stride: u32, out: usize): void {
  const rowBytes: usize = stride << 2;
  memory.fill(out, 0, stride * rowBytes);
  for (let done: u32 = 0; done < count; done += passRows) {
    const end = rows + min(passRows, count - done) * rowBytes;
    for (let i: usize = 0; i < rowBytes; i += 16) {
      for (let j: usize = 0; j < rowBytes; j += 16) addTile(rows, end, i, j, rowBytes, out + i * stride + j);
    }
    rows = end;
  }
}

function addTile(rows: usize, end: usize, i: usize, j: usize, rowBytes: usize, tile: usize): void {
  let line0 = v128.load(tile);
  let line1 = v128.load(tile + rowBytes);
  let line2 = v128.load(tile + rowBytes * 2);
  let line3 = v128.load(tile + rowBytes * 3);
  for (let row = rows; row < end; row += rowBytes) {
    const left = v128.load(row + i);
    const right = v128.load(row + j);
    line0 = f32x4.add(line0, f32x4.mul(v128.shuffle<f32>(left, left, 0, 0, 0, 0), right));
    line1 = f32x4.add(line1, f32x4.mul(v128.shuffle<f32>(left, left, 1, 1, 1, 1), right));
    line2 = f32x4.add(line2, f32x4.mul(v128.shuffle<f32>(left, left, 2, 2, 2, 2), right));
    line3 = f32x4.add(line3, f32x4.mul(v128.shuffle<f32>(left, left, 3, 3, 3, 3), right));
  }
  v128.store(tile, line0);
  v128.store(tile + rowBytes, line1);
  v128.store(tile + rowBytes * 2, line2);
  v128.store(tile + rowBytes * 3, line3);
}
