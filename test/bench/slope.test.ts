/** The slope of a soak: exact on lines, deaf to outliers, and honest about what few readings can tell. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { below, slopeOf } from '../../bench/soak/slope.js';
import { random } from '../../src/core/random.js';

const ascending = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

test('a line has its own slope, and so have both ends of the interval', () => {
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 12, max: 40 }), (slope, n) => {
      const x = ascending(n);
      const line = x.map((at) => 7 + slope * at);
      expect(slopeOf(x, line)).toEqual({ value: slope, low: slope, high: slope });
    }),
  );
});

test('a quarter of the readings may be anything', () => {
  const x = ascending(40);
  const y = x.map((at) => (at % 4 === 1 ? 1e6 * (at % 8) : 3 * at));
  const { value } = slopeOf(x, y);
  expect(value).toBeGreaterThan(2);
  expect(value).toBeLessThan(4);
});

test('the interval holds the true slope in about 95 of 100 noisy runs', () => {
  const { normal } = random(11);
  const x = ascending(25);
  const runs = 1000;
  let held = 0;
  for (let run = 0; run < runs; run++) {
    const { low, high } = slopeOf(
      x,
      x.map((at) => 0.5 * at + 10 * normal()),
    );
    if (low <= 0.5 && 0.5 <= high) held++;
  }
  expect(held / runs).toBeGreaterThan(0.93);
  expect(held / runs).toBeLessThan(0.985);
});

test('three readings tell nothing', () => {
  expect(slopeOf([1, 2, 3], [1, 2, 3])).toEqual({ value: 1, low: -Infinity, high: Infinity });
});

test('a bar is held, broken, or not decided', () => {
  expect(below(1, { value: 0, low: -1, high: 1 })).toBe(true);
  expect(below(1, { value: 2, low: 1.5, high: 3 })).toBe(false);
  expect(below(1, { value: 0, low: -9, high: 9 })).toBe(null);
});
