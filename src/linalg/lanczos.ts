/**
 * The largest eigenpairs of the Gram matrix XᵀX of a sparse X by Lanczos steps with full reorthogonalisation (Golub and
 * Van Loan, §10.3). The matrix itself is never built.
 *   1. A random vector of its range begins an orthonormal basis.
 *   2. A step multiplies the newest vector by XᵀX; what of it is orthogonal to the basis is the next vector. Seen in
 *      the basis, XᵀX is tridiagonal.
 *   3. Every few steps the tridiagonal matrix tells how well its largest eigenpairs are those of XᵀX. When they are, the
 *      basis turns its vectors into theirs.
 * Where a step leaves nothing, a new random vector goes on; where that has nothing to add, the whole range is known. Of
 * exactly equal eigenvalues at the end of what is wanted, one may be left out in favour of the next smaller one.
 */

import type { Random } from '../core/random.js';
import type { Csr } from './csr.js';
import { tridiagonalEigen } from './tridiagonal.js';
import { addTimes, dot, gramTimes, takeOut, transposedTimes } from './vectors.js';

export interface Eigenpairs {
  /** Descending, each more than 10⁻¹² of the sum of all there are: as many as wanted, or the rank where that is less. */
  readonly values: Float64Array;
  /** The unit eigenvector of each value, of as many components as X has columns. */
  readonly vectors: readonly Float64Array[];
}

/** |XᵀX·v − θv| / θ of each pair, at most. */
const accuracy = 1e-6;

/** Steps between two looks at the tridiagonal matrix. */
const lookEvery = 16;

/** What is less than this share of the trace is taken for rounding. */
const roundingShare = 1e-12;

/** Components that all vectors are turned in before the next ones: so much of the basis stays in the cache meanwhile. */
const stretch = 256;

/** XᵀX as it is seen in the basis. */
interface Tridiagonal {
  readonly diagonal: number[];
  /** beside[i] stands beside diagonal[i] and diagonal[i + 1]; the last one leads out of the basis. */
  readonly beside: number[];
}

/** @param onStep told now and then how many steps were done */
export function largestEigenpairs(
  x: Csr,
  wanted: number,
  random: Random,
  onStep: (done: number) => void = () => undefined,
): Eigenpairs {
  const negligible = roundingShare * x.values.reduce((sum, value) => sum + value * value, 0);
  const basis: Float64Array[] = [];
  const seen: Tridiagonal = { diagonal: [], beside: [] };
  let next = freshVector(x, basis, random, negligible);
  while (next !== undefined) {
    const rest = step(x, basis, seen, next);
    const length = Math.sqrt(dot(rest, rest));
    const goesOn = length > negligible;
    seen.beside.push(goesOn ? length : 0);
    next = goesOn ? rest.map((value) => value / length) : freshVector(x, basis, random, negligible);
    if (basis.length < wanted || (basis.length - wanted) % lookEvery > 0) continue;
    onStep(basis.length);
    if (areKnown(seen, wanted)) break;
  }
  return turnBack(basis, seen, wanted, negligible);
}

/** A unit vector of the range of XᵀX that is orthogonal to the basis; undefined when the basis spans the range. */
function freshVector(
  x: Csr,
  basis: readonly Float64Array[],
  { normal }: Random,
  negligible: number,
): Float64Array | undefined {
  const vector = transposedTimes(x, Float64Array.from({ length: x.rows }, normal));
  // Once would leave the rounding of what was taken out.
  takeOut(vector, basis);
  takeOut(vector, basis);
  // Its square is expected to be the trace of what the basis does not span.
  const square = dot(vector, vector);
  return square > negligible ? vector.map((value) => value / Math.sqrt(square)) : undefined;
}

/** Adds the vector to the basis and returns what its image has outside. */
function step(x: Csr, basis: Float64Array[], { diagonal, beside }: Tridiagonal, vector: Float64Array): Float64Array {
  const image = gramTimes(x, vector);
  const along = dot(vector, image);
  addTimes(image, -along, vector);
  const before = basis.at(-1);
  if (before !== undefined) addTimes(image, -beside.at(-1)!, before);
  basis.push(vector);
  diagonal.push(along);
  // In exact arithmetic that was all; rounding brings the others back.
  takeOut(image, basis);
  return image;
}

/** The residual of a pair is what leads out of the basis times the last component of its vector (Paige 1971). */
function areKnown({ diagonal, beside }: Tridiagonal, wanted: number): boolean {
  const last = diagonal.length - 1;
  const { values, components } = tridiagonalEigen(diagonal, beside, last);
  const out = beside[last]!;
  return values.subarray(0, wanted).every((value, i) => out * Math.abs(components[i]!) <= accuracy * value);
}

function turnBack(
  basis: readonly Float64Array[],
  { diagonal, beside }: Tridiagonal,
  wanted: number,
  negligible: number,
): Eigenpairs {
  const { values, components } = tridiagonalEigen(diagonal, beside, 0);
  const count = Math.min(wanted, values.filter((value) => value > negligible).length);
  const steps = basis.length;
  const n = basis[0]?.length ?? 0; // no vector at all when nothing is in X
  const vectors = Array.from({ length: count }, () => new Float64Array(n));
  for (let from = 0; from < n; from += stretch) {
    const parts = basis.map((vector) => vector.subarray(from, from + stretch));
    for (const [pair, vector] of vectors.entries()) {
      const into = vector.subarray(from, from + stretch);
      for (let i = 0; i < steps; i++) addTimes(into, components[pair * steps + i]!, parts[i]!);
    }
  }
  return { values: values.slice(0, count), vectors };
}
