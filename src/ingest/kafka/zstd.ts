/**
 * Zstandard, with the reference decoder compiled to WebAssembly (zstddec). That wants to know beforehand how much may come
 * out, and tells of an error only by giving nothing: so the frames are read for what their blocks may hold.
 *
 * frame:  28 B5 2F FD | flags u8 | [window u8] | [dictionary 1–4] | [content size 1–8] | block* | [checksum u32]
 * block:  3 bytes: last 1 bit, kind 2 bits, size 21 bits | bytes, or the one byte that is repeated
 *
 * All little-endian. Source: RFC 8878, section 3.1.
 */

import { ZSTDDecoder } from 'zstddec';

const magic = 0xfd2fb528;
const skippableMagic = 0x184d2a5;
const flag = { singleSegment: 0x20, checksum: 0x04, dictionary: 0x03 };
const kind = { repeatedByte: 1, compressed: 2 };
/** Also what a compressed block may unfold to. */
const blockBytesMax = 128 * 1024;

const decoder = new ZSTDDecoder();
await decoder.init();

interface Part {
  /** What it may unfold to. */
  readonly room: number;
  /** Where it ends. */
  readonly end: number;
}

/** Throws a RangeError for what is broken, or holds more than `bytesMax`. */
export function decodeZstd(bytes: Buffer, bytesMax: number): Buffer {
  let room = 0;
  for (let at = 0; at < bytes.length;) {
    const frame = frameOf(bytes, at);
    room += frame.room;
    at = frame.end;
  }
  if (room === 0) return Buffer.alloc(0);

  const { buffer, byteOffset, byteLength } = decoder.decode(bytes, Math.min(room, bytesMax));
  if (byteLength > 0) return Buffer.from(buffer, byteOffset, byteLength);
  throw new RangeError(
    room > bytesMax ? `zstd frames hold more than ${bytesMax} bytes, or are broken` : 'zstd frame is broken',
  );
}

function frameOf(bytes: Buffer, start: number): Part {
  const frameKind = bytes.readUInt32LE(start);
  if (frameKind >>> 4 === skippableMagic) return within(bytes, 0, start + 8 + bytes.readUInt32LE(start + 4));
  if (frameKind !== magic) throw new RangeError('no zstd frame begins here');

  const flags = bytes.readUInt8(start + 4);
  if ((flags & flag.dictionary) !== 0) throw new RangeError('zstd frame needs a dictionary');
  const singleSegment = (flags & flag.singleSegment) !== 0;
  const contentAt = start + (singleSegment ? 5 : 6);
  const contentWidth = [singleSegment ? 1 : 0, 2, 4, 8][flags >>> 6]!;
  const { room, end } = blocksOf(bytes, contentAt + contentWidth);
  return within(bytes, room, end + ((flags & flag.checksum) === 0 ? 0 : 4));
}

function blocksOf(bytes: Buffer, start: number): Part {
  let at = start;
  for (let room = 0; ;) {
    const head = bytes.readUIntLE(at, 3);
    const size = head >>> 3;
    const blockKind = (head >>> 1) & 3;
    if (size > blockBytesMax) throw new RangeError(`zstd block of ${size} bytes, more than ${blockBytesMax}`);
    room += blockKind === kind.compressed ? blockBytesMax : size;
    at += 3 + (blockKind === kind.repeatedByte ? 1 : size);
    if ((head & 1) === 1) return { room, end: at };
  }
}

function within(bytes: Buffer, room: number, end: number): Part {
  if (end > bytes.length) throw new RangeError('zstd frame ends too early');
  return { room, end };
}
