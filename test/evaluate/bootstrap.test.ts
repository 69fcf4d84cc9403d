/** Bootstrap intervals: right width, paired, repeatable. */

import { expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { bootstrap } from '../../src/evaluate/bootstrap.js';

const { normal } = random(4);
const noisy = Float64Array.from({ length: 400 }, () => 3 + normal());

test('the interval is about the mean plus and minus 1.96 standard errors', () => {
  const [interval] = bootstrap([noisy], 1);
  const mean = noisy.reduce((sum, value) => sum + value, 0) / 400;
  const deviation = Math.sqrt(noisy.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 400);
  const half = (1.96 * deviation) / Math.sqrt(400);
  expect(interval!.value).toBeCloseTo(mean, 12);
  expect(Math.abs(interval!.low - (mean - half))).toBeLessThan(0.15 * half);
  expect(Math.abs(interval!.high - (mean + half))).toBeLessThan(0.15 * half);
});

test('series of one call see the same draws: a constant difference has no width', () => {
  const shifted = noisy.map((value) => value + 0.25);
  const [a, b, difference] = bootstrap([noisy, shifted, noisy.map((value, i) => shifted[i]! - value)], 2);
  expect(b!.low - a!.low).toBeCloseTo(0.25, 12);
  expect(difference!.low).toBeCloseTo(0.25, 12);
  expect(difference!.high).toBeCloseTo(0.25, 12);
});

test('the seed decides', () => {
  expect(bootstrap([noisy], 7)).toEqual(bootstrap([noisy], 7));
  expect(bootstrap([noisy], 7)).not.toEqual(bootstrap([noisy], 8));
});

test('an empty series is a mistake of the caller', () => {
  expect(() => bootstrap([new Float64Array(0)], 1)).toThrow(/series/);
});

test('the values of one user are drawn together: the interval is as wide as of the users alone', () => {
  const eachFourTimes = Float64Array.from({ length: 1600 }, (_, i) => noisy[i >> 2]!);
  const users = Int32Array.from({ length: 1600 }, (_, i) => i >> 2);
  const [alone] = bootstrap([noisy], 3);
  const [clustered] = bootstrap([eachFourTimes], 3, users);
  expect(clustered!.value).toBeCloseTo(alone!.value, 12);
  expect(clustered!.low).toBeCloseTo(alone!.low, 12);
  expect(clustered!.high).toBeCloseTo(alone!.high, 12);
  const [naive] = bootstrap([eachFourTimes], 3);
  expect(naive!.high - naive!.low).toBeLessThan(0.6 * (alone!.high - alone!.low));
});

test('what has no value is left out, and not taken for nought', () => {
  const some = Float64Array.of(1, NaN, 3, NaN);
  const [interval] = bootstrap([some], 1);
  expect(interval).toEqual({ value: 2, low: 1, high: 3 });
  expect(() => bootstrap([Float64Array.of(NaN)], 1)).toThrow(/value/);
});
