/**
 * Latencies counted in buckets that grow with the value: exact below 16 µs, then 16 buckets to each doubling, so that a
 * quantile is within 1/32 of the true value, from 1 µs to 134 s, in 384 counters.
 */

const SUB_BITS = 4;
const SUB = 1 << SUB_BITS;
const EXPONENT_MAX = 26;
const MICROSECONDS_MAX = 2 ** (EXPONENT_MAX + 1) - 1;

export const BUCKETS = (EXPONENT_MAX - SUB_BITS + 2) * SUB;

/** One counter a bucket; histograms are added by adding their counters. */
export type LatencyHistogram = Uint32Array;

export const latencyHistogram = (): LatencyHistogram => new Uint32Array(BUCKETS);

export function bucketOf(seconds: number): number {
  const microseconds = Math.min(seconds * 1e6, MICROSECONDS_MAX) >>> 0;
  if (microseconds < SUB) return microseconds;
  const exponent = 31 - Math.clz32(microseconds);
  const sub = (microseconds >>> (exponent - SUB_BITS)) & (SUB - 1);
  return (exponent - SUB_BITS + 1) * SUB + sub;
}

/** The middle of a bucket, in seconds. */
function middleOf(bucket: number): number {
  if (bucket < SUB) return bucket / 1e6;
  const width = 2 ** ((bucket >> SUB_BITS) - 1);
  return ((SUB + (bucket & (SUB - 1)) + 0.5) * width) / 1e6;
}

/** The latency in seconds that the share `q` (0…1) of all values does not exceed (nearest rank); undefined without values. */
export function quantile(histogram: LatencyHistogram, q: number): number | undefined {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const rank = Math.max(1, Math.ceil(q * total));
  let seen = 0;
  return middleOf(histogram.findIndex((count) => (seen += count) >= rank));
}
