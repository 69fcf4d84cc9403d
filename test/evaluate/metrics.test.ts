/** Metrics: cases counted by hand, and naive twins written from the definitions. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unknownFilm } from '../../src/dataset/facts.js';
import { averagePrecision } from '../../src/evaluate/metrics/average-precision.js';
import { calibration } from '../../src/evaluate/metrics/calibration.js';
import { coverage } from '../../src/evaluate/metrics/coverage.js';
import { diversity } from '../../src/evaluate/metrics/diversity.js';
import { gini } from '../../src/evaluate/metrics/gini.js';
import { hitRate } from '../../src/evaluate/metrics/hit-rate.js';
import { hitsOf } from '../../src/evaluate/metrics/hits.js';
import { licenceCost } from '../../src/evaluate/metrics/licence-cost.js';
import { metricValues } from '../../src/evaluate/metrics/metrics.js';
import { ndcg } from '../../src/evaluate/metrics/ndcg.js';
import { novelty, selfInformation } from '../../src/evaluate/metrics/novelty.js';
import { recall } from '../../src/evaluate/metrics/recall.js';
import { reciprocalRank } from '../../src/evaluate/metrics/reciprocal-rank.js';
import { caseOf, cutOf, filmsOf, interactionsOf } from './example.js';

const list = (...rows: number[]): Int32Array => Int32Array.from(rows);

describe('of rankings', () => {
  test('by hand: relevant items at places 2 and 4 of five, one more not found', () => {
    const hits = hitsOf([10, 11, 12, 13, 14], new Set([11, 13, 99]), 5);
    expect(hits).toEqual({ places: [1, 3], relevant: 3, k: 5 });
    expect(recall(hits)).toBeCloseTo(2 / 3, 12);
    expect(hitRate(hits)).toBe(1);
    expect(reciprocalRank(hits)).toBe(1 / 2);
    expect(averagePrecision(hits)).toBeCloseTo((1 / 2 + 2 / 4) / 3, 12);
    const gained = 1 / Math.log2(3) + 1 / Math.log2(5);
    const ideal = 1 + 1 / Math.log2(3) + 1 / Math.log2(4);
    expect(ndcg(hits)).toBeCloseTo(gained / ideal, 12);
  });

  test('a perfect list scores 1 also where more than k items are relevant', () => {
    const hits = hitsOf([1, 2], new Set([1, 2, 3, 4, 5]), 2);
    expect([recall, ndcg, averagePrecision].map((metric) => metric(hits))).toEqual([1, 1, 1]);
  });

  test('what the list holds beyond k does not count', () => {
    const hits = hitsOf([1, 2, 3], new Set([3]), 2);
    const all = [recall, ndcg, hitRate, reciprocalRank, averagePrecision];
    expect(all.map((metric) => metric(hits))).toEqual([0, 0, 0, 0, 0]);
  });

  interface Twin {
    list: number[];
    relevant: number[];
    k: number;
  }

  /** One loop over the places for each metric, straight from its textbook line. */
  function naive({ list: shown, relevant, k }: Twin): Record<string, number> {
    const places = Array.from({ length: k }, (_, place) => place);
    const gains: number[] = places.map((place) => (relevant.includes(shown[place] ?? -1) ? 1 : 0));
    const perfect: number[] = places.map((place) => (place < relevant.length ? 1 : 0));
    const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
    const dcg = (values: number[]): number => sum(values.map((gain, place) => gain / Math.log2(place + 2)));
    const precisionAt = (place: number): number => sum(gains.slice(0, place + 1)) / (place + 1);
    return {
      [`recall@${k}`]: sum(gains) / Math.min(k, relevant.length),
      [`ndcg@${k}`]: dcg(gains) / dcg(perfect),
      [`hr@${k}`]: Number(gains.includes(1)),
      [`mrr@${k}`]: gains.includes(1) ? 1 / (gains.indexOf(1) + 1) : 0,
      [`map@${k}`]: sum(places.map((place) => gains[place]! * precisionAt(place))) / Math.min(k, relevant.length),
    };
  }

  test('they equal their naive twins and lie between 0 and 1', () => {
    const twins = fc.record({
      list: fc.uniqueArray(fc.nat(9), { maxLength: 10 }),
      relevant: fc.uniqueArray(fc.nat(9), { minLength: 1 }),
      k: fc.integer({ min: 1, max: 25 }),
    });
    const films = Array.from({ length: 10 }, () => unknownFilm);
    fc.assert(
      fc.property(twins, (twin) => {
        const cut = cutOf([[1, 0, 1000]], [caseOf(1, [], twin.relevant)]);
        const values = metricValues(cut, [Int32Array.from(twin.list)], films, twin.k);
        for (const [name, expected] of Object.entries(naive(twin))) {
          const [value] = values.get(name)!;
          expect(value).toBeCloseTo(expected, 12);
          expect(value! >= 0 && value! <= 1 + 1e-12).toBe(true);
        }
      }),
    );
  });
});

