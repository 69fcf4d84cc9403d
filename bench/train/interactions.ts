/** Seeded interactions with the shape of MovieLens 20M: both how much users watch and how much films are watched obey a power law. */

import { random, shuffled } from '../../src/core/random.js';
import type { Csr } from '../../src/linalg/csr.js';

/**
 * users × items, all weights 1, different items in each row, in the order in which they were drawn. Draws come from:
 *   activity     a user at share s of the users, the most active first, has 20 + 21/(s + 0.0027) items: 41 to 7,800, median
 *                62, mean 144
 *   popularity   ∝ 1/(rank + items/91)²; of 20 M interactions the first of 27,278 items has 39,000, the median one 68, the last
 *                five. Ranks are spread over the rows at random.
 * Users have no taste.
 */
export function powerLaw(users: number, items: number, seed: number): Csr {
  const draws = random(seed);
  const { uniform } = draws;
  const lengths = Int32Array.from({ length: users }, () => activity(uniform(), items));
  const indptr = new Int32Array(users + 1);
  for (let user = 0; user < users; user++) indptr[user + 1] = indptr[user]! + lengths[user]!;

  const itemOfRank = shuffled(Array(items).keys(), draws);
  const indices = new Int32Array(indptr[users]!);
  const lastUser = new Int32Array(items).fill(-1);
  for (let user = 0; user < users; user++) {
    for (let at = indptr[user]!; at < indptr[user + 1]!;) {
      const item = itemOfRank[rankAt(uniform(), items)]!;
      if (lastUser[item] === user) continue;
      lastUser[item] = user;
      indices[at++] = item;
    }
  }
  return { rows: users, columns: items, indptr, indices, values: new Float32Array(indices.length).fill(1) };
}

/** No more than a third of all items: drawing different ones would never end. */
const activity = (share: number, items: number): number =>
  Math.min(Math.floor(20 + 21 / (share + 0.0027)), Math.ceil(items / 3));

/** The inverse of the cumulative popularity, in closed form: ∫ 1/(r + b)² from 0 to r is r / (b·(r + b)). */
function rankAt(share: number, items: number): number {
  const blunt = items / 91;
  const mass = (share * items) / (items + blunt);
  return Math.floor((mass * blunt) / (1 - mass));
}
