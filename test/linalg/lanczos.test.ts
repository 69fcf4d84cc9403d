/** The largest eigenpairs of sparse Gram matrices against rotations of the dense one, also where there are fewer. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { byUser } from '../../src/dataset/sparse.js';
import { transpose, type Csr } from '../../src/linalg/csr.js';
import { symmetricEigen } from '../../src/linalg/symmetric-eigen.js';
import { largestEigenpairs } from '../../src/linalg/lanczos.js';
import { principalDirections } from '../../src/linalg/principal-directions.js';
import { tridiagonalEigen } from '../../src/linalg/tridiagonal.js';
import { dot, gramTimes } from '../../src/linalg/vectors.js';
import { synthetic } from '../train/synthetic.js';

const shapes = fc.record({
  users: fc.integer({ min: 1, max: 60 }),
  films: fc.integer({ min: 1, max: 60 }),
  density: fc.double({ min: 0.02, max: 0.9, noNaN: true }),
  seed: fc.nat(),
});

function matrixOf({ users, films, density, seed }: typeof shapes extends fc.Arbitrary<infer T> ? T : never): Csr {
  const interactions = synthetic({ users, films, liked: density, other: density / 2, seed });
  return byUser(
    interactions,
    interactions.preference.map((liked) => 0.5 + liked),
  );
}

function denseGram({ rows, columns: n, indptr, indices, values }: Csr): Float64Array {
  const gram = new Float64Array(n * n);
  for (let row = 0; row < rows; row++) {
    for (let a = indptr[row]!; a < indptr[row + 1]!; a++) {
      for (let b = indptr[row]!; b < indptr[row + 1]!; b++) {
        gram[indices[a]! * n + indices[b]!]! += values[a]! * values[b]!;
      }
    }
  }
  return gram;
}

test('all eigenpairs, when all are wanted: the values of the dense matrix, vectors orthonormal, and no more than the rank', () => {
  fc.assert(
    fc.property(shapes, fc.boolean(), (shape, turned) => {
      const matrix = turned ? transpose(matrixOf(shape)) : matrixOf(shape);
      const expected = symmetricEigen(denseGram(matrix), matrix.columns).values;
      const rank = expected.filter((value) => value > 1e-9 * expected[0]!).length;
      for (const find of [largestEigenpairs, principalDirections]) {
        const { values, vectors } = find(matrix, 100, random(shape.seed));
        expect(values).toHaveLength(rank);
        expect(vectors).toHaveLength(rank);
        for (const [i, value] of values.entries()) {
          expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-9 * expected[0]!);
          const image = gramTimes(matrix, vectors[i]!);
          for (const [j, other] of vectors.entries()) {
            expect(Math.abs(dot(other, vectors[i]!) - (i === j ? 1 : 0))).toBeLessThan(1e-6);
            expect(Math.abs(dot(other, image) - (i === j ? value : 0))).toBeLessThan(1e-8 * expected[0]!);
          }
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('the largest few of many, found before the basis is full', () => {
  const matrix = matrixOf({ users: 900, films: 150, density: 0.1, seed: 7 });
  const expected = symmetricEigen(denseGram(matrix), 150).values;
  let steps = 0;
  const { values, vectors } = largestEigenpairs(matrix, 5, random(1), (done) => (steps = done));
  expect(steps).toBeLessThan(100);
  for (const [i, value] of values.entries()) {
    expect(Math.abs(value / expected[i]! - 1)).toBeLessThan(1e-9);
    const residual = gramTimes(matrix, vectors[i]!).map((image, at) => image - value * vectors[i]![at]!);
    expect(Math.sqrt(dot(residual, residual))).toBeLessThan(2e-6 * value);
  }
});

test('equal eigenvalues and an empty matrix', () => {
  const everyOwn = {
    rows: 30,
    columns: 40,
    indptr: Int32Array.from({ length: 31 }, (_, row) => row),
    indices: Int32Array.from({ length: 30 }, (_, row) => row),
    values: new Float32Array(30).fill(2),
  };
  const found = largestEigenpairs(everyOwn, 64, random(1));
  expect(found.values).toHaveLength(30);
  for (const value of found.values) expect(value).toBeCloseTo(4, 12);
  const empty = { ...everyOwn, indptr: new Int32Array(31), indices: new Int32Array(0), values: new Float32Array(0) };
  expect(principalDirections(empty, 3, random(1))).toEqual({ values: new Float64Array(0), vectors: [] });
});

test('a tridiagonal matrix has the eigenvalues and vectors of the dense one', () => {
  const entry = fc.double({ min: -100, max: 100, noNaN: true }).map((value) => Math.round(value * 1e6) / 1e6);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(entry, fc.oneof(entry, fc.constant(0))), { minLength: 1, maxLength: 40 }),
      (pairs) => {
        const k = pairs.length;
        const dense = new Float64Array(k * k);
        for (const [i, [diagonal, beside]] of pairs.entries()) {
          dense[i * k + i] = diagonal;
          if (i + 1 < k) dense[i * k + i + 1] = dense[(i + 1) * k + i] = beside;
        }
        const expected = symmetricEigen(dense, k).values;
        const [a, b] = [pairs.map(([diagonal]) => diagonal), pairs.map(([, beside]) => beside)];
        const { values, components } = tridiagonalEigen(a, b, 0);
        const last = tridiagonalEigen(a, b, k - 1).components;
        for (const [i, value] of values.entries()) {
          expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-10);
          const vector = components.subarray(i * k, (i + 1) * k);
          expect(last[i]).toBe(vector[k - 1]);
          expect(dot(vector, vector)).toBeCloseTo(1, 12);
          for (let row = 0; row < k; row++) {
            expect(Math.abs(dot(dense.subarray(row * k, (row + 1) * k), vector) - value * vector[row]!)).toBeLessThan(
              1e-10,
            );
          }
        }
      },
    ),
  );
});
