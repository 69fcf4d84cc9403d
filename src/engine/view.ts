/** How one policy sees one model: a mask of the positions that may be answered and a bias for each, in shared memory. */

import { BLOCK, TILE, VIEW_BIAS, VIEW_HEADER_BYTES, VIEW_MASK, VIEW_TILE_BIAS } from '../../assembly/layout.js';
import type { ImagePlan } from './image.js';

export interface ViewPlan {
  readonly image: ImagePlan;
  readonly mask: number;
  readonly bias: number;
  readonly tileBias: number;
  readonly bytes: number;
}

const alignUp = (bytes: number): number => Math.ceil(bytes / 64) * 64;

export function planView(image: ImagePlan): ViewPlan {
  const mask = VIEW_HEADER_BYTES;
  const bias = mask + alignUp(image.blocks * 2);
  const tileBias = bias + alignUp(image.blocks * BLOCK * 4);
  return { image, mask, bias, tileBias, bytes: tileBias + alignUp(image.tiles * 16) };
}

/**
 * Writes a view of the image at `imageAddress`. `allowed` (0 or 1) and `bias` are by model row; a bias of zeros everywhere is left out,
 * since adding 0 never changes a score.
 */
export function writeView(
  memory: WebAssembly.Memory,
  address: number,
  plan: ViewPlan,
  imageAddress: number,
  allowed: Uint8Array,
  bias: Float32Array,
): void {
  const { buffer } = memory;
  const { image } = plan;
  const rowOf = new Uint32Array(buffer, imageAddress + image.offset.rowOf, image.shape.items);
  const mask = new Uint16Array(buffer, address + plan.mask, image.blocks);
  const biases = new Float32Array(buffer, address + plan.bias, image.blocks * BLOCK);
  const tileBias = new Float64Array(buffer, address + plan.tileBias, image.tiles * 2);
  tileBias.fill(0);
  let biased = false;
  for (let tile = 0; tile < image.tiles; tile++) {
    let largest = -Infinity;
    let magnitude = 0;
    const end = Math.min((tile + 1) * TILE, image.shape.items);
    for (let position = tile * TILE; position < end; position++) {
      const row = rowOf[position]!;
      if (allowed[row] === 1) mask[position >> 4]! |= 1 << (position & 15);
      const value = bias[row]!;
      biases[position] = value;
      biased ||= value !== 0;
      largest = Math.max(largest, value);
      magnitude = Math.max(magnitude, Math.abs(value));
    }
    tileBias[tile * 2] = largest;
    tileBias[tile * 2 + 1] = magnitude;
  }
  const header = new DataView(buffer, address, VIEW_HEADER_BYTES);
  header.setUint32(VIEW_MASK, address + plan.mask, true);
  header.setUint32(VIEW_BIAS, biased ? address + plan.bias : 0, true);
  header.setUint32(VIEW_TILE_BIAS, address + plan.tileBias, true);
}
