/** nDCG@k with binary relevance (Järvelin and Kekäläinen 2002): hits discounted by place, relative to a perfect list. */

import type { Hits } from './hits.js';

const discount = (place: number): number => 1 / Math.log2(place + 2);

export function ndcg({ places, relevant, k }: Hits): number {
  let ideal = 0;
  for (let place = 0; place < Math.min(k, relevant); place++) ideal += discount(place);
  return places.reduce((sum, place) => sum + discount(place), 0) / ideal;
}
