/**
 * How far two distributions lie apart, and how far they would by chance alone. Both measures are 0 for equal shares,
 * symmetric, and need no order of the bins:
 *
 *   PSI = Σ (p − q) · ln(p / q)                                              [0, ∞)
 *   JS  = √( ½ Σ p · log₂(p / m) + ½ Σ q · log₂(q / m) ),  m = (p + q) / 2    [0, 1]
 *
 * Of two samples of n and m from one distribution over b bins, PSI is about (1/n + 1/m) · χ²(b − 1) (Yurdakul 2018), and JS²
 * that over 8 · ln 2, the second-order term of its series.
 */

import assert from 'node:assert/strict';

/** Added to each share in PSI, which would be infinite for an empty bin; the shares are then made to add up to 1 again. */
const PSI_SMOOTHING = 1e-4;

/** One draw in a thousand of a standard normal lies above. */
const Z_NOISE = 3.09;

/** Counts or weights by bin, in the same order; each with a sum above 0. */
export function psi(current: readonly number[], reference: readonly number[]): number {
  const [p, q] = [smoothed(sharesOf(current)), smoothed(sharesOf(reference))];
  assert(p.length === q.length, 'two distributions over the same bins');
  return p.reduce((sum, share, bin) => sum + (share - q[bin]!) * Math.log(share / q[bin]!), 0);
}

/** Counts or weights by category, in the same order; each with a sum above 0. */
export function jensenShannon(current: readonly number[], reference: readonly number[]): number {
  const [p, q] = [sharesOf(current), sharesOf(reference)];
  assert(p.length === q.length, 'two distributions over the same categories');
  let divergence = 0;
  for (let i = 0; i < p.length; i++) {
    const middle = (p[i]! + q[i]!) / 2;
    divergence += (towards(p[i]!, middle) + towards(q[i]!, middle)) / 2;
  }
  return Math.sqrt(Math.min(1, Math.max(0, divergence)));
}

/** What PSI exceeds by chance once in a thousand. `bins` are those that either sample has something in. */
export const psiNoise = (bins: number, n: number, m: number): number => chiSquaredHigh(bins - 1) * (1 / n + 1 / m);

/** What the Jensen–Shannon distance exceeds by chance once in a thousand. */
export const jensenShannonNoise = (bins: number, n: number, m: number): number =>
  Math.min(1, Math.sqrt(psiNoise(bins, n, m) / (8 * Math.LN2)));

/** What the difference of two means exceeds by chance once in a thousand; `variance` is that of one observation. */
export const differenceNoise = (variance: number, n: number, m: number): number =>
  Z_NOISE * Math.sqrt(variance * (1 / n + 1 / m));

/** The 99.9 % quantile (Wilson and Hilferty 1931); within 4 % from one degree of freedom on. */
function chiSquaredHigh(freedom: number): number {
  if (freedom < 1) return 0;
  const spread = 2 / (9 * freedom);
  return freedom * (1 - spread + Z_NOISE * Math.sqrt(spread)) ** 3;
}

export function sharesOf(counts: readonly number[]): number[] {
  const sum = counts.reduce((total, count) => total + count, 0);
  assert(sum > 0, 'a distribution has something in it');
  return counts.map((count) => count / sum);
}

const smoothed = (shares: readonly number[]): number[] =>
  shares.map((share) => (share + PSI_SMOOTHING) / (1 + shares.length * PSI_SMOOTHING));

const towards = (share: number, middle: number): number => (share === 0 ? 0 : share * Math.log2(share / middle));
