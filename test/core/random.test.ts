/** Seeded random numbers: the same everywhere, in range, and distributed as they say. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random, shuffled } from '../../src/core/random.js';

const draw = (count: number, next: () => number): number[] => Array.from({ length: count }, next);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

test('the sequence of a seed never changes: artefacts depend on it', () => {
  const { uniform } = random(1);
  expect(draw(3, uniform).map((value) => value * 2 ** 32)).toEqual([2442144158, 3238099751, 3819917871]);
});

test('equal seeds agree and neighbouring seeds do not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 2 }), (seed) => {
      const first = draw(8, random(seed).uniform);
      expect(draw(8, random(seed).uniform)).toEqual(first);
      expect(draw(8, random(seed + 1).uniform)).not.toEqual(first);
    }),
  );
});

test('integers stay below their bound', () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 2 ** 31 }), (seed, bound) => {
      const value = random(seed).integer(bound);
      expect(Number.isInteger(value) && value >= 0 && value < bound).toBe(true);
    }),
  );
});

test('uniform and normal have the moments of their names', () => {
  const { uniform, normal } = random(7);
  const uniforms = draw(20_000, uniform);
  expect(Math.min(...uniforms)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...uniforms)).toBeLessThan(1);
  expect(mean(uniforms)).toBeCloseTo(0.5, 1);
  const normals = draw(20_000, normal);
  expect(mean(normals)).toBeCloseTo(0, 1);
  expect(mean(normals.map((value) => value * value))).toBeCloseTo(1, 1);
});

test('a shuffle loses nothing, leaves its input alone, and brings every order equally often', () => {
  const input = ['a', 'b', 'c'];
  const draws = random(3);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6_000; i++) {
    const order = shuffled(input, draws).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
  // 1,000 each; five standard deviations are 144.
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  expect(input).toEqual(['a', 'b', 'c']);
});
