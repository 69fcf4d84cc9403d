/**
 * Zstandard, with fzstd. That trusts the sizes of blocks, and reserves and moves as much memory as a frame declares for its
 * window: so the frames are checked first, and their windows made as small as their blocks allow.
 *
 * frame:  28 B5 2F FD | flags u8 | [window u8] | [dictionary 1–4] | [content size 1–8] | block* | [checksum u32]
 * block:  3 bytes: last 1 bit, kind 2 bits, size 21 bits | bytes, or the one byte that is repeated
 *
 * All little-endian. Source: RFC 8878, section 3.1.
 */

import { Decompress } from 'fzstd';

const magic = 0xfd2fb528;
const skippableMagic = 0x184d2a5;
const flag = { singleSegment: 0x20, checksum: 0x04, dictionary: 0x03 };
/** Also what a block may unfold to. */
const blockBytesMax = 128 * 1024;
const repeatedByte = 1;

/** Throws a RangeError for what is broken, or declares or holds more than `bytesMax`. */
export function decodeZstd(bytes: Buffer, bytesMax: number): Buffer {
  const frames = Buffer.from(bytes);
  for (let at = 0; at < frames.length;) at = admitFrame(frames, at, bytesMax);

  const parts: Uint8Array[] = [];
  let size = 0;
  const decoder = new Decompress((part) => {
    size += part.length;
    if (size > bytesMax) throw new RangeError('too much');
    parts.push(part);
  });
  try {
    decoder.push(frames, true);
  } catch {
    throw new RangeError(size > bytesMax ? `zstd frames hold more than ${bytesMax} bytes` : 'zstd frame is broken');
  }
  return Buffer.concat(parts, size);
}

/** Checks the frame that begins at `start`, and shrinks its window in place. Where it ends. */
function admitFrame(bytes: Buffer, start: number, bytesMax: number): number {
  const kind = bytes.readUInt32LE(start);
  if (kind >>> 4 === skippableMagic) return within(bytes, start + 8 + bytes.readUInt32LE(start + 4));
  if (kind !== magic) throw new RangeError('no zstd frame begins here');

  const flags = bytes.readUInt8(start + 4);
  if ((flags & flag.dictionary) !== 0) throw new RangeError('zstd frame needs a dictionary');
  const singleSegment = (flags & flag.singleSegment) !== 0;
  const contentAt = start + (singleSegment ? 5 : 6);
  const contentWidth = [singleSegment ? 1 : 0, 2, 4, 8][flags >>> 6]!;
  const { count, end } = blocksOf(bytes, contentAt + contentWidth);

  const memory = singleSegment ? contentSize(bytes, contentAt, contentWidth) : shrinkWindow(bytes, start + 5, count);
  if (memory > bytesMax) throw new RangeError(`zstd frame declares ${memory} bytes, more than ${bytesMax}`);
  return within(bytes, end + ((flags & flag.checksum) === 0 ? 0 : 4));
}

function blocksOf(bytes: Buffer, start: number): { readonly count: number; readonly end: number } {
  let at = start;
  for (let count = 1; ; count += 1) {
    const head = bytes.readUIntLE(at, 3);
    const size = head >>> 3;
    if (size > blockBytesMax) throw new RangeError(`zstd block of ${size} bytes, more than ${blockBytesMax}`);
    at += 3 + (((head >>> 1) & 3) === repeatedByte ? 1 : size);
    if ((head & 1) === 1) return { count, end: at };
  }
}

/** A descriptor is five bits of exponent and three of eighths, so the smaller one is that of the smaller window. */
function shrinkWindow(bytes: Buffer, at: number, blocks: number): number {
  const exponent = Math.ceil(Math.log2(blocks * blockBytesMax)) - 10;
  const descriptor = Math.min(bytes.readUInt8(at), exponent << 3);
  bytes[at] = descriptor;
  return 2 ** (10 + (descriptor >>> 3)) * (1 + (descriptor & 7) / 8);
}

function contentSize(bytes: Buffer, at: number, width: number): number {
  if (width === 8) return Number(bytes.readBigUInt64LE(at));
  // Two bytes count from where one ends.
  return bytes.readUIntLE(at, width) + (width === 2 ? 256 : 0);
}

function within(bytes: Buffer, end: number): number {
  if (end > bytes.length) throw new RangeError('zstd frame ends too early');
  return end;
}
