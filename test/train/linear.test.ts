/** The linear autoencoder against the whole inverse, its determinism, and the shapes of data that leave little to learn. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import type { Csr } from '../../src/linalg/csr.js';
import type { Model } from '../../src/registry/model.js';
import { learnedMatrix } from '../../src/train/learned.js';
import { checkLinearParameters, linearDefaults } from '../../src/train/linear-parameters.js';
import { referenceEase } from '../../src/train/linear-reference.js';
import { trainLinear } from '../../src/train/linear.js';
import { synthetic } from './synthetic.js';

const parameters = { ...linearDefaults, dimensions: 256, lambda: 20, floor: 0.2, prior: 0, halfLifeDays: 0 };

/** Scores of every film for a row of the matrix, by the sum encoder's definition. */
function scoresOf({ items, gain, dimensions: d, filmIds }: Model, x: Csr, user: number): Float64Array {
  const vector = new Float64Array(d);
  for (let i = x.indptr[user]!; i < x.indptr[user + 1]!; i++) {
    const film = x.indices[i]!;
    for (let k = 0; k < d; k++) vector[k]! += x.values[i]! * gain![film]! * items[film * d + k]!;
  }
  return Float64Array.from(filmIds, (_, film) =>
    vector.reduce((sum, value, k) => sum + value * items[film * d + k]!, 0),
  );
}

/** Largest difference from full EASE over all unseen films of all users, in parts of the largest score. */
function lossAgainstEase(interactions: Interactions, dimensions: number): number {
  const x = unwrap(learnedMatrix(interactions, parameters.floor));
  const weights = referenceEase(x, parameters.lambda);
  const model = unwrap(trainLinear(interactions, { ...parameters, dimensions }));
  let [worst, largest] = [0, 1e-3];
  for (let user = 0; user < x.rows; user++) {
    const history = x.indices.subarray(x.indptr[user], x.indptr[user + 1]);
    const values = x.values.subarray(x.indptr[user], x.indptr[user + 1]);
    for (const [film, score] of scoresOf(model, x, user).entries()) {
      if (history.includes(film)) continue;
      const exact = history.reduce((sum, seen, h) => sum + values[h]! * weights[seen * x.columns + film]!, 0);
      worst = Math.max(worst, Math.abs(score - exact));
      largest = Math.max(largest, Math.abs(exact));
    }
  }
  return worst / largest;
}

test('with all directions the scores are those of EASE', () => {
  const shapes = fc.record({
    users: fc.integer({ min: 2, max: 80 }),
    films: fc.integer({ min: 3, max: 60 }),
    liked: fc.double({ min: 0.1, max: 0.5, noNaN: true }),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(shapes, (shape) => {
      const interactions = synthetic({ ...shape, other: shape.liked / 3 });
      fc.pre(interactions.userOf.length > 0);
      expect(lossAgainstEase(interactions, 256)).toBeLessThan(1e-4);
    }),
    { numRuns: 40 },
  );
});

test('with fewer directions the scores move away from EASE, the less the more there are', () => {
  const interactions = synthetic({ users: 150, films: 100, liked: 0.25, other: 0.05, seed: 3 });
  const losses = [2, 20, 50, 80, 100].map((dimensions) => lossAgainstEase(interactions, dimensions));
  for (const [i, loss] of losses.slice(1).entries()) expect(loss).toBeLessThan(losses[i]!);
  expect(losses.at(-1)).toBeLessThan(1e-5);
});

test('the same bits from run to run; another seed finds the same directions', () => {
  const interactions = synthetic({ users: 200, films: 120, liked: 0.2, other: 0.02, seed: 5 });
  const few = { ...parameters, dimensions: 8 };
  const [one, again, other] = [few, few, { ...few, seed: 9 }].map((asked) => unwrap(trainLinear(interactions, asked)));
  expect(again).toEqual(one);
  const x = unwrap(learnedMatrix(interactions, parameters.floor));
  for (const user of [0, 1, 199]) {
    const [left, right] = [scoresOf(one!, x, user), scoresOf(other!, x, user)];
    for (const [film, score] of left.entries()) expect(right[film]).toBeCloseTo(score, 4);
  }
});

test('films that nobody met, films weighed at nothing, and films that one user met alone', () => {
  const { uniform } = random(1);
  const interactions = synthetic({ users: 40, films: 30, liked: 0.4, other: 0.1, seed: 2 });
  const preference = interactions.filmOf.map((film) => (film === 7 ? 0.1 : 0.6 + 0.4 * uniform()));
  const films = [...interactions.films, 'unmet', 'met once'];
  const userOf = Int32Array.of(...interactions.userOf, 39);
  const filmOf = Int32Array.of(...interactions.filmOf, 31);
  const time = new Float64Array(userOf.length);
  const data = { ...interactions, films, userOf, filmOf, preference: Float32Array.of(...preference, NaN), time };
  const model = unwrap(trainLinear(data, { ...parameters, floor: -1 }));
  const row = (film: number): Float32Array =>
    model.items.subarray(film * model.dimensions, (film + 1) * model.dimensions);
  for (const film of [7, 30]) {
    expect(row(film).every((value) => value === 0)).toBe(true);
    expect(model.gain![film]).toBe(1);
  }
  expect(row(31).some((value) => value !== 0)).toBe(true);
  expect(model.items.every(Number.isFinite)).toBe(true);
  expect(model.gain!.every((value) => value > 0 && value <= 1)).toBe(true);
});

test('fewer users than dimensions leave as many dimensions as there are', () => {
  const interactions = synthetic({ users: 3, films: 50, liked: 0.5, other: 0.2, seed: 4 });
  expect(unwrap(trainLinear(interactions, parameters))).toMatchObject({
    kind: 'linear',
    encoder: { type: 'sum', floor: 0.2, ratingHigh: 5, recency: 0.6 },
    dimensions: 3,
  });
  const alone = synthetic({ users: 1, films: 5, liked: 1, other: 1, seed: 4 });
  const model = unwrap(trainLinear(alone, parameters));
  expect(model.dimensions).toBe(1);
  expect(model.items.every((value) => Number.isFinite(value) && value !== 0)).toBe(true);
});

test('what cannot be learned from is refused', () => {
  const interactions = synthetic({ users: 10, films: 10, liked: 0.5, other: 0.5, seed: 1 });
  for (const change of [
    { lambda: 0 },
    { dimensions: 257 },
    { floor: 2 },
    { prior: -1 },
    { halfLifeDays: Number.NaN },
  ]) {
    const [name] = Object.keys(change);
    const refused = { ok: false, error: { code: 'usage', message: expect.stringContaining(name!) as string } };
    expect(checkLinearParameters({ ...parameters, ...change })).toMatchObject(refused);
    expect(trainLinear(interactions, { ...parameters, ...change })).toMatchObject(refused);
  }
  const disliked = { ...interactions, preference: interactions.preference.map(() => 0.2) };
  expect(trainLinear(disliked, { ...parameters, floor: -4 })).toMatchObject({
    ok: false,
    error: { code: 'data-missing', message: expect.stringContaining('floor of -4') as string },
  });
});
