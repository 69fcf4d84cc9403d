/** Writes ASCII straight into bytes: no string is made for a line. Every function returns where it stopped. */

/** A buffer that grows and is used again. */
export class ByteSink {
  bytes = new Uint8Array(1 << 16);
  length = 0;

  /** Makes room for `more` bytes behind `length`; what `bytes` was before is no longer written to. */
  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}

export const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');

export function put(into: Uint8Array, at: number, from: Uint8Array): number {
  return putRange(into, at, from, 0, from.length);
}

// A loop: for the twenty bytes that are usual here it beats `set` on a fresh view.
export function putRange(into: Uint8Array, at: number, from: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; i++) into[at++] = from[i]!;
  return at;
}

/** `value` in decimal, a whole number of at most ten digits. */
export function putNumber(into: Uint8Array, at: number, value: number): number {
  let digits = 1;
  for (let limit = 10; value >= limit; limit *= 10) digits++;
  return putDigits(into, at, value, digits);
}

/** Exactly `digits` digits, with leading zeros. */
export function putDigits(into: Uint8Array, at: number, value: number, digits: number): number {
  let rest = value;
  for (let i = at + digits - 1; i >= at; i--) {
    const tens = Math.floor(rest / 10);
    into[i] = 48 + rest - tens * 10;
    rest = tens;
  }
  return at + digits;
}
