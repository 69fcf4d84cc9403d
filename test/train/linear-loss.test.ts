/** What the bundled data loses when full EASE is cut down to a few directions. */

import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { byUser } from '../../src/dataset/sparse.js';
import { transpose, type Csr } from '../../src/linalg/csr.js';
import { choleskyFactor, solveCholesky } from '../../src/engine/reference.js';
import { linearDefaults } from '../../src/train/linear-parameters.js';
import { trainLinear } from '../../src/train/linear.js';
import { bundledRatings } from './bundled.js';

/**
 * Scores of full EASE for some users. With K = (XXᵀ + λI)⁻¹, which is only users × users, P = (I − XᵀKX) / λ (Woodbury),
 * so a history x scores film j by (Xx)ᵀ·K·X_j / (1 − X_jᵀ·K·X_j).
 */
function easeScores(x: Csr, lambda: number, users: readonly number[]): Float64Array[] {
  const n = x.rows;
  const columns = transpose(x);
  const outer = new Float64Array(n * n);
  eachColumn(columns, (raters) => {
    for (const a of raters) for (const b of raters) outer[a * n + b]! += 1;
  });
  const shifted = outer.map((entry, i) => (i % (n + 1) === 0 ? entry + lambda : entry));
  const factor = choleskyFactor(shifted, n);
  const inverse = Array.from({ length: n }, (_, j) =>
    solveCholesky(
      factor,
      Float64Array.from({ length: n }, (__, i) => (i === j ? 1 : 0)),
    ),
  );
  const turned = users.map((user) => solveCholesky(factor, outer.subarray(user * n, (user + 1) * n)));
  const scores = users.map(() => new Float64Array(x.columns));
  eachColumn(columns, (raters, film) => {
    let own = 0;
    for (const a of raters) for (const b of raters) own += inverse[a]![b]!;
    for (const [i, vector] of turned.entries()) {
      let sum = 0;
      for (const rater of raters) sum += vector[rater]!;
      scores[i]![film] = sum / (1 - own);
    }
  });
  return scores;
}

function eachColumn({ rows, indptr, indices }: Csr, visit: (entries: Int32Array, column: number) => void): void {
  for (let column = 0; column < rows; column++) visit(indices.subarray(indptr[column], indptr[column + 1]), column);
}

function best(scores: ArrayLike<number>, seen: Int32Array): Set<number> {
  const known = new Set(seen);
  const unseen = Array.from(scores, (_, film) => film).filter((film) => !known.has(film));
  return new Set(unseen.sort((a, b) => scores[b]! - scores[a]!).slice(0, 20));
}

test('how much of the lists of full EASE stays in 64 and in 256 directions', () => {
  const interactions = bundledRatings();
  const x = byUser(interactions);
  const users = Array.from({ length: 24 }, (_, i) => i * 28);
  const lambda = 100;
  const historyOf = (user: number): Int32Array => x.indices.subarray(x.indptr[user], x.indptr[user + 1]);
  const full = easeScores(x, lambda, users).map((scores, i) => best(scores, historyOf(users[i]!)));

  const kept = [64, 256].map((dimensions) => {
    const { items, gain } = unwrap(trainLinear(interactions, { ...linearDefaults, lambda, floor: 1, dimensions }));
    let common = 0;
    for (const [i, user] of users.entries()) {
      const vector = new Float64Array(dimensions);
      for (const film of historyOf(user)) {
        for (let k = 0; k < dimensions; k++) vector[k]! += gain![film]! * items[film * dimensions + k]!;
      }
      const scores = new Float64Array(interactions.films.length);
      for (let film = 0; film < scores.length; film++) {
        for (let k = 0; k < dimensions; k++) scores[film]! += vector[k]! * items[film * dimensions + k]!;
      }
      for (const film of best(scores, historyOf(user))) if (full[i]!.has(film)) common++;
    }
    return common / (20 * users.length);
  });
  // As docs/training.md says.
  expect(kept.map((share) => Number(share.toFixed(2)))).toEqual([0.67, 0.79]);
}, 30_000);
