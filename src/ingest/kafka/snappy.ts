/**
 * Snappy, as the producers of Kafka write it: a raw block, or the frame of snappy-java around several.
 *
 * frame:  82 'SNAPPY' 00 | version i32 | compatible version i32 | (length i32 | block)*          big-endian
 * block:  uncompressed size varint | element*                                                    little-endian
 * element, by the low two bits of its first byte:
 *   0     literals; their count − 1 in the other six bits, or from 60 on in the 1–4 bytes that follow
 *   1     repeat 4–11 bytes, 11 bits of distance
 *   2, 3  repeat 1–64 bytes, 16 or 32 bits of distance
 *
 * Source: google/snappy, format_description.txt.
 */

import { LzOutput } from './lz-output.js';

const magic = Buffer.from('\x82SNAPPY\0', 'latin1');
const frameHeaderBytes = 16;

/** Throws a RangeError for what is broken, or declares more than `bytesMax`. */
export function decodeSnappy(bytes: Buffer, bytesMax: number): Buffer {
  const blocks = bytes.subarray(0, magic.length).equals(magic) ? blocksOf(bytes) : [bytes];
  const sizes = blocks.map(sizeOf);
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  if (total > bytesMax) throw new RangeError(`snappy declares ${total} bytes, more than ${bytesMax}`);

  const output = new LzOutput(total);
  for (const [index, block] of blocks.entries()) {
    const { size, width } = sizes[index]!;
    const end = output.length + size;
    decodeBlock(block, width, output);
    if (output.length !== end) throw new RangeError(`snappy declares ${size} bytes and holds another number of them`);
  }
  return output.finish();
}

function blocksOf(frame: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = frameHeaderBytes; at < frame.length;) {
    const from = at + 4;
    at = from + frame.readUInt32BE(at);
    if (at > frame.length) throw new RangeError('snappy frame ends inside a block');
    blocks.push(frame.subarray(from, at));
  }
  return blocks;
}

/** The size that a block declares, and how many bytes it takes to say so. */
function sizeOf(block: Buffer): { readonly size: number; readonly width: number } {
  let size = 0;
  for (let width = 1; width <= 5; width += 1) {
    const byte = block.readUInt8(width - 1);
    size += (byte & 0x7f) * 2 ** (7 * (width - 1));
    if (byte < 0x80) return { size, width };
  }
  throw new RangeError('snappy block declares no size');
}

function decodeBlock(block: Buffer, from: number, output: LzOutput): void {
  for (let at = from; at < block.length;) {
    const tag = block[at]!;
    const high = tag >>> 2;
    at += 1;
    switch (tag & 3) {
      case 0: {
        const width = Math.max(high - 59, 0);
        const count = (width === 0 ? high : block.readUIntLE(at, width)) + 1;
        at += width;
        output.literals(block, at, count);
        at += count;
        break;
      }
      case 1:
        output.repeat(((tag >>> 5) << 8) | block.readUInt8(at), (high & 7) + 4);
        at += 1;
        break;
      case 2:
        output.repeat(block.readUInt16LE(at), high + 1);
        at += 2;
        break;
      default:
        output.repeat(block.readUInt32LE(at), high + 1);
        at += 4;
    }
  }
}
