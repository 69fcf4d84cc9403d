/** Eigenvalues of a symmetric tridiagonal matrix by implicit QR steps (Golub and Van Loan, §8.3), and parts of its vectors. */

import assert from 'node:assert/strict';

/** Two steps an eigenvalue are usual: convergence is cubic. */
const stepsMax = 40;

export interface TridiagonalEigen {
  /** k, descending. */
  readonly values: Float64Array;
  /** k × width: line i holds the asked components of the unit eigenvector of values[i]. */
  readonly components: Float64Array;
}

/**
 * Only additions, products, quotients and square roots in one fixed order: the same bits on every machine. The cost is
 * O(k²·width), so ask for the components you need only.
 * @param diagonal k; the squares of all entries may neither overflow nor underflow
 * @param beside k − 1 or more: entry i stands beside diagonal[i] and diagonal[i + 1]
 * @param from the components from this one to the last are wanted
 */
export function tridiagonalEigen(
  diagonal: ArrayLike<number>,
  beside: ArrayLike<number>,
  from: number,
): TridiagonalEigen {
  const k = diagonal.length;
  const width = k - from;
  const a = Float64Array.from(diagonal);
  const b = Float64Array.from(beside);
  const lines = new Float64Array(k * width);
  for (let c = 0; c < width; c++) lines[(from + c) * width + c] = 1;

  // Below the rounding of the largest entry.
  const negligible = 2 ** -53 * Math.max(largest(a), largest(b));
  let steps = 0;
  for (let end = k - 1; end > 0;) {
    if (Math.abs(b[end - 1]!) <= negligible) {
      end--;
      steps = 0;
      continue;
    }
    assert(steps++ < stepsMax, 'QR steps did not converge');
    let start = end - 1;
    while (start > 0 && Math.abs(b[start - 1]!) > negligible) start--;
    step(a, b, lines, width, start, end);
  }
  return ordered(a, lines, width);
}

const largest = (entries: Float64Array): number => entries.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);

/** One step on the block from `start` to `end`: a first rotation by the shift, the rest chase what it put off the band. */
function step(a: Float64Array, b: Float64Array, lines: Float64Array, width: number, start: number, end: number): void {
  let x = a[start]! - wilkinsonShift(a[end - 1]!, b[end - 1]!, a[end]!);
  let off = b[start]!;
  for (let i = start; i < end; i++) {
    const length = Math.sqrt(x * x + off * off);
    const cosine = length === 0 ? 1 : x / length;
    const sine = length === 0 ? 0 : off / length;
    if (i > start) b[i - 1] = length;
    const [upper, lower, between] = [a[i]!, a[i + 1]!, b[i]!];
    const mixed = 2 * cosine * sine * between;
    a[i] = cosine * cosine * upper + mixed + sine * sine * lower;
    a[i + 1] = sine * sine * upper - mixed + cosine * cosine * lower;
    b[i] = cosine * sine * (lower - upper) + (cosine * cosine - sine * sine) * between;
    x = b[i]!;
    if (i + 1 < end) {
      off = sine * b[i + 1]!;
      b[i + 1]! *= cosine;
    }
    rotate(lines, i * width, width, cosine, sine);
  }
}

/** The eigenvalue of the last 2 × 2 block that is closer to its last entry. */
function wilkinsonShift(upper: number, between: number, lower: number): number {
  const half = (upper - lower) / 2;
  const root = Math.sqrt(half * half + between * between);
  return lower - (between * between) / (half < 0 ? half - root : half + root);
}

/** Two lines that follow each other, the first one from `at`. */
function rotate(lines: Float64Array, at: number, width: number, cosine: number, sine: number): void {
  for (let i = at; i < at + width; i++) {
    const x = lines[i]!;
    const y = lines[i + width]!;
    lines[i] = cosine * x + sine * y;
    lines[i + width] = cosine * y - sine * x;
  }
}

function ordered(a: Float64Array, lines: Float64Array, width: number): TridiagonalEigen {
  const order = Int32Array.from(a.keys()).sort((i, j) => a[j]! - a[i]! || i - j);
  const components = new Float64Array(lines.length);
  for (const [to, from] of order.entries()) {
    components.set(lines.subarray(from * width, (from + 1) * width), to * width);
  }
  return { values: Float64Array.from(order, (i) => a[i]!), components };
}
