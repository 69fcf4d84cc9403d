/** The kernel of the sum encoder is bit-equal to the plain loop, and what weighs nothing counts for nothing. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { createLocalEngine } from '../../src/engine/local.js';
import { referenceSum, referenceTopK } from '../../src/engine/reference.js';
import { sumModel } from './models.js';

const FILMS = 90;
const none = new Int32Array(0);

const cases = fc.record({
  seed: fc.integer(),
  d: fc.integer({ min: 1, max: 256 }),
  history: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 100, max: 700 })),
  /** Share of the films whose weight is not above 0. */
  disliked: fc.constantFrom(0, 0.3, 1),
  biased: fc.boolean(),
  recency: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 4, noNaN: true })),
});

it('encodes bit by bit as the plain loop from the newest 512 films that weigh something, and ranks exactly', () => {
  fc.assert(
    fc.property(cases, ({ seed, d, history, disliked, biased, recency }) => {
      const { uniform, normal, integer } = random(seed);
      const draws = (length: number, draw: () => number): Float32Array => Float32Array.from({ length }, draw);
      const items = draws(FILMS * d, normal);
      const gain = draws(FILMS, uniform);
      const bias = biased ? draws(FILMS, normal) : undefined;
      const rows = Int32Array.from({ length: history }, () => integer(FILMS));
      const weights = draws(history, () => (uniform() < disliked ? -3 * uniform() : 0.01 + uniform()));
      const engine = unwrap(createLocalEngine(sumModel(items, d, gain, { bias, recency })));
      const query = { rows, weights, seen: rows.slice(0, 20) };

      const newestFirst = [...rows.keys()].reverse().filter((h) => weights[h]! > 0);
      const used = newestFirst.slice(0, 512);
      const vector = referenceSum(
        items,
        d,
        gain,
        used.map((h) => rows[h]!),
        used.map((h, newer) => weights[h]! * Math.fround((1 + newer) ** -recency)),
      );
      expect(engine.encode(query)).toEqual(vector);

      const allowed = (row: number): boolean => !query.seen.includes(row);
      const best = used.length === 0 ? [] : referenceTopK({ vector, items, d, bias, allowed, k: 20 });
      // Three in a batch: two that share the pair kernel, one alone.
      for (const { rows: answer, scores } of engine.topK([query, query, query], 20)) {
        expect([...answer]).toEqual(best.map(({ row }) => row));
        expect([...scores]).toEqual(best.map(({ score }) => score));
      }
    }),
    { numRuns: 150 },
  );
});

it('ages films by those that enter the sum: one that weighs nothing makes no other older', () => {
  const gain = Float32Array.of(1, 1, 1);
  const model = sumModel(Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), 3, gain, { recency: 1 });
  const engine = unwrap(createLocalEngine(model));
  const vectorOf = (rows: number[], weights: number[]): number[] => [
    ...engine.encode({ rows: Int32Array.from(rows), weights: Float32Array.from(weights), seen: none }),
  ];
  expect(vectorOf([0, 1, 2], [1, 1, 1])).toEqual([Math.fround(1 / 3), 1 / 2, 1]);
  expect(vectorOf([2, 1, 0], [1, 1, 1])).toEqual([1, 1 / 2, Math.fround(1 / 3)]);
  expect(vectorOf([0, 1, 2], [1, -1, 0.5])).toEqual([1 / 2, 0, 1 / 2]);
  expect(vectorOf([0, 1, 2], [1, 1, 0])).toEqual([1 / 2, 1, 0]);
});

it('answers a recency of 0 as a model without one', () => {
  const { normal, uniform, integer } = random(8);
  const items = Float32Array.from({ length: 40 * 7 }, normal);
  const gain = Float32Array.from({ length: 40 }, uniform);
  const query = {
    rows: Int32Array.from({ length: 9 }, () => integer(40)),
    weights: new Float32Array(9).fill(1),
    seen: none,
  };
  const answer = (options: object): unknown =>
    unwrap(createLocalEngine(sumModel(items, 7, gain, options))).topK([query], 20);
  expect(answer({ recency: 0 })).toEqual(answer({}));
  expect(answer({ recency: 0.1 })).not.toEqual(answer({}));
});

it('has no answer for a history without a film that weighs something, though the bias would rank', () => {
  const bias = Float32Array.of(3, 2, 1);
  const engine = unwrap(createLocalEngine(sumModel(Float32Array.of(1, 2, 3), 1, Float32Array.of(1, 1, 1), { bias })));
  const disliked = { rows: Int32Array.of(0, 1), weights: Float32Array.of(0, -1), seen: none };
  const liked = { rows: Int32Array.of(0, 1), weights: Float32Array.of(1, -1), seen: none };
  const [nothing, something] = engine.topK([disliked, liked], 3);
  expect(nothing!.rows).toHaveLength(0);
  expect(engine.encode(disliked)).toEqual(Float32Array.of(0));
  expect([...something!.rows]).toEqual([0, 1, 2]);
  expect([...something!.scores]).toEqual([4, 4, 4]);
});
