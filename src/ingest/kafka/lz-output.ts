/** What a decoder of the Lempel–Ziv kind has written so far: literals and repetitions are appended, within bounds. */

/** Fewer bytes are copied faster one by one than by a call. */
const callBytesMin = 64;

export class LzOutput {
  readonly #bytes: Buffer;
  #length = 0;

  constructor(capacity: number) {
    // Not cleared: a repetition reaches only what was written, and only that is given out.
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** Appends `source[from, from + count)`. */
  literals(source: Buffer, from: number, count: number): void {
    if (count > source.length - from) throw new RangeError('compressed bytes end too early');
    const end = this.#reserve(count);
    const bytes = this.#bytes;
    if (count > callBytesMin) source.copy(bytes, this.#length, from, from + count);
    else for (let at = from, to = this.#length; to < end; at += 1, to += 1) bytes[to] = source[at]!;
    this.#length = end;
  }

  /** Appends `count` bytes that begin `distance` bytes back, where they may run into what they append themselves. */
  repeat(distance: number, count: number): void {
    if (distance === 0 || distance > this.#length)
      throw new RangeError(`compressed bytes point ${distance} bytes back`);
    const end = this.#reserve(count);
    const bytes = this.#bytes;
    for (let to = this.#length; to < end; to += 1) bytes[to] = bytes[to - distance]!;
    this.#length = end;
  }

  /** All of it, in a buffer of its own that is no larger. */
  finish(): Buffer {
    return this.#length === this.#bytes.length ? this.#bytes : Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  /** The length to come. */
  #reserve(count: number): number {
    const end = this.#length + count;
    if (end > this.#bytes.length) throw new RangeError(`compressed bytes hold more than ${this.#bytes.length} bytes`);
    return end;
  }
}
