/** What both sides of the training bench are given, as files: interactions, parameters, and the factors to start from. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { random } from '../../src/core/random.js';
import { transpose, type Csr } from '../../src/linalg/csr.js';
import type { IalsProblem } from '../../src/train/ials-job.js';
import type { Side } from '../../src/train/ials-plan.js';
import { prepared } from '../harness/prepared.js';
import { bytesOf } from '../peers/process.js';
import { powerLaw } from './interactions.js';

export interface TrainShape {
  readonly users: number;
  readonly items: number;
  /** A multiple of four, so that rows need no padding. */
  readonly dimensions: number;
  readonly seed: number;
}

export interface TrainProblem {
  /** Holds `indptr` and `indices` (i32, users × items, all weights 1), `users` and `items` (f32, the factors at the start). */
  readonly folder: string;
  readonly matrix: Csr;
  readonly dimensions: number;
  /** Confidence above 1 of an observed pair. */
  readonly alpha: number;
  /** λ of every row. */
  readonly lambda: number;
  readonly start: Readonly<Record<Side, Float32Array>>;
}

const ALPHA = 4;
/** Training by default gives a typical user of the bundled data 74, with more interactions relatively less. */
const LAMBDA = 50;

/** Made at the first run, then kept. */
export async function trainProblem(shape: TrainShape): Promise<TrainProblem> {
  const { users, items, dimensions, seed } = shape;
  const folder = await prepared({
    bench: 'bench-train',
    what: `interactions of ${users} users with ${items} items`,
    sources: ['bench/train/interactions.js', 'bench/train/problem.js'],
    shape: [users, items, dimensions, seed],
    make: (part) => writeProblem(part, shape),
  });
  return readProblem(folder, shape);
}

export function writeProblem(folder: string, { users, items, dimensions, seed }: TrainShape): void {
  const { indptr, indices } = powerLaw(users, items, seed);
  const { normal } = random(seed + 1);
  const small = (rows: number): Float32Array => Float32Array.from({ length: rows * dimensions }, () => 0.01 * normal());
  for (const [name, values] of Object.entries({ indptr, indices, users: small(users), items: small(items) })) {
    writeFileSync(join(folder, name), bytesOf(values));
  }
}

export function readProblem(folder: string, { users, items, dimensions }: TrainShape): TrainProblem {
  const read = (name: string): ArrayBuffer => Uint8Array.from(readFileSync(join(folder, name))).buffer;
  const indices = new Int32Array(read('indices'));
  const indptr = new Int32Array(read('indptr'));
  const values = new Float32Array(indices.length).fill(1);
  return {
    ...{ folder, dimensions, alpha: ALPHA, lambda: LAMBDA },
    matrix: { rows: users, columns: items, indptr, indices, values },
    start: { users: new Float32Array(read('users')), items: new Float32Array(read('items')) },
  };
}

export const ialsProblemOf = ({ dimensions, matrix, alpha, lambda }: TrainProblem): IalsProblem => ({
  ...{ dimensions, users: matrix, items: transpose(matrix), alpha },
  ridgeOf: () => lambda,
});
