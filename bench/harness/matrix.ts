/** Seeded matrices and histories that benches share: what a catalogue of any size looks like without its data. */

import { random, type Random } from '../../src/core/random.js';
import { toPrincipalAxes } from '../../src/train/principal-axes.js';

/** items × d, row-major f32, every number standard normal: nothing for a scan to leave out. */
export function randomNormal(items: number, d: number, seed: number): Float32Array {
  const { normal } = random(seed);
  return Float32Array.from({ length: items * d }, normal);
}

/**
 * Items as training leaves them, items × d, row-major f32, in their principal axes; row 0 is the film most watched.
 *
 * Matched, with few numbers each, to a model trained on the bundled data with the defaults (9,066 × 64):
 *   norms       by rank, 1.98 for the first film and 0.03 for the last: NORMS
 *   direction   the axis of popularity holds min(0.4, norm²/4) of a film's squared norm: 40 % of the fifty largest, 2 % in the tail
 *   spectrum    the other axes fall like 1/√(1 + 0.22·i), from 0.136 to 0.035 root mean square there
 * Not matched: films of one series or genre, which stand close together in a trained model.
 *
 * What comes of it for a scan: of all films 14 % are long enough to reach the 20th best score of a user from `histories`, 17 % in
 * the bundled model with its own users; that score is 0.77 of the best one, 0.76 there.
 */
export function trainedLike(items: number, d: number, seed: number): Float32Array {
  const source = random(seed);
  const deviations = Float64Array.from({ length: d }, (_, i) => (i === 0 ? 0 : 1 / Math.sqrt(1 + 0.22 * (i - 1))));
  const matrix = new Float32Array(items * d);
  for (let row = 0; row < items; row++) {
    const norm = normAt(row / items);
    const popular = d === 1 ? 1 : Math.min(0.4, (norm * norm) / 4);
    const direction = deviations.map((deviation) => deviation * source.normal());
    const length = Math.sqrt(direction.reduce((sum, x) => sum + x * x, 0)) || 1;
    const rest = (norm * Math.sqrt(1 - popular)) / length;
    for (let i = 1; i < d; i++) matrix[row * d + i] = rest * direction[i]!;
    matrix[row * d] = norm * Math.sqrt(popular);
  }
  return toPrincipalAxes(matrix, items, d);
}

/** Share of the films that have larger norms, and the norm there. */
const NORMS: readonly (readonly [share: number, norm: number])[] = [
  [0, 1.98],
  [0.0011, 1.74],
  [0.0055, 1.47],
  [0.011, 1.36],
  [0.022, 1.21],
  [0.055, 0.99],
  [0.11, 0.8],
  [0.22, 0.59],
  [0.44, 0.37],
  [0.66, 0.24],
  [0.88, 0.21],
  [1, 0.03],
];

function normAt(share: number): number {
  const after = NORMS.findIndex(([from]) => from > share);
  const [from, high] = NORMS[after - 1]!;
  const [to, low] = NORMS[after]!;
  return high + ((low - high) * (share - from)) / (to - from);
}

/**
 * For each user so many different rows below `items`. Row r is drawn in proportion to 1/(r + items/150), Zipf's law with a
 * blunt head: the bundled data's counts by rank follow it within a quarter as far as its 4,000th film. Users have no taste: their
 * vectors are shorter than those of real ones.
 */
export function histories(users: number, length: number, items: number, seed: number): Int32Array[] {
  const draw = zipf(items, random(seed));
  return Array.from({ length: users }, () => {
    const rows = new Set<number>();
    while (rows.size < length) rows.add(draw());
    return Int32Array.from(rows);
  });
}

function zipf(items: number, { uniform }: Random): () => number {
  const cumulative = new Float64Array(items);
  let total = 0;
  for (let row = 0; row < items; row++) cumulative[row] = total += 1 / (row + items / 150);
  return () => {
    const target = uniform() * total;
    let [low, high] = [0, items - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle]! > target) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
