/** Quantises the rows of an image to int16, tile by tile, and records the bounds that make the scan exact. */

import {
  BLOCK,
  TILE_BLOCKS,
  TILE_BLOCK_COUNT,
  TILE_BYTES,
  TILE_ERROR_MAX,
  TILE_FIRST_BLOCK,
  TILE_NORM_MAX,
  TILE_SCALE,
} from '../../assembly/layout.js';

/** With Σ|x̂| ≤ 536,000 (assembly/query.ts) no dot product leaves i32. */
const STEPS_MAX = 4000;
/** Rounding of the f64 sums below must not make a bound too small. */
const INFLATE = 1 + 1e-12;

interface TileShape {
  readonly stride: number;
  readonly blocks: number;
  readonly tiles: number;
}

/**
 * `rows`: f32 [positions][stride]; writes `quantised`: i16 [blocks][stride / 2][16][2] and the tile table. Returns the largest
 * norm of all rows.
 */
export function quantiseTiles(
  rows: Float32Array,
  { stride, blocks, tiles }: TileShape,
  quantised: Int16Array,
  table: DataView,
): number {
  let normMax = 0;
  for (let tile = 0; tile < tiles; tile++) {
    const first = tile * TILE_BLOCKS;
    const count = Math.min(TILE_BLOCKS, blocks - first);
    const values = rows.subarray(first * BLOCK * stride, (first + count) * BLOCK * stride);
    let largest = 0;
    for (const value of values) largest = Math.max(largest, Math.abs(value));
    const scale = largest / STEPS_MAX;

    let tileNorm = 0;
    let tileError = 0;
    for (let item = 0; item < count * BLOCK; item++) {
      const block = (first + (item >> 4)) * stride * BLOCK;
      let squares = 0;
      let errors = 0;
      for (let i = 0; i < stride; i++) {
        const value = values[item * stride + i]!;
        const steps = scale === 0 ? 0 : Math.round(value / scale);
        quantised[block + (i >> 1) * 32 + (item & 15) * 2 + (i & 1)] = steps;
        squares += value * value;
        errors += (value - steps * scale) ** 2;
      }
      tileNorm = Math.max(tileNorm, Math.sqrt(squares));
      tileError = Math.max(tileError, Math.sqrt(errors));
    }
    const at = tile * TILE_BYTES;
    table.setFloat64(at + TILE_SCALE, scale, true);
    table.setFloat64(at + TILE_NORM_MAX, tileNorm * INFLATE, true);
    table.setFloat64(at + TILE_ERROR_MAX, tileError * INFLATE, true);
    table.setUint32(at + TILE_FIRST_BLOCK, first, true);
    table.setUint32(at + TILE_BLOCK_COUNT, count, true);
    normMax = Math.max(normMax, tileNorm);
  }
  return normMax * INFLATE;
}
