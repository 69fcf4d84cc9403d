/** One open segment: a file that others append to, read from line to line. A line exists once its LF does. */

import { open, type FileHandle } from 'node:fs/promises';
import type { SegmentFile } from './layout.js';
import { findLines, indexOfLineEnd, skipLines, type LineEnds } from './line-ends.js';

/** How much is read at once. */
const CHUNK_BYTES = 1 << 20;

/** Of a longer line only so many bytes are given: memory stays bounded, and no use is known for a longer one. */
export const LINE_BYTES_GIVEN_MAX = 8 << 20;

export interface SegmentLines extends LineEnds {
  readonly bytes: Buffer;
}

/** Every method throws what the file system throws. */
export class Segment {
  /** Offset of its first line. */
  readonly first: number;
  readonly #handle: FileHandle;
  /** When it was looked at last. */
  #size = 0;
  #deleted = false;
  /** The next line: its number in the segment, and its first byte. */
  #line = 0;
  #byte = 0;
  /** The next line does not end before this byte. */
  #searched = 0;

  private constructor(first: number, handle: FileHandle) {
    this.first = first;
    this.#handle = handle;
  }

  static async open({ first, path }: SegmentFile): Promise<Segment> {
    return new Segment(first, await open(path, 'r'));
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
      const bytes = await this.#read(this.#searched, CHUNK_BYTES, Infinity);
      if (bytes.length === 0) return false;
      const { skipped, length } = skipLines(bytes, offset - this.offset);
      this.#line += skipped;
      if (skipped > 0) this.#byte = this.#searched + length;
      this.#searched = this.offset === offset ? this.#byte : this.#searched + bytes.length;
    }
    return true;
  }

  /** Ended lines from the next one on, about CHUNK_BYTES of them, none from behind byte `limit`; undefined: no news. */
  async next(limit: number): Promise<SegmentLines | undefined> {
    while (this.#searched < Math.min(await this.#sizeBeyond(this.#searched), limit)) {
      const isLong = this.#searched - this.#byte >= CHUNK_BYTES;
      const lines = await (isLong ? this.#longLine(limit) : this.#chunk(limit));
      if (lines !== undefined) return lines;
    }
    return undefined;
  }

  async #chunk(limit: number): Promise<SegmentLines | undefined> {
    const bytes = await this.#read(this.#byte, CHUNK_BYTES, limit);
    const lines = findLines(bytes);
    if (lines.count === 0) {
      this.#searched = Math.max(this.#searched, this.#byte + bytes.length);
      return undefined;
    }
    this.#goOn(lines.count, this.#byte + lines.length);
    return { bytes, ...lines };
  }

  /** Looks on for the end of a line that is longer than a chunk, and gives that line alone. */
  async #longLine(limit: number): Promise<SegmentLines | undefined> {
    const searched = await this.#read(this.#searched, CHUNK_BYTES, limit);
    const index = indexOfLineEnd(searched);
    if (index < 0) {
      this.#searched += searched.length;
      return undefined;
    }
    const next = this.#searched + index + 1;
    const bytes = await this.#read(this.#byte, Math.min(next - this.#byte, LINE_BYTES_GIVEN_MAX), limit);
    const whole = findLines(bytes);
    const cut = { count: 1, starts: Uint32Array.of(0), ends: Uint32Array.of(bytes.length), length: bytes.length };
    this.#goOn(1, next);
    return { bytes, ...(whole.count === 1 ? whole : cut) };
  }

  #goOn(lines: number, byte: number): void {
    this.#line += lines;
    this.#byte = byte;
    this.#searched = byte;
  }

  /** A fresh buffer with up to `length` bytes from `position` on; empty when there are none. */
  async #read(position: number, length: number, limit: number): Promise<Buffer> {
    const available = Math.min(await this.#sizeBeyond(position), limit) - position;
    const buffer = Buffer.allocUnsafeSlow(Math.max(0, Math.min(length, available)));
    if (buffer.length === 0) return buffer;
    const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, position);
    if (bytesRead < buffer.length) this.#size = position + bytesRead; // It has shrunk: the next look tells how far.
    return buffer.subarray(0, bytesRead);
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
