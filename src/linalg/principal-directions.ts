/** The principal directions of a users × films matrix, computed on whichever of its sides is shorter. */

import type { Random } from '../core/random.js';
import { transpose, type Csr } from './csr.js';
import { largestEigenpairs, type Eigenpairs } from './lanczos.js';
import { transposedTimes } from './vectors.js';

/** The largest eigenpairs of XᵀX. XXᵀ has the same values, and from a vector u of it Xᵀu/√θ is one of XᵀX. */
export function principalDirections(
  x: Csr,
  wanted: number,
  random: Random,
  onStep?: (done: number) => void,
): Eigenpairs {
  if (x.rows >= x.columns) return largestEigenpairs(x, wanted, random, onStep);
  const { values, vectors } = largestEigenpairs(transpose(x), wanted, random, onStep);
  const turned = vectors.map((vector, pair) => {
    const length = Math.sqrt(values[pair]!);
    return transposedTimes(x, vector).map((value) => value / length);
  });
  return { values, vectors: turned };
}
