/** Text that is safe to print. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../../src/core/printable.js';

test.each([
  ['plain text, é and 映画', 'plain text, é and 映画'],
  ['\u001b[31mred\u0007', '\\u001b[31mred\\u0007'],
  ['a\u202eb\u0085c\ud800', 'a\\u202eb\\u0085c\\ud800'],
])('%j', (text, shown) => {
  expect(printable(text, 40)).toBe(shown);
});

test('too much text ends in an ellipsis', () => {
  expect(printable('x'.repeat(5), 5)).toBe('xxxxx');
  expect(printable('x'.repeat(6), 5)).toBe('xxxx…');
  expect(printable('\n\n', 5)).toBe('\\u00…');
});

test('nothing a terminal obeys is left of any text, and never more than asked for', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 30 }), (text, lengthMax) => {
      const shown = printable(text, lengthMax);
      expect(shown.length).toBeLessThanOrEqual(lengthMax);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});
