/** Recall@k: the share of the relevant items that the list holds. */

import type { Hits } from './hits.js';

/** Divided by min(k, relevant), so that a perfect list scores 1 also where more than k items are relevant. */
export const recall = ({ places, relevant, k }: Hits): number => places.length / Math.min(k, relevant);
