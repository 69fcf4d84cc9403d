/** One open segment: a file that others append to, read from line to line. A line exists once its LF does. */

import { open, type FileHandle } from 'node:fs/promises';
import type { ChunkBuffer } from './chunk-buffer.js';
import type { SegmentFile } from './layout.js';
import { findLines, indexOfLineEnd, skipLines, type LineEnds } from './line-ends.js';

/** Of a longer line only so many bytes are given: memory stays bounded, and no use is known for a longer one. */
export const LINE_BYTES_GIVEN_MAX = 8 << 20;

/** They lie in the segment's buffer, until it is used again. */
export interface SegmentLines extends LineEnds {
  readonly bytes: Buffer;
}

/** Every method throws what the file system throws. */
export class Segment {
  /** Offset of its first line. */
  readonly first: number;
  readonly #handle: FileHandle;
  readonly #buffer: ChunkBuffer;
  /** When it was looked at last. */
  #size = 0;
  #deleted = false;
  /** The next line: its number in the segment, and its first byte. */
  #line = 0;
  #byte = 0;
  /** The next line does not end before this byte. */
  #searched = 0;

  private constructor(first: number, handle: FileHandle, buffer: ChunkBuffer) {
    this.first = first;
    this.#handle = handle;
    this.#buffer = buffer;
  }

  /** `buffer` is written to by every method that reads. */
  static async open({ first, path }: SegmentFile, buffer: ChunkBuffer): Promise<Segment> {
    return new Segment(first, await open(path, 'r'), buffer);
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  /** Of the next line. */
  get offset(): number {
    return this.first + this.#line;
  }

  /** How much of a size has not been searched for lines yet. */
  bytesLeftOf(size: number): number {
    return Math.max(0, size - this.#searched);
  }

  /** Deleted, or shorter than what was read of it: what is under its name now must be found again. */
  get isLost(): boolean {
    return this.#deleted || this.#size < this.#byte;
  }

  /** Goes on to the line with this offset; false when it is not there yet. Only these bytes are read and not given. */
  async skipTo(offset: number): Promise<boolean> {
    while (this.offset < offset) {
      const bytes = await this.#read(this.#searched, this.#buffer.bytes, Infinity);
      if (bytes.length === 0) return false;
      const { skipped, length } = skipLines(bytes, offset - this.offset);
      this.#line += skipped;
      if (skipped > 0) this.#byte = this.#searched + length;
      this.#searched = this.offset === offset ? this.#byte : this.#searched + bytes.length;
    }
    return true;
  }

  /** Ended lines from the next one on, about a buffer of them, none from behind byte `limit`; undefined: no news. */
  async next(limit: number): Promise<SegmentLines | undefined> {
    while (this.#searched < Math.min(await this.#sizeBeyond(this.#searched), limit)) {
      const isLong = this.#searched - this.#byte >= this.#buffer.bytes.length;
      const lines = await (isLong ? this.#longLine(limit) : this.#chunk(limit));
      if (lines !== undefined) return lines;
    }
    return undefined;
  }

  async #chunk(limit: number): Promise<SegmentLines | undefined> {
    const bytes = await this.#read(this.#byte, this.#buffer.bytes, limit);
    const lines = findLines(bytes, this.#buffer);
    if (lines.count === 0) {
      this.#searched = Math.max(this.#searched, this.#byte + bytes.length);
      return undefined;
    }
    this.#goOn(lines.count, this.#byte + lines.length);
    return { bytes, ...lines };
  }

  /** Looks on for the end of a line that is longer than the buffer, and gives that line alone, in bytes of its own. */
  async #longLine(limit: number): Promise<SegmentLines | undefined> {
    const searched = await this.#read(this.#searched, this.#buffer.bytes, limit);
    const index = indexOfLineEnd(searched);
    if (index < 0) {
      this.#searched += searched.length;
      return undefined;
    }
    const next = this.#searched + index + 1;
    const room = Buffer.allocUnsafeSlow(Math.min(next - this.#byte, LINE_BYTES_GIVEN_MAX));
    const bytes = await this.#read(this.#byte, room, limit);
    const whole = findLines(bytes, this.#buffer);
    const cut = { count: 1, starts: Uint32Array.of(0), ends: Uint32Array.of(bytes.length), length: bytes.length };
    this.#goOn(1, next);
    return { bytes, ...(whole.count === 1 ? whole : cut) };
  }

  #goOn(lines: number, byte: number): void {
    this.#line += lines;
    this.#byte = byte;
    this.#searched = byte;
  }

  /** Fills `room` from `position` on, as far as there is something; returns the part that was filled. */
  async #read(position: number, room: Buffer, limit: number): Promise<Buffer> {
    const available = Math.min(await this.#sizeBeyond(position), limit) - position;
    const length = Math.max(0, Math.min(room.length, available));
    if (length === 0) return room.subarray(0, 0);
    const { bytesRead } = await this.#handle.read(room, 0, length, position);
    if (bytesRead < length) this.#size = position + bytesRead; // It has shrunk: the next look tells how far.
    return room.subarray(0, bytesRead);
  }

  /** The size; looks at the file only where what is known of it ends. */
  async #sizeBeyond(position: number): Promise<number> {
    if (position >= this.#size) {
      const { size, nlink } = await this.#handle.stat();
      this.#size = size;
      this.#deleted = nlink === 0;
      if (size < this.#searched) this.#searched = this.#byte; // The writer took an unended line back.
    }
    return this.#size;
  }
}
