/** People without a history through the kernels, against the plain loop. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coldColumns } from '../../src/cold/columns.js';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { servedColdColumns, whyNoColdRung } from '../../src/engine/cold-image.js';
import { createLocalEngine } from '../../src/engine/local.js';
import { toPrincipalAxes } from '../../src/train/principal-axes.js';
import { foldInModel, sumModel } from './models.js';
import { plainCold, randomTaste, TEXT, withColumns } from './strangers.js';

const FILMS = 700;

const models = {
  sum: (d: number, seed: number) => {
    const { normal, uniform } = random(seed);
    const items = Float32Array.from({ length: FILMS * d }, () => normal() / 4);
    const gain = Float32Array.from({ length: FILMS }, uniform);
    // A bias that would turn the lists over, were it used.
    const bias = Float32Array.from({ length: FILMS }, () => 50 * normal());
    return withColumns(sumModel(items, d, gain, { recency: 0.5, bias }), seed + 1);
  },
  'fold-in': (d: number, seed: number) => {
    const { normal } = random(seed);
    const items = toPrincipalAxes(
      Float32Array.from({ length: FILMS * d }, () => normal()),
      FILMS,
      d,
    );
    return withColumns(foldInModel(items, d, { alpha: 10, reg: 5, regScaling: 0 }), seed + 1);
  },
} as const;

it.each(['sum', 'fold-in'] as const)('a %s answers strangers bit by bit as the plain loop', (kind) => {
  const cases = fc.tuple(fc.constantFrom(1, 5, 64), fc.nat(), fc.integer({ min: 1, max: 70 }));
  fc.assert(
    fc.property(cases, ([d, seed, users]) => {
      const draw = random(seed);
      const model = models[kind](d, seed);
      const masked = new Set(Array.from({ length: 200 }, () => draw.integer(FILMS)));
      const allowed = (row: number): boolean => !masked.has(row);
      const engine = unwrap(createLocalEngine(model, { allowed }));
      const strangers = Array.from({ length: users }, () => {
        const taste = randomTaste(draw, FILMS);
        return { taste, seen: [...taste.likedRows, draw.integer(FILMS)] };
      });
      const answers = engine.topKCold(strangers, 20);
      for (const i of [0, users - 1]) {
        const best = plainCold(engine, model, strangers[i]!, allowed, 20);
        expect([...answers[i]!.rows]).toEqual(best.map(({ row }) => row));
        expect([...answers[i]!.scores]).toEqual(best.map(({ score }) => score));
      }
    }),
    { numRuns: 12 },
  );
});

it('lets users with and without a history share an engine', () => {
  const model = models.sum(16, 3);
  const engine = unwrap(createLocalEngine(model));
  const draw = random(9);
  const query = () => ({
    rows: Int32Array.from({ length: 8 }, () => draw.integer(FILMS)),
    weights: new Float32Array(8).fill(1),
    seen: new Int32Array(0),
  });
  const stranger = () => ({ taste: randomTaste(draw, FILMS), seen: [] });
  const [asked, told] = [Array.from({ length: 30 }, query), Array.from({ length: 30 }, stranger)];
  const before = [engine.topK(asked, 20), engine.topKCold(told, 20)];
  expect([engine.topK(asked, 20), engine.topKCold(told, 20)]).toEqual(before);
});

it('needs room for all columns, or has none', () => {
  const { count } = coldColumns(TEXT);
  expect(servedColdColumns(256 - count, count)).toBe(count);
  expect(servedColdColumns(257 - count, count)).toBe(0);
  expect(whyNoColdRung(64, count)).toBeUndefined();
  expect(whyNoColdRung(257 - count, count)).toMatch(/199 dimensions and 58 columns .* more than 256/);
  expect(whyNoColdRung(64, 0)).toMatch(/holds no columns/);
});
