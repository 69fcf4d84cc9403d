/** Plain text against decoding it. */

import { expect, test } from 'vitest';
import { isPlainText } from '../../src/world/plain-text.js';

function isPlainSlowly(bytes: Uint8Array): boolean {
  try {
    return !/\p{Cc}/u.test(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return false;
  }
}

test('every pair of bytes, alone and within text', () => {
  for (let pair = 0; pair < 65_536; pair++) {
    const bytes = Uint8Array.of(0x41, pair >> 8, pair & 0xff, 0x42);
    for (const [start, end] of [
      [1, 2],
      [1, 3],
      [0, 4],
    ] as const) {
      const plain = isPlainText(bytes, start, end);
      if (plain !== isPlainSlowly(bytes.subarray(start, end))) expect([...bytes, start, end, plain]).toBe('otherwise');
    }
  }
});

test.each(['', 'a', 'Connection refused: …', '日本 🎬', '\u00a0', '\u{10ffff}'])('%j is plain', (text) => {
  const bytes = new TextEncoder().encode(text);
  expect(isPlainText(bytes, 0, bytes.length)).toBe(true);
});

test.each([[0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe0, 0x80, 0x80], [0xf0, 0x9f, 0x8e], [0xff]])(
  'bytes that are not UTF-8, case %#',
  (...bytes) => {
    expect(isPlainText(Uint8Array.from(bytes), 0, bytes.length)).toBe(false);
  },
);
