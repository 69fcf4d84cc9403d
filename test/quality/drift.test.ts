/** The measures of drift: values worked out by hand, what they promise of any distribution, and what chance alone does. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import {
  differenceNoise,
  jensenShannon,
  jensenShannonNoise,
  psi,
  psiNoise,
  sharesOf,
} from '../../src/quality/drift.js';

const shares = (bins: number) =>
  fc.array(fc.nat(1000), { minLength: bins, maxLength: bins }).filter((counts) => counts.some((count) => count > 0));
const pair = fc.integer({ min: 1, max: 12 }).chain((bins) => fc.tuple(shares(bins), shares(bins)));

test('values worked out by hand', () => {
  // (0.6 − 0.5) · ln(0.6/0.5) + (0.4 − 0.5) · ln(0.4/0.5) = 0.1 · 0.182322 + 0.1 · 0.223144
  expect(psi([60, 40], [50, 50])).toBeCloseTo(0.0405466, 4);
  // Against (0.75, 0.25): ½ log₂(1/0.75) + ½ (½ log₂(0.5/0.75) + ½ log₂(0.5/0.25)) = 0.311278
  expect(jensenShannon([1, 0], [1, 1])).toBeCloseTo(Math.sqrt(0.3112781), 6);
  expect(jensenShannon([3, 0], [0, 7])).toBe(1);
  // An empty bin: (0.2 − ε) · ln(0.2 / ε) of it, (0.8 − 1) · ln(0.8) of the other.
  expect(psi([80, 20], [100, 0])).toBeCloseTo(0.2 * Math.log(0.2 / 1e-4) + 0.2 * Math.log(1 / 0.8), 2);
});

describe('both measures', () => {
  test.each([
    ['PSI', psi],
    ['Jensen–Shannon', jensenShannon],
  ])('%s is 0 for equal shares, symmetric, and blind to the order of bins', (_, measure) => {
    fc.assert(
      fc.property(pair, fc.integer({ min: 1, max: 50 }), ([a, b], times) => {
        expect(
          measure(
            a,
            a.map((count) => count * times),
          ),
        ).toBeCloseTo(0, 6);
        expect(measure(a, b)).toBeCloseTo(measure(b, a), 9);
        expect(measure(a.toReversed(), b.toReversed())).toBeCloseTo(measure(a, b), 9);
        expect(measure(a, b)).toBeGreaterThanOrEqual(-1e-12);
      }),
    );
  });

  test.each([
    ['PSI', psi],
    ['Jensen–Shannon', jensenShannon],
  ])('%s grows with the way from one distribution to the other', (_, measure) => {
    const step = fc.nat(100).map((percent) => percent / 100);
    fc.assert(
      fc.property(pair, step, step, ([a, b], first, second) => {
        const [near, far] = [Math.min(first, second), Math.max(first, second)];
        const [p, q] = [sharesOf(a), sharesOf(b)];
        const mixed = (way: number) => p.map((share, bin) => share + way * (q[bin]! - share));
        expect(measure(mixed(near), p)).toBeLessThanOrEqual(measure(mixed(far), p) + 1e-9);
      }),
    );
  });
});

test('the Jensen–Shannon distance satisfies the triangle inequality', () => {
  const three = fc.integer({ min: 1, max: 8 }).chain((bins) => fc.tuple(shares(bins), shares(bins), shares(bins)));
  fc.assert(
    fc.property(three, ([a, b, c]) => {
      expect(jensenShannon(a, c)).toBeLessThanOrEqual(jensenShannon(a, b) + jensenShannon(b, c) + 1e-9);
    }),
  );
});

test('chance exceeds the noise level about once in a thousand', () => {
  const draws = random(11);
  const weights = [30, 25, 20, 12, 8, 5];
  const sample = (size: number): number[] => {
    const counts = weights.map(() => 0);
    for (let i = 0; i < size; i++) {
      let at = draws.integer(100);
      counts[weights.findIndex((weight) => (at -= weight) < 0)]!++;
    }
    return counts;
  };
  const runs = 4000;
  const exceeded = { psi: 0, js: 0, mean: 0 };
  const head = (counts: readonly number[]) => sharesOf(counts)[0]!;
  for (let run = 0; run < runs; run++) {
    const [current, reference] = [sample(300), sample(900)];
    if (psi(current, reference) > psiNoise(6, 300, 900)) exceeded.psi++;
    if (jensenShannon(current, reference) > jensenShannonNoise(6, 300, 900)) exceeded.js++;
    if (Math.abs(head(current) - head(reference)) > differenceNoise(0.3 * 0.7, 300, 900)) exceeded.mean++;
  }
  console.log(`of ${runs} pairs of samples, by chance above the noise level: ${JSON.stringify(exceeded)}`);
  for (const count of Object.values(exceeded)) expect(count / runs).toBeLessThan(0.006);
  expect(psiNoise(6, 300, 900)).toBeLessThan(0.1);
});

test('more samples, less noise; more bins, more', () => {
  expect(psiNoise(5, 1000, 1000)).toBeLessThan(psiNoise(5, 500, 1000));
  expect(psiNoise(5, 500, 500)).toBeLessThan(psiNoise(20, 500, 500));
  expect(psiNoise(1, 500, 500)).toBe(0);
  // χ² at 99.9 % is 10.828 with one degree of freedom, 20.515 with five, 43.820 with nineteen.
  for (const [bins, quantile] of [
    [2, 10.828],
    [6, 20.515],
    [20, 43.82],
  ] as const) {
    expect(Math.abs(psiNoise(bins, 2, 2) / quantile - 1)).toBeLessThan(0.04);
  }
});
