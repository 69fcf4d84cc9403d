/** What the site pays for a view of a film: recent and popular films are dear, old and obscure ones cheap. */

import type { Random } from '../../core/random.js';
import { NEWEST_YEAR } from './titles.js';

/** In years, for a film whose year nobody knows. */
const USUAL_AGE = 40;
/** After so many years a film belongs to everybody. */
const PROTECTED_YEARS = 95;
const MISSING_SHARE = 0.03;

/** 1 for a film of this year, half after `halvedAfter` years, a third after twice as many. */
export function newness(year: number | null, halvedAfter: number): number {
  return 1 / (1 + Math.max(0, ageOf(year)) / halvedAfter);
}

/** 1 for the most popular film, half at rank `halvedAt`, a third at twice that rank. */
export const fame = (rank: number, halvedAt: number): number => 1 / (1 + rank / halvedAt);

const ageOf = (year: number | null): number => (year === null ? USUAL_AGE : NEWEST_YEAR - year);

/**
 * USD a view: (0.10 + 1.90 · newness + 2.30 · fame) · uniform(0.6, 1.4) in whole cents, where newness halves after 12 years
 * and fame at rank 400. Nothing is paid for films older than 95 years. Null for 3 % of the films: the site does not say.
 */
export function licenceCost(draws: Random, year: number | null, rank: number): number | null {
  const [kind, haggling] = [draws.uniform(), 0.6 + 0.8 * draws.uniform()];
  if (kind < MISSING_SHARE) return null;
  if (ageOf(year) > PROTECTED_YEARS) return 0;
  return Math.round((10 + 190 * newness(year, 12) + 230 * fame(rank, 400)) * haggling) / 100;
}
