/** From what the log says of a user and a film to a weight. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { preferenceOf, ratingHighOf, weightOf } from '../../src/dataset/weight.js';

test.each([
  ['a rating, on its scale', [4, NaN, 0, 5], 0.8],
  ['a rating before the minutes', [2, 100, 100, 10], 0.2],
  ['a rating beyond the scale counts as its top', [8, NaN, 0, 5], 1],
  ['the share watched', [NaN, 30, 120, 5], 0.25],
  ['more minutes than the film has', [NaN, 130, 120, 5], 1],
  ['minutes of an unknown running time', [NaN, 30, 0, 5], NaN],
  ['nothing', [NaN, NaN, 120, 5], NaN],
] as const)('%s', (_, [rating, minutes, runtime, high], expected) => {
  expect(preferenceOf(rating, minutes, runtime, high)).toBe(Math.fround(expected));
});

test('a floor of 1 weighs all alike; a lower one weighs the disliked less, and what is unknown fully', () => {
  const preference = fc.float({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(preference, preference, fc.double({ min: -4, max: 1, noNaN: true }), (less, more, floor) => {
      expect(weightOf(less, 1)).toBe(1);
      expect(weightOf(NaN, floor)).toBe(1);
      expect(weightOf(0, floor)).toBeCloseTo(floor, 6);
      expect(weightOf(1, floor)).toBe(1);
      if (less < more) expect(weightOf(less, floor)).toBeLessThanOrEqual(weightOf(more, floor));
    }),
  );
});

test('a weight that comes to 0 is 0, whatever rounding made of the preference', () => {
  expect(weightOf(preferenceOf(1, NaN, 0, 5), -0.25)).toBe(0);
  expect(weightOf(preferenceOf(3, NaN, 0, 10), -3 / 7)).toBe(0);
});

test('the scale is a customary one that holds the highest rating', () => {
  expect([0, 4.5, 5, 5.5, 10, 100].map(ratingHighOf)).toEqual([5, 5, 5, 10, 10, 100]);
});
