/** The kernels against their slow twins, on random problems of any shape. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { byUser } from '../../src/dataset/sparse.js';
import { transpose } from '../../src/linalg/csr.js';
import { createIalsJob, type IalsJob, type IalsProblem } from '../../src/train/ials-job.js';
import { objective } from '../../src/train/ials-objective.js';
import { otherSide, type Side } from '../../src/train/ials-plan.js';
import { referenceObjective, referenceRow, referenceSolution } from '../../src/train/ials-reference.js';
import { synthetic } from './synthetic.js';

const shapes = fc.record({
  dimensions: fc.integer({ min: 1, max: 40 }),
  users: fc.integer({ min: 1, max: 150 }),
  films: fc.integer({ min: 1, max: 150 }),
  density: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
  // f32 answers to 1e-4 only where the equations are conditioned as in practice: λ not much below the other terms.
  alpha: fc.double({ min: 0.1, max: 20, noNaN: true }),
  reg: fc.double({ min: 2, max: 20, noNaN: true }),
  seed: fc.nat(),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function problemOf({ dimensions, users, films, density, alpha, reg, seed }: Shape): IalsProblem {
  const interactions = synthetic({ users, films, liked: density, other: density / 2, seed });
  const matrix = byUser(
    interactions,
    interactions.preference.map((preference) => 0.5 + preference),
  );
  const ridgeOf = (weightSum: number, otherRows: number): number => reg * (1 + (weightSum + otherRows) / 100);
  return { dimensions, users: matrix, items: transpose(matrix), alpha, ridgeOf };
}

function fill(job: IalsJob, side: Side, dimensions: number, seed: number): void {
  const { normal } = random(seed);
  const factors = job.factors[side];
  for (let at = 0; at < factors.length; at++) factors[at] = at % job.stride < dimensions ? 0.3 * normal() : 0;
}

function packed(job: IalsJob, side: Side, dimensions: number): Float32Array {
  return job.factors[side].filter((_, at) => at % job.stride < dimensions);
}

async function onJob(shape: Shape, work: (job: IalsJob, problem: IalsProblem) => Promise<void>): Promise<void> {
  const problem = problemOf(shape);
  const job = unwrap(createIalsJob(problem, 2));
  try {
    fill(job, 'users', shape.dimensions, shape.seed + 1);
    fill(job, 'items', shape.dimensions, shape.seed + 2);
    await work(job, problem);
  } finally {
    await job.close();
  }
}

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.sqrt(Array.from(a).reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0));
const norm = (a: ArrayLike<number>): number => distance(a, new Float64Array(a.length));

test('a solved row is the reference row, and a row without interactions is zero', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.constantFrom<Side>('users', 'items'), async (shape, side) => {
      await onJob(shape, async (job, problem) => {
        const d = shape.dimensions;
        const before = packed(job, side, d);
        const other = packed(job, otherSide(side), d);
        await job.gram(otherSide(side));
        await job.solve(side);
        const after = packed(job, side, d);
        const matrix = problem[side];
        const half = { matrix, other, d, alpha: shape.alpha, ridges: job.ridges[side] };
        for (let row = 0; row < matrix.rows; row++) {
          const solved = after.subarray(row * d, row * d + d);
          if (matrix.indptr[row] === matrix.indptr[row + 1]) {
            expect(norm(solved)).toBe(0);
            continue;
          }
          const expected = referenceRow(half, row, before.subarray(row * d, row * d + d));
          expect(distance(solved, expected)).toBeLessThan(1e-4 * Math.max(norm(expected), 1e-3));
        }
        expect(job.factors[side].every((value, at) => at % job.stride < d || value === 0)).toBe(true);
      });
    }),
    { numRuns: 20 },
  );
});

test('solving the same half again and again reaches the exact solution', async () => {
  const shape = { dimensions: 12, users: 60, films: 80, density: 0.3, alpha: 5, reg: 1, seed: 3 };
  await onJob(shape, async (job, problem) => {
    await job.gram('items');
    for (let round = 0; round < 12; round++) await job.solve('users');
    const [users, other] = [packed(job, 'users', 12), packed(job, 'items', 12)];
    const half = { matrix: problem.users, other, d: 12, alpha: shape.alpha, ridges: job.ridges.users };
    for (let row = 0; row < 60; row++) {
      const exact = referenceSolution(half, row);
      expect(distance(users.subarray(row * 12, row * 12 + 12), exact)).toBeLessThan(1e-5 * norm(exact));
    }
  });
});

test('Gram matrix and objective are those of the definition', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, async (shape) => {
      await onJob(shape, async (job, problem) => {
        const d = shape.dimensions;
        const [userGram, itemGram] = [await job.gram('users'), await job.gram('items')];
        const [users, items] = [packed(job, 'users', d), packed(job, 'items', d)];
        for (let i = 0; i < d; i++) {
          const rows = problem.items.rows;
          let sum = 0;
          for (let row = 0; row < rows; row++) sum += items[row * d]! * items[row * d + i]!;
          expect(Math.abs(itemGram[i]! - sum)).toBeLessThan(1e-5 * rows);
        }
        const expected = referenceObjective(problem.users, users, items, d, shape.alpha, job.ridges);
        expect(await objective(job, userGram, itemGram)).toBeCloseTo(expected, -Math.log10(expected * 1e-5));
      });
    }),
    { numRuns: 15 },
  );
});

test('what does not fit in 4 GiB is said, with what to do about it', () => {
  const problem = problemOf({ dimensions: 256, users: 100, films: 100, density: 0.5, alpha: 1, reg: 1, seed: 1 });
  const created = createIalsJob(problem, 100_000);
  expect(created).toMatchObject({
    ok: false,
    error: { code: 'memory-full', hint: 'Use fewer dimensions or threads.' },
  });
});
