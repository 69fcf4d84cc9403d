/** What a model must be so that the engine can serve it, and how precisely a refusal names the place. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { inPrincipalAxes } from '../../src/registry/axes.js';
import type { Model } from '../../src/registry/model.js';
import { validateModel } from '../../src/registry/validate.js';
import { toPrincipalAxes } from '../../src/train/principal-axes.js';
import { ials, linear, popularity, withCold } from './models.js';

const base = ials(1, 40, 8);
const withItem = (index: number, value: number): Model => {
  const items = base.items.slice();
  items[index] = value;
  return { ...base, items };
};
const withId = (row: number, id: string): Model => ({ ...base, filmIds: base.filmIds.with(row, id) });
const withEncoder = (part: object): Model => ({ ...base, encoder: { ...base.encoder, ...part } });
const withoutUser = ({ user: _, ...rest }: Model): Model => rest;
const summing = linear(1, 40, 8);
const withoutGain = ({ gain: _, ...rest }: Model): Model => rest;
const columns = withCold(summing).cold!.columns;
const withColumns = (values: Float32Array): Model => ({
  ...summing,
  cold: { ...withCold(summing).cold!, columns: values },
});
const withWeight = (genre: number): Model => {
  const { cold, ...rest } = withCold(summing);
  return { ...rest, cold: { ...cold!, weights: { ...cold!.weights, genre } } };
};
const weighedBy = (part: object): Model => ({ ...summing, encoder: { type: 'sum', floor: 0, ratingHigh: 5, ...part } });

test('sound models pass', () => {
  for (const model of [
    base,
    summing,
    withEncoder({ floor: 1 }),
    weighedBy({ floor: -4 }),
    weighedBy({ recency: 0 }),
    weighedBy({ recency: 4 }),
    withCold(summing),
    withCold(base),
    popularity([]),
    popularity(['a']),
    popularity(['x'.repeat(255), 'é'.repeat(127)]),
  ]) {
    expect(validateModel(model)).toEqual({ ok: true, value: model });
  }
});

test.each<[string, Model, string, Record<string, string | number>]>([
  ['NaN', withItem(19, NaN), 'items holds NaN in row 2, column 3', { tensor: 'items', row: 2, column: 3 }],
  ['infinity', withItem(0, -Infinity), 'items holds -Infinity in row 0, column 0', { row: 0, column: 0 }],
  ['a value too large', withItem(8, 2e18), 'row 1, column 0', { row: 1, column: 0 }],
  ['bias', { ...base, bias: base.bias!.map((v, i) => (i === 7 ? NaN : v)) }, 'bias holds NaN in row 7', { row: 7 }],
  ['user', { ...popularity(['a']), user: Float32Array.of(Infinity) }, 'user holds Infinity', { tensor: 'user' }],
  ['too few items', { ...base, items: base.items.slice(1) }, '319 values, and 40 films in 8 dimensions need 320', {}],
  ['bias of another length', { ...base, bias: new Float32Array(39) }, 'bias has 39 values', { tensor: 'bias' }],
  ['no dimension', { ...base, dimensions: 0 }, '0 dimensions', { tensor: 'items' }],
  ['too many dimensions', { ...base, dimensions: 257 }, '257 dimensions', { tensor: 'items' }],
  ['half a dimension', { ...base, dimensions: 1.5 }, '1.5 dimensions', { tensor: 'items' }],
  ['too many items', popularity(Array.from({ length: 1_000_001 }, String)), '1000001 items are more than', {}],
  ['a constant encoder without user', withoutUser(popularity(['a'])), 'needs the tensor user', { tensor: 'user' }],
  ['a fold-in encoder with user', { ...base, user: new Float32Array(8) }, 'has no use', { tensor: 'user' }],
  ['a sum encoder without gain', withoutGain(summing), 'needs the tensor gain', { tensor: 'gain' }],
  ['a fold-in encoder with gain', { ...base, gain: new Float32Array(40) }, 'has no use', { tensor: 'gain' }],
  ['gain of another length', { ...summing, gain: new Float32Array(39) }, 'gain has 39 values', { tensor: 'gain' }],
  ['gain', { ...summing, gain: summing.gain!.map((v, i) => (i === 9 ? NaN : v)) }, 'gain holds NaN', { row: 9 }],
  ['cold columns of everybody', withCold(popularity(['a'])), 'has no use for the tensor cold', { tensor: 'cold' }],
  ['cold columns of no film', withCold(linear(1, 0)), 'cold has 0 values', { tensor: 'cold' }],
  ['too few cold columns', withColumns(columns.slice(0, 40 * 49)), 'not 50 to 256 for each of 40', { tensor: 'cold' }],
  ['half a cold column', withColumns(columns.slice(1)), 'cold has 2079 values', { tensor: 'cold' }],
  ['a cold column', withColumns(columns.with(53, NaN)), 'cold holds NaN in row 1, column 1', { row: 1, column: 1 }],
  ['a cold weight', withWeight(Infinity), 'weight genre of the cold columns is Infinity', { tensor: 'cold' }],
  ['a floor too high', weighedBy({ floor: 1.5 }), 'floor is 1.5', {}],
  ['a floor too low', weighedBy({ floor: -4.5 }), 'floor is -4.5', {}],
  ['a recency below 0', weighedBy({ recency: -0.1 }), 'recency is -0.1, not a number from 0 to 4', {}],
  ['a recency too high', weighedBy({ recency: 4.1 }), 'recency is 4.1', {}],
  ['a recency of NaN', weighedBy({ recency: NaN }), 'recency is NaN', {}],
  ['a floor of NaN', withEncoder({ floor: NaN, ratingHigh: 5 }), 'floor is NaN', {}],
  ['a floor without a scale', withEncoder({ floor: 0.5 }), 'there is no ratingHigh', {}],
  ['a scale to zero', weighedBy({ ratingHigh: 0 }), 'ratingHigh is 0', {}],
  ['alpha of zero', withEncoder({ alpha: 0 }), 'alpha is 0', {}],
  ['reg that is not a number', withEncoder({ reg: NaN }), 'reg is NaN', {}],
  ['infinite reg', withEncoder({ reg: Infinity }), 'reg is Infinity', {}],
  ['negative scaling', withEncoder({ regScaling: -1 }), 'regScaling is -1', {}],
  ['an empty id', withId(4, ''), 'film id of row 4 is empty', { tensor: 'film_ids', row: 4 }],
  ['a long id', withId(4, 'é'.repeat(128)), 'of row 4 is longer than 255 bytes', { row: 4 }],
  ['a comma', withId(4, 'a,b'), '"a,b" of row 4 holds a comma', { row: 4 }],
  ['a line feed', withId(4, 'a\nb'), 'a control character', { row: 4 }],
  ['half a character', withId(4, '\ud800'), 'half a character', { row: 4 }],
  ['an id twice', withId(9, 'film+3+1999'), '"film+3+1999" stands in row 3 and in row 9', { row: 9 }],
  ['no fallback', { ...base, fallback: new Int32Array(0) }, 'fallback is empty', { tensor: 'fallback' }],
  ['a fallback too long', { ...popularity(['a']), fallback: new Int32Array(101) }, '101 rows', {}],
  ['a fallback beyond', { ...base, fallback: Int32Array.of(0, 40) }, 'row 40 at place 1', { row: 1 }],
  ['a fallback below', { ...base, fallback: Int32Array.of(-1) }, 'row -1 at place 0', { row: 0 }],
  ['a row twice', { ...base, fallback: Int32Array.of(5, 3, 5) }, 'row 5 twice', { row: 2 }],
])('refused: %s', (_, model, message, fields) => {
  const result = validateModel(model);
  expect(result).toMatchObject({ ok: false, error: { code: 'version-invalid', fields } });
  if (!result.ok) expect(result.error.message).toContain(message);
});

describe('principal axes', () => {
  const factors = (seed: number, n: number, d: number, rank: number): Float32Array => {
    const { normal } = random(seed);
    const [left, right] = [n * rank, rank * d].map((length) => Float64Array.from({ length }, normal)) as [
      Float64Array,
      Float64Array,
    ];
    return Float32Array.from({ length: n * d }, (_, i) => {
      let sum = 0;
      for (let k = 0; k < rank; k++) sum += left[Math.floor(i / d) * rank + k]! * right[k * d + (i % d)]!;
      return sum;
    });
  };
  const shape = { seed: fc.nat(), n: fc.integer({ min: 1, max: 60 }), d: fc.integer({ min: 2, max: 16 }) };
  // In two dimensions chance alone makes some uncorrelated.
  const wide = { ...shape, d: fc.integer({ min: 5, max: 16 }) };

  test('rotated factors pass, of any rank and scale', () => {
    fc.assert(
      fc.property(fc.record({ ...shape, rank: fc.integer({ min: 1, max: 16 }) }), ({ seed, n, d, rank }) => {
        const items = toPrincipalAxes(factors(seed, n, d, Math.min(rank, d)), n, d);
        const scaled = items.map((value) => value * 1e-6);
        return inPrincipalAxes(items, n, d) && inPrincipalAxes(scaled, n, d);
      }),
    );
  });

  test('factors as they come do not', () => {
    fc.assert(fc.property(fc.record(wide), ({ seed, n, d }) => !inPrincipalAxes(factors(seed, n + d, d, d), n + d, d)));
  });

  test('no items and one dimension always do', () => {
    expect(inPrincipalAxes(new Float32Array(0), 0, 8)).toBe(true);
    expect(inPrincipalAxes(Float32Array.of(3, -4), 2, 1)).toBe(true);
  });
});
