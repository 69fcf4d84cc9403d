/** The sort of rows by user, against a comparator. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { POSITIONS, UserOrder } from '../../../src/ingest/import/user-order.js';

const order = new UserOrder();
const user = fc.oneof(fc.nat(5), fc.integer({ min: 0, max: 9_999_999_999 }), fc.constantFrom(1023, 1024, 2 ** 32));

test('orders by user, then position', () => {
  fc.assert(
    fc.property(fc.array(user, { maxLength: 100 }), (users) => {
      users.forEach((id, position) => order.set(position, id));
      order.sort(users.length);
      const sorted = users.map((_, i) => [order.user(i), order.position(i)]);
      const expected = users.map((id, position) => [id, position]).sort(([a, b], [c, d]) => a! - c! || b! - d!);
      expect(sorted).toEqual(expected);
    }),
  );
});

test('holds the largest user and position', () => {
  order.set(POSITIONS - 1, 9_999_999_999);
  expect(order.user(POSITIONS - 1)).toBe(9_999_999_999);
  expect(order.position(POSITIONS - 1)).toBe(POSITIONS - 1);
});
