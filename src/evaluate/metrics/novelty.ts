/** Novelty: how many bits of surprise a shown film holds on average, by how few training users met it. */

import type { Interactions } from '../../dataset/interactions.js';
import { filmCounts } from '../../train/popularity.js';

/**
 * Self-information of each film (Zhou et al. 2010), −log2 of the share of training users who met it, in bits. One is added
 * to both counts, so that a film nobody met is very surprising rather than infinitely so.
 */
export function selfInformation(train: Interactions): Float64Array {
  const users = new Set(train.userOf).size;
  return filmCounts(train).map((count) => -Math.log2((count + 1) / (users + 1)));
}

/** NaN for an empty list. */
export const novelty = (list: Int32Array, information: Float64Array): number =>
  list.reduce((sum, film) => sum + information[film]!, 0) / list.length;
