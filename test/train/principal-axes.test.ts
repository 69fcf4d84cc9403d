/** The rotation that nothing but the Gram matrix may notice. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { referenceFoldIn } from '../../src/engine/reference.js';
import { toPrincipalAxes } from '../../src/train/principal-axes.js';

const shapes = fc.record({ n: fc.integer({ min: 1, max: 60 }), d: fc.integer({ min: 1, max: 24 }), seed: fc.nat() });

function factors(n: number, d: number, seed: number): Float32Array {
  const { normal } = random(seed);
  return Float32Array.from({ length: n * d }, (_, at) => normal() / (1 + (at % d)) + (at % 3 === 0 ? 0.5 : 0));
}

const dot = (m: ArrayLike<number>, a: number, b: number, d: number): number => {
  let sum = 0;
  for (let k = 0; k < d; k++) sum += m[a * d + k]! * m[b * d + k]!;
  return sum;
};

test('in principal axes the Gram matrix is diagonal and dot products are what they were', () => {
  fc.assert(
    fc.property(shapes, ({ n, d, seed }) => {
      const items = factors(n, d, seed);
      const rotated = toPrincipalAxes(items, n, d);
      for (let a = 0; a < n; a++) expect(dot(rotated, a, n - 1 - a, d)).toBeCloseTo(dot(items, a, n - 1 - a, d), 5);
      const largest = rotated.reduce((sum, value) => sum + value * value, 0);
      for (let i = 0; i < d; i++) {
        for (let j = 0; j < i; j++) {
          let entry = 0;
          for (let row = 0; row < n; row++) entry += rotated[row * d + i]! * rotated[row * d + j]!;
          expect(Math.abs(entry)).toBeLessThan(1e-6 * largest);
        }
      }
    }),
  );
});

test('a fold-in scores the same in the new axes', () => {
  const [n, d] = [300, 16];
  const items = factors(n, d, 9);
  const rotated = toPrincipalAxes(items, n, d);
  const rows = Int32Array.of(3, 77, 150);
  const weights = Float32Array.of(1, 2, 1);
  const before = referenceFoldIn(items, d, rows, weights, 5, 2);
  const after = referenceFoldIn(rotated, d, rows, weights, 5, 2);
  for (let row = 0; row < n; row++) {
    let [a, b] = [0, 0];
    for (let k = 0; k < d; k++) {
      a += before[k]! * items[row * d + k]!;
      b += after[k]! * rotated[row * d + k]!;
    }
    expect(b).toBeCloseTo(a, 5);
  }
});

test('equal, empty and missing dimensions do not disturb it', () => {
  const twins = Float32Array.from({ length: 40 }, (_, at) => (at % 4 === 3 ? 0 : Math.floor(at / 4) + 1));
  const rotated = toPrincipalAxes(twins, 10, 4);
  for (let row = 0; row < 10; row++) {
    expect(rotated[row * 4]).toBeCloseTo(Math.sqrt(3) * (row + 1), 5);
    for (let k = 1; k < 4; k++) expect(Math.abs(rotated[row * 4 + k]!)).toBeLessThan(1e-5);
  }
  expect(toPrincipalAxes(new Float32Array(6), 2, 3)).toEqual(new Float32Array(6));
});
