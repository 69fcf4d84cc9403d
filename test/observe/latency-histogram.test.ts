import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUCKETS, bucketOf, latencyHistogram, quantile } from '../../src/observe/latency-histogram.js';

const MICROSECOND = 1e-6;

test('buckets grow with the value, without gaps or overlaps', () => {
  let last = 0;
  for (let microseconds = 0; microseconds < 100_000; microseconds++) {
    const bucket = bucketOf((microseconds + 0.5) * MICROSECOND);
    expect(bucket - last === 0 || bucket - last === 1).toBe(true);
    last = bucket;
  }
  expect(bucketOf(1e9)).toBe(BUCKETS - 1);
  expect(bucketOf(0)).toBe(0);
});

test('a quantile is within 1/32 of the sorted value of its rank, and a microsecond', () => {
  const latencies = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(latencies, fc.constantFrom(0, 0.01, 0.5, 0.9, 0.99, 1), (seconds, q) => {
      const histogram = latencyHistogram();
      for (const value of seconds) histogram[bucketOf(value)]!++;
      const truth = seconds.sort((a, b) => a - b)[Math.max(1, Math.ceil(q * seconds.length)) - 1]!;
      expect(Math.abs(quantile(histogram, q)! - truth)).toBeLessThanOrEqual(truth / 32 + MICROSECOND);
    }),
  );
});

test('no values, no quantile', () => {
  expect(quantile(latencyHistogram(), 0.5)).toBeUndefined();
});