describe('beyond accuracy', () => {
  test('novelty: bits by the share of training users who met a film', () => {
    const train = interactionsOf([
      ...([
        [1, 0, 1],
        [2, 0, 1],
        [3, 0, 1],
      ] as const),
      [3, 1, 2],
    ]);
    const information = selfInformation(train);
    expect([...information.slice(0, 3)]).toEqual([-Math.log2(4 / 4), -Math.log2(2 / 4), -Math.log2(1 / 4)]);
    expect(novelty(list(0, 1, 2), information)).toBe((0 + 1 + 2) / 3);
    expect(novelty(list(), information)).toBeNaN();
  });

  const films = filmsOf([
    { genres: ['Comedy'], cost: 2 },
    { genres: ['Comedy', 'Drama'], cost: 0 },
    { genres: ['Horror'] },
    { cost: 7 },
  ]);

  test('diversity: 1 less the mean Jaccard index of the pairs whose genres are known', () => {
    expect(diversity(list(0, 1), films)).toBe(1 / 2);
    expect(diversity(list(0, 1, 2, 3), films)).toBeCloseTo(1 - 0.5 / 3, 12);
    expect(diversity(list(0, 0), films)).toBe(0);
    expect(diversity(list(0, 3), films)).toBeNaN();
  });

  test('calibration: nought for the same mixture, more the farther the genres are', () => {
    expect(calibration(list(0), list(0), films)).toBeCloseTo(0, 12);
    const near = calibration(list(0), list(1), films);
    // p is half Comedy, half Drama; the list is all Comedy, smoothed by 0.01 of p.
    expect(near).toBeCloseTo(0.5 * Math.log(0.5 / (0.99 + 0.005)) + 0.5 * Math.log(0.5 / 0.005), 12);
    expect(calibration(list(2), list(1), films)).toBeCloseTo(Math.log(1 / 0.01), 12);
    expect(calibration(list(3), list(1), films)).toBeNaN();
    expect(calibration(list(1), list(3), films)).toBeNaN();
  });

  test('licence cost: an unknown fee is left out, a fee of 0 is not', () => {
    expect(licenceCost(list(0, 1, 2), films)).toBe(1);
    expect(licenceCost(list(2), films)).toBeNaN();
  });

  test('coverage and the Gini coefficient of exposure', () => {
    expect(coverage([list(0, 1), list(1)], 4)).toBe(1 / 2);
    expect(gini([list(0, 1), list(2, 3)], 4)).toBe(0);
    expect(gini([list(3), list(3)], 4)).toBe(3 / 4);
    // Mean absolute difference over twice the mean, of 0, 1, 1, 2 showings.
    expect(gini([list(1, 2, 3), list(3)], 4)).toBeCloseTo((2 * (1 + 1 + 2 + 0 + 1 + 1)) / 16 / 2, 12);
  });
});
