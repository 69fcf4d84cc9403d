/** Text that can be shown anywhere: UTF-8 without control characters. */

import { isUtf8 } from 'node:buffer';

export function isPlainText(bytes: Uint8Array, start: number, end: number): boolean {
  let ascii = true;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte < 0x20 || byte === 0x7f) return false;
    if (byte < 0x80) continue;
    ascii = false;
    // U+0080 to U+009F: terminals obey them as they do an escape.
    if (byte === 0xc2 && at + 1 < end && bytes[at + 1]! < 0xa0) return false;
  }
  return ascii || isUtf8(bytes.subarray(start, end));
}
