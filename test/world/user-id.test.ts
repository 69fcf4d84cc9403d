/** User ids against the pattern that defines them. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseUserId } from '../../src/world/user-id.js';

test.each([
  ['42', 42],
  ['0', 0],
  ['0000000042', 42],
  ['9999999999', 9_999_999_999],
])('%s is user %d', (text, id) => {
  expect(parseUserId(text)).toBe(id);
});

test('agrees with ^[0-9]{1,10}$ on any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: fc.integer({ min: 0, max: 9 }).map(String), maxLength: 12 }),
    fc.constantFrom('-1', '1e9', '+1', '1.0', ' 1', '1\n', '٣', '%00'),
  );
  fc.assert(
    fc.property(text, (candidate) => {
      expect(parseUserId(candidate)).toBe(/^[0-9]{1,10}$/.test(candidate) ? Number(candidate) : null);
    }),
  );
});
