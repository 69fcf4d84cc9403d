/** MRR@k of one list: one over the rank of the first relevant item, 0 when the list holds none. */

import type { Hits } from './hits.js';

export const reciprocalRank = ({ places }: Hits): number => (places.length > 0 ? 1 / (places[0]! + 1) : 0);
