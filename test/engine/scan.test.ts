/** The kernels' top-k is bit-equal to the plain loop, whatever the numbers. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../src/core/random.js';
import { unwrap } from '../../src/core/errors.js';
import { createLocalEngine } from '../../src/engine/local.js';
import { referenceTopK } from '../../src/engine/reference.js';
import { constantModel } from './models.js';

/** How the values of a matrix are drawn: each name is a way in which a quantised scan could go wrong. */
const VALUES = {
  normal: (draw: () => number) => draw(),
  integers: (draw: () => number) => Math.round(draw()), // many equal scores
  heavyTail: (draw: () => number) => draw() ** 7,
  tiny: (draw: () => number) => draw() * 1e-42, // denormals
  huge: (draw: () => number) => draw() * 1e13,
  mixed: (draw: () => number) => draw() * 10 ** Math.round(draw() * 3),
  zeros: (draw: () => number) => (draw() > 0 ? 0 : -0),
  spikes: (draw: () => number) => (draw() > 2 ? draw() * 1000 : draw() * 0.001),
} as const;

type Values = keyof typeof VALUES;

interface Case {
  readonly seed: number;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly items: Values;
  readonly user: Values;
  readonly bias: Values | 'none';
  readonly duplicates: boolean;
  readonly masked: number;
  readonly seen: number;
}

const values = fc.constantFrom(...(Object.keys(VALUES) as Values[]));
const cases: fc.Arbitrary<Case> = fc.record({
  seed: fc.integer(),
  n: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 500, max: 1700 })),
  d: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 256 })),
  k: fc.integer({ min: 1, max: 100 }),
  items: values,
  user: values,
  bias: fc.oneof(values, fc.constant('none' as const)),
  duplicates: fc.boolean(),
  masked: fc.constantFrom(0, 0.05, 0.5, 1),
  seen: fc.constantFrom(0, 0.02, 0.5, 1),
});

function check(test: Case): void {
  const { uniform, normal, integer } = random(test.seed);
  const draw = (size: number, kind: Values): Float32Array =>
    Float32Array.from({ length: size }, () => VALUES[kind](normal));
  const items = draw(test.n * test.d, test.items);
  if (test.duplicates) {
    for (let row = 1; row < test.n; row++) {
      if (uniform() < 0.5) items.copyWithin(row * test.d, integer(row) * test.d, (integer(row) + 1) * test.d);
    }
  }
  const user = draw(test.d, test.user);
  const bias = test.bias === 'none' ? undefined : draw(test.n, test.bias);
  const masked = new Set(Array.from({ length: test.n }, (_, row) => row).filter(() => uniform() < test.masked));
  const seen = Int32Array.from({ length: test.n }, (_, row) => row).filter(() => uniform() < test.seen);
  const hidden = new Set([...masked, ...seen]);

  const engine = unwrap(
    createLocalEngine(constantModel(items, test.d, user, bias), { allowed: (row) => !masked.has(row) }),
  );
  const query = { rows: new Int32Array(0), weights: new Float32Array(0), seen };
  const plain = { rows: new Int32Array(0), weights: new Float32Array(0), seen: new Int32Array(0) };
  // Three in a batch: two that share the pair kernel, one alone; the last without a seen-set.
  const answers = engine.topK([query, query, plain], test.k);
  const wanted = (allowed: (row: number) => boolean): unknown => {
    const best = referenceTopK({ vector: user, items, d: test.d, bias, allowed, k: test.k });
    return { rows: Int32Array.from(best, ({ row }) => row), scores: Float32Array.from(best, ({ score }) => score) };
  };
  expect(answers).toEqual([
    wanted((row) => !hidden.has(row)),
    wanted((row) => !hidden.has(row)),
    wanted((row) => !masked.has(row)),
  ]);
}

describe('scan', () => {
  it('equals the plain loop on random matrices of every shape', () => {
    fc.assert(fc.property(cases, check), { numRuns: 200 });
  }, 120_000);

  it.each(Array.from({ length: 256 }, (_, i) => i + 1))('equals the plain loop at d = %i', (d) => {
    const base = { n: 70, k: 20, items: 'normal', user: 'normal', duplicates: true, masked: 0.05, seen: 0.02 } as const;
    check({ ...base, seed: d, d, bias: 'none' });
    check({ ...base, seed: d, d, bias: 'normal' });
  });

  it('answers nothing from an empty catalogue', () => {
    const engine = unwrap(createLocalEngine(constantModel(new Float32Array(0), 3, new Float32Array([1, 2, 3]))));
    const query = { rows: new Int32Array(0), weights: new Float32Array(0), seen: new Int32Array(0) };
    expect(engine.topK([query], 20)).toEqual([{ rows: new Int32Array(0), scores: new Float32Array(0) }]);
  });

  it('leaves a vector without finite scores unanswered instead of ranking by NaN', () => {
    const items = Float32Array.from({ length: 64 }, () => 1e18);
    const engine = unwrap(createLocalEngine(constantModel(items, 4, new Float32Array([3e38, 3e38, 0, 0]))));
    const query = { rows: new Int32Array(0), weights: new Float32Array(0), seen: new Int32Array(0) };
    expect(engine.topK([query], 20)[0]!.rows).toHaveLength(0);
  });

  it('decides exactly when more candidates tie than its list can hold', () => {
    const n = 5000;
    const engine = unwrap(
      createLocalEngine(constantModel(new Float32Array(n * 2).fill(1), 2, new Float32Array([1, 1]))),
    );
    const query = { rows: new Int32Array(0), weights: new Float32Array(0), seen: Int32Array.from([0, 2]) };
    const [answer] = engine.topK([query], 5);
    expect([...answer!.rows]).toEqual([1, 3, 4, 5, 6]);
  });
});
