/** The generators of the benches: the same seed gives the same bits, and what they promise of their numbers holds. */

import { expect, test } from 'vitest';
import { histories, randomNormal, trainedLike } from '../../bench/harness/matrix.js';

const ITEMS = 2000;
const D = 16;

test.each([
  ['randomNormal', (seed: number) => randomNormal(ITEMS, D, seed)],
  ['trainedLike', (seed: number) => trainedLike(ITEMS, D, seed)],
  ['histories', (seed: number) => Int32Array.from(histories(20, 30, ITEMS, seed).flatMap((rows) => [...rows]))],
])('%s: the same bits from the same seed, others from another', (_name, generate) => {
  expect(generate(1)).toEqual(generate(1));
  expect(generate(1)).not.toEqual(generate(2));
});

test('trained-like items stand in their principal axes, longest first, with falling norms', () => {
  const items = trainedLike(ITEMS, D, 3);
  const gram = (i: number, j: number): number => {
    let sum = 0;
    for (let row = 0; row < ITEMS; row++) sum += items[row * D + i]! * items[row * D + j]!;
    return sum;
  };
  for (let i = 1; i < D; i++) {
    expect(gram(i, i)).toBeLessThanOrEqual(gram(i - 1, i - 1));
    for (let j = 0; j < i; j++) expect(Math.abs(gram(i, j))).toBeLessThan(1e-6 * gram(0, 0));
  }
  const norms = Array.from({ length: ITEMS }, (_, row) => Math.hypot(...items.subarray(row * D, row * D + D)));
  expect(norms[0]).toBeCloseTo(1.98, 2);
  for (let row = 1; row < ITEMS; row++) expect(norms[row]).toBeLessThan(norms[row - 1]! + 1e-5);
});

test('histories hold different rows, and popular ones oftener', () => {
  const drawn = histories(500, 30, ITEMS, 4);
  for (const rows of drawn) expect(new Set(rows).size).toBe(30);
  const all = drawn.flatMap((rows) => [...rows]);
  expect(Math.max(...all)).toBeLessThan(ITEMS);
  expect(Math.min(...all)).toBe(0);
  const head = all.filter((row) => row < ITEMS / 10).length / all.length;
  expect(head).toBeGreaterThan(0.4);
  expect(head).toBeLessThan(0.65);
});
