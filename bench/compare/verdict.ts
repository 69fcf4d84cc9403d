/**
 * Tells noise from change: the median of paired ratios, and its interval between two of them, whatever their distribution (that of
 * the sign test). A bootstrap of so few rounds is too narrow: it finds changes between equals twice as often as it says.
 */

import { median } from '../harness/measure.js';
import type { Better } from '../harness/rows.js';

export interface Comparison {
  /** Median of branch / base, round by round, and where it lies with at least 99 % confidence. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: 'faster' | 'slower' | 'no difference shown';
  /** Surely slower by more than the margin. */
  readonly regression: boolean;
}

/** By chance all of 8 rounds fall on one side less than once in a hundred times; of fewer, more often. */
export const FEWEST_ROUNDS = 8;
/** What may be lost without a word: less matters to nobody, and other layouts of the same code differ by some percent. */
export const MARGIN = 0.05;

/** Of 99 %: a comparison has a dozen rows, and of as many intervals of 95 % one would often be wrong. */
const TAIL = 0.005;

/** How many of n rounds may lie beyond each end: in so few, fair coins fall on one side with a probability of the tail at most. */
function outside(n: number): number {
  let [count, ways, sum] = [0, 1, 1];
  while (sum / 2 ** n <= TAIL) {
    ways = (ways * (n - count)) / (count + 1);
    count++;
    sum += ways;
  }
  return count - 1;
}

/** One value a round of each side. */
export function compareRounds(base: readonly number[], branch: readonly number[], better: Better): Comparison {
  const ratios = branch.map((value, round) => value / base[round]!).sort((a, b) => a - b);
  const beyond = outside(ratios.length);
  const [low, high] = [ratios[beyond]!, ratios[ratios.length - 1 - beyond]!];
  // Of what is better higher, the inverse is the cost.
  const cost = better === 'lower' ? { low, high } : { low: 1 / high, high: 1 / low };
  const verdict = cost.low > 1 ? 'slower' : cost.high < 1 ? 'faster' : 'no difference shown';
  return { ratio: median(ratios), low, high, verdict, regression: cost.low > 1 + MARGIN };
}
