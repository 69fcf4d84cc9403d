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
});

it('encodes bit by bit as the plain loop from the newest 512 films that weigh something, and ranks exactly', () => {
  fc.assert(
    fc.property(cases, ({ seed, d, history, disliked, biased }) => {
      const { uniform, normal, integer } = random(seed);
      const draws = (length: number, draw: () => number): Float32Array => Float32Array.from({ length }, draw);
      const items = draws(FILMS * d, normal);
      const gain = draws(FILMS, uniform);
      const bias = biased ? draws(FILMS, normal) : undefined;
      const rows = Int32Array.from({ length: history }, () => integer(FILMS));
      const weights = draws(history, () => (uniform() < disliked ? -3 * uniform() : 0.01 + uniform()));
      const engine = unwrap(createLocalEngine(sumModel(items, d, gain, { bias })));
      const query = { rows, weights, seen: rows.slice(0, 20) };

      const newestFirst = [...rows.keys()].reverse().filter((h) => weights[h]! > 0);
      const used = newestFirst.slice(0, 512);
      const vector = referenceSum(
        items,
        d,
        gain,
        used.map((h) => rows[h]!),
        used.map((h) => weights[h]!),
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
