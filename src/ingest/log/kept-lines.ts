/**
 * The lines of a batch, whole and with their places: copied into memory that is allocated once and used again for every batch, so
 * that a backlog of any length is read without garbage.
 */

import type { PlacedLine } from '../../store/held.js';
import type { LineChunk } from '../source.js';

export class KeptLines {
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #offsets: Float64Array;
  readonly #partitions: Uint32Array;
  #lines = 0;
  #bytes: Uint8Array;
  #length = 0;

  /** `lines` is how many there may be; of bytes there is room for `bytes` at first. */
  constructor(lines: number, bytes: number) {
    this.#starts = new Uint32Array(lines);
    this.#ends = new Uint32Array(lines);
    this.#offsets = new Float64Array(lines);
    this.#partitions = new Uint32Array(lines);
    this.#bytes = new Uint8Array(bytes);
  }

  /** Bytes of all that was added. */
  get bytes(): number {
    return this.#length;
  }

  /** Copies lines `[from, to)` of the chunk. Its bytes are copied whole: one large copy is faster than many small ones. */
  add({ partition, bytes, starts, ends, offsets }: LineChunk, from: number, to: number): void {
    this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#offsets.set(offsets.subarray(from, to), this.#lines);
    this.#partitions.fill(partition, this.#lines, this.#lines + to - from);
    for (let i = from; i < to; i++) {
      this.#starts[this.#lines] = this.#length + starts[i]!;
      this.#ends[this.#lines++] = this.#length + ends[i]!;
    }
    this.#length += bytes.length;
  }

  /** Line number `line` since the last `clear`. Its bytes are a view, overwritten after the next one. */
  at(line: number): PlacedLine {
    const bytes = this.#bytes.subarray(this.#starts[line], this.#ends[line]);
    return { partition: this.#partitions[line]!, offset: this.#offsets[line]!, bytes };
  }

  clear(): void {
    this.#lines = this.#length = 0;
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(this.#length + bytes);
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
