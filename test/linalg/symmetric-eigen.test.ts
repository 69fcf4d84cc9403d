/** All eigenpairs of small dense matrices: orthonormal, ordered, and enough to rebuild the matrix. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { symmetricEigen } from '../../src/linalg/symmetric-eigen.js';

const shapes = fc.record({ n: fc.integer({ min: 1, max: 60 }), d: fc.integer({ min: 1, max: 24 }), seed: fc.nat() });

function entries(count: number, seed: number): Float64Array {
  const { normal } = random(seed);
  return Float64Array.from({ length: count }, (_, at) => normal() + (at % 3 === 0 ? 0.5 : 0));
}

const dot = (m: ArrayLike<number>, a: number, b: number, d: number): number => {
  let sum = 0;
  for (let k = 0; k < d; k++) sum += m[a * d + k]! * m[b * d + k]!;
  return sum;
};

test('eigenvectors are orthonormal, ordered, of fixed sign, and rebuild the matrix', () => {
  fc.assert(
    fc.property(shapes, ({ n, d, seed }) => {
      const items = entries(n * d, seed);
      const matrix = new Float64Array(d * d);
      for (let i = 0; i < d; i++) {
        for (let j = 0; j < d; j++)
          for (let r = 0; r < n; r++) matrix[i * d + j]! += items[r * d + i]! * items[r * d + j]!;
      }
      const { values, vectors } = symmetricEigen(matrix, d);
      for (let i = 0; i < d; i++) {
        if (i > 0) expect(values[i]).toBeLessThanOrEqual(values[i - 1]!);
        const vector = vectors.subarray(i * d, (i + 1) * d);
        expect(Math.max(...vector)).toBeGreaterThanOrEqual(-Math.min(...vector));
        for (let j = 0; j <= i; j++) {
          expect(dot(vectors, i, j, d)).toBeCloseTo(i === j ? 1 : 0, 12);
          let rebuilt = 0;
          for (let k = 0; k < d; k++) rebuilt += values[k]! * vectors[k * d + i]! * vectors[k * d + j]!;
          expect(rebuilt).toBeCloseTo(matrix[i * d + j]!, 9);
        }
      }
    }),
  );
});

test('a matrix without a trace has eigenvalues of both signs', () => {
  const { values } = symmetricEigen(Float64Array.of(0, 1e-6, 0, 1e-6, 0, 1e-6, 0, 1e-6, 0), 3);
  expect(values[0]).toBeCloseTo(Math.SQRT2 * 1e-6, 16);
  expect(values[1]).toBeCloseTo(0, 16);
  expect(values[2]).toBeCloseTo(-Math.SQRT2 * 1e-6, 16);
});
