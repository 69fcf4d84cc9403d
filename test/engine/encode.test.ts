/** The kernels' fold-in agrees with a plain f64 solution of the same normal equations. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { lambdaOf } from '../../src/registry/lambda.js';
import { createLocalEngine } from '../../src/engine/local.js';
import { referenceFoldIn } from '../../src/engine/reference.js';
import { foldInModel } from './models.js';

/** Items whose Gram is diagonal: rows of scaled Walsh–Hadamard signs, repeated, plus zeros beyond. */
function principalItems(n: number, d: number, seed: number): Float32Array {
  const { uniform } = random(seed);
  const size = 1 << Math.ceil(Math.log2(Math.max(d, 2)));
  const scale = Float32Array.from({ length: d }, (_, i) => (0.2 + uniform()) / (1 + i * 0.05));
  const parity = (bits: number): number => (bits === 0 ? 0 : (bits & 1) ^ parity(bits >>> 1));
  const rows = Math.ceil(n / size) * size;
  return Float32Array.from({ length: rows * d }, (_, at) => {
    const row = Math.floor(at / d) % size;
    const column = at % d;
    return scale[column]! * (parity(row & column) === 0 ? 1 : -1);
  });
}

const cases = fc.record({
  seed: fc.integer(),
  d: fc.integer({ min: 1, max: 130 }),
  history: fc.integer({ min: 1, max: 300 }),
  alpha: fc.constantFrom(0.1, 1, 10, 40),
  reg: fc.constantFrom(0.01, 1, 50),
  regScaling: fc.constantFrom(0, 0.5, 1),
});

it('solves the normal equations of a history to 1e-5, three times that where they are badly conditioned', () => {
  fc.assert(
    fc.property(cases, ({ seed, d, history, ...encoder }) => {
      const items = principalItems(300, d, seed);
      const n = items.length / d;
      const { uniform, integer } = random(seed);
      const rows = Int32Array.from({ length: history }, () => integer(n));
      const weights = Float32Array.from({ length: history }, () => 0.25 + uniform());
      const engine = unwrap(createLocalEngine(foldInModel(items, d, encoder)));
      const vector = engine.encode({ rows, weights, seen: new Int32Array(0) });

      const sum = weights.reduce((a, b) => a + b, 0);
      const lambda = lambdaOf(encoder.alpha, encoder.reg, encoder.regScaling, sum, n);
      const exact = referenceFoldIn(items, d, rows, weights, encoder.alpha, lambda);
      const error = Math.hypot(...exact.map((value, i) => value - vector[i]!)) / Math.hypot(...exact);
      // f32 loses digits with the condition number, which grows with α.
      expect(error).toBeLessThan(encoder.alpha > 10 ? 3e-5 : 1e-5);
    }),
    { numRuns: 100 },
  );
}, 60_000);

it('computes the vector from the newest 512 films of a longer history', () => {
  const items = principalItems(2048, 16, 1);
  const engine = unwrap(createLocalEngine(foldInModel(items, 16, { alpha: 1, reg: 1, regScaling: 0 })));
  const rows = Int32Array.from({ length: 700 }, (_, i) => i);
  const weights = new Float32Array(700).fill(1);
  const seen = new Int32Array(0);
  const whole = engine.encode({ rows, weights, seen });
  expect(engine.encode({ rows: rows.slice(-512), weights: weights.slice(-512), seen })).toEqual(whole);
});
