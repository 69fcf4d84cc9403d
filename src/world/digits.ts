/** Whole numbers in bytes: decimal digits without sign and without leading zeros. */

export const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Where the number that begins at `at` ends; `at` itself when none does. Of `007` the number is the first `0`. */
export function numberEnd(bytes: Uint8Array, at: number, end: number): number {
  let stop = at;
  while (stop < end && isDigit(bytes[stop]!)) stop++;
  return stop > at && bytes[at] === 0x30 ? at + 1 : stop;
}

/** The value of the digits in [start, end): exact up to fifteen of them. */
export function numberIn(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + (bytes[at]! - 0x30);
  return value;
}
