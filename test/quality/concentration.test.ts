/** Concentration: values worked out by hand, fair thinning, and that equal sizes make two windows comparable. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { decilesOf, gini, thinned, topShare } from '../../src/quality/concentration.js';

const views = fc.array(fc.nat(40), { minLength: 1, maxLength: 60 }).filter((counts) => counts.some((n) => n > 0));
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

test('values worked out by hand', () => {
  expect(gini([5, 5, 5, 5]).value).toBeCloseTo(0, 12);
  expect(gini([0, 0, 0, 12]).value).toBeCloseTo(0.75, 12); // 1 − 1/n
  // Sorted 1, 2, 3: (−2·1 + 0·2 + 2·3) / (3 · 6)
  expect(gini([3, 1, 2]).value).toBeCloseTo(4 / 18, 12);
  expect(topShare([1, 6, 3], 1 / 3)).toEqual({ value: 0.6, variance: 0.6 * 0.4 });
  expect(topShare([1, 1], 0.01).value).toBe(0.5); // at least one film
  expect(decilesOf([0, 10, 30, 60])).toEqual([10, 9, 6, 0]);
});

test('Gini is the mean difference of all pairs, over twice the mean', () => {
  fc.assert(
    fc.property(views, (counts) => {
      const differences = sum(counts.flatMap((a) => counts.map((b) => Math.abs(a - b))));
      expect(gini(counts).value).toBeCloseTo(differences / (2 * counts.length * sum(counts)), 9);
    }),
  );
});

test('thinning keeps as many as asked for, of what there is', () => {
  fc.assert(
    fc.property(views, fc.nat(500), fc.nat(), (counts, keep, seed) => {
      const kept = thinned(counts, keep, random(seed));
      expect(sum(kept)).toBe(Math.min(keep, sum(counts)));
      expect(kept.every((count, film) => count >= 0 && count <= counts[film]!)).toBe(true);
    }),
  );
  const draws = random(5);
  const first = Array.from({ length: 3000 }, () => thinned([2, 6], 2, draws)[0]!);
  expect(sum(first) / first.length).toBeCloseTo(0.5, 1); // 2 of 8, a quarter of them of the first film
});

test('a smaller sample of the same watching looks more concentrated, not so after thinning', () => {
  const draws = random(3);
  const films = 1000;
  const sample = (size: number): number[] => {
    const counts = Array.from({ length: films }, () => 0);
    for (let i = 0; i < size; i++) counts[Math.floor(films * draws.uniform() ** 2)]!++;
    return counts;
  };
  const [small, large] = [sample(2000), sample(40_000)];
  expect(gini(small).value - gini(large).value).toBeGreaterThan(0.1);
  expect(Math.abs(gini(small).value - gini(thinned(large, 2000, draws)).value)).toBeLessThan(0.03);
});
