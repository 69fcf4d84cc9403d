/**
 * How much of the watching falls on few films. Both figures grow as a sample shrinks, because rare films drop out of it: compare
 * samples of the same size only, which `thinned` makes.
 */

import type { Random } from '../core/random.js';

export interface Concentration {
  readonly value: number;
  /** That one view adds: the value is a mean over views of a number that its film decides. */
  readonly variance: number;
}

/** The share of the views that the most viewed of the films get. Views by film, of all films in question, with a sum above 0. */
export function topShare(views: readonly number[], share: number): Concentration {
  const top = Math.max(1, Math.round(views.length * share));
  const sum = total(views);
  const value = total([...views].sort((a, b) => b - a).slice(0, top)) / sum;
  return { value, variance: value * (1 - value) };
}

/** The Gini coefficient: 0 when all films get the same, near 1 when one gets everything. */
export function gini(views: readonly number[]): Concentration {
  const sum = total(views);
  const films = views.length;
  let [mean, square] = [0, 0];
  for (const [place, count] of [...views].sort((a, b) => a - b).entries()) {
    const weight = (2 * (place + 1) - films - 1) / films;
    mean += (count / sum) * weight;
    square += (count / sum) * weight * weight;
  }
  return { value: mean, variance: square - mean * mean };
}

/** `keep` of the views by film, chosen at random, each equally likely (Fan, Muller and Rezucha 1962). Whole numbers. */
export function thinned(views: readonly number[], keep: number, draws: Random): number[] {
  let left = total(views);
  let wanted = Math.min(keep, left);
  return views.map((count) => {
    let kept = 0;
    for (let view = 0; view < count; view++, left--) {
      if (draws.uniform() * left >= wanted) continue;
      kept++;
      wanted--;
    }
    return kept;
  });
}

/** For each film the number of its group: ten groups of about the same weight, from the most to the least viewed; 10: none. */
export function decilesOf(views: readonly number[]): number[] {
  const groups = views.map(() => 10);
  const sum = total(views);
  let before = 0;
  const order = [...views.keys()].sort((a, b) => views[b]! - views[a]! || a - b);
  for (const film of order) {
    if (views[film] === 0) break;
    groups[film] = Math.min(9, Math.floor((10 * before) / sum));
    before += views[film]!;
  }
  return groups;
}

const total = (views: readonly number[]): number => views.reduce((sum, count) => sum + count, 0);
