/** MAP@k of one list: precision at each relevant place, averaged. */

import type { Hits } from './hits.js';

/** Divided by min(k, relevant) like recall, so that a perfect list scores 1. */
export const averagePrecision = ({ places, relevant, k }: Hits): number =>
  places.reduce((sum, place, found) => sum + (found + 1) / (place + 1), 0) / Math.min(k, relevant);
