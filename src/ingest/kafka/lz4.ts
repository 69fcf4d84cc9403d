/**
 * LZ4 in its frame format, without checking its checksums: a batch has one of its own.
 *
 * frame:     04 22 4D 18 | flags u8 | block size u8 | [content size u64] | header checksum u8 | block* | 0 u32 | […]
 * block:     size u32, its highest bit set when the bytes are stored as they are | bytes | [checksum u32]
 * sequence:  token u8, literal count in its high half, match length − 4 in its low one | [more count] | literals
 *            | distance u16 | [more length]; the last one of a block ends with its literals
 *
 * All little-endian. Source: lz4/lz4, doc/lz4_Frame_format.md and lz4_Block_format.md.
 */

import { LzOutput } from './lz-output.js';

const magic = 0x184d2204;
const version = 0x40;
const flag = { version: 0xc0, blockChecksum: 0x10, contentSize: 0x08, dictionary: 0x01 };
const storedBit = 0x80000000;
/** What one byte of a block can grow to: a byte more of a length is 255 bytes more. */
const growthMax = 255;

interface Block {
  readonly bytes: Buffer;
  readonly stored: boolean;
}

/** Throws a RangeError for what is broken, or holds more than `bytesMax`. */
export function decodeLz4(frame: Buffer, bytesMax: number): Buffer {
  const blocks = blocksOf(frame);
  const bound = blocks.reduce((sum, { bytes, stored }) => sum + bytes.length * (stored ? 1 : growthMax), 0);
  const output = new LzOutput(Math.min(bound, bytesMax));
  for (const { bytes, stored } of blocks) {
    if (stored) output.literals(bytes, 0, bytes.length);
    else decodeBlock(bytes, output);
  }
  return output.finish();
}

function blocksOf(frame: Buffer): Block[] {
  if (frame.readUInt32LE(0) !== magic) throw new RangeError('no LZ4 frame begins here');
  const flags = frame.readUInt8(4);
  if ((flags & flag.version) !== version) throw new RangeError(`LZ4 frame of an unknown version (flags ${flags})`);
  if ((flags & flag.dictionary) !== 0) throw new RangeError('LZ4 frame needs a dictionary');
  const checksumBytes = (flags & flag.blockChecksum) === 0 ? 0 : 4;
  let at = (flags & flag.contentSize) === 0 ? 7 : 15;

  const blocks: Block[] = [];
  for (;;) {
    const head = frame.readUInt32LE(at);
    if (head === 0) return blocks;
    const stored = head >= storedBit;
    const from = at + 4;
    const to = from + (stored ? head - storedBit : head);
    if (to > frame.length) throw new RangeError('LZ4 frame ends inside a block');
    blocks.push({ bytes: frame.subarray(from, to), stored });
    at = to + checksumBytes;
  }
}

function decodeBlock(block: Buffer, output: LzOutput): void {
  for (let at = 0; ;) {
    const token = block.readUInt8(at);
    at += 1;

    let literals = token >>> 4;
    if (literals === 15) {
      const end = endOfLength(block, at);
      literals += moreLength(block, at, end);
      at = end;
    }
    output.literals(block, at, literals);
    at += literals;
    if (at === block.length) return;

    const distance = block.readUInt16LE(at);
    at += 2;
    let length = (token & 15) + 4;
    if ((token & 15) === 15) {
      const end = endOfLength(block, at);
      length += moreLength(block, at, end);
      at = end;
    }
    output.repeat(distance, length);
  }
}

/** A length goes on in bytes of 255 and ends with a smaller one. */
function endOfLength(block: Buffer, from: number): number {
  let at = from;
  while (block.readUInt8(at) === 255) at += 1;
  return at + 1;
}

const moreLength = (block: Buffer, from: number, end: number): number => (end - from - 1) * 255 + block[end - 1]!;
