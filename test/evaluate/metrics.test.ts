/** Ranking metrics: cases counted by hand, and a naive twin written from the definitions. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hitRate } from '../../src/evaluate/hit-rate.js';
import { hitsOf, type Hits } from '../../src/evaluate/hits.js';
import { metricValues } from '../../src/evaluate/metrics.js';
import { ndcg } from '../../src/evaluate/ndcg.js';
import { recall } from '../../src/evaluate/recall.js';
import { reciprocalRank } from '../../src/evaluate/reciprocal-rank.js';

test('by hand: relevant items at places 2 and 4 of five, one more not found', () => {
  const hits = hitsOf([10, 11, 12, 13, 14], new Set([11, 13, 99]), 5);
  expect(hits).toEqual({ places: [1, 3], relevant: 3, k: 5 });
  expect(recall(hits)).toBeCloseTo(2 / 3, 12);
  expect(hitRate(hits)).toBe(1);
  expect(reciprocalRank(hits)).toBe(1 / 2);
  const gained = 1 / Math.log2(3) + 1 / Math.log2(5);
  const ideal = 1 + 1 / Math.log2(3) + 1 / Math.log2(4);
  expect(ndcg(hits)).toBeCloseTo(gained / ideal, 12);
});

test('recall divides by k where more than k items are relevant', () => {
  expect(recall(hitsOf([1, 2], new Set([1, 2, 3, 4, 5]), 2))).toBe(1);
  expect(ndcg(hitsOf([1, 2], new Set([1, 2, 3, 4, 5]), 2))).toBe(1);
});

test('what the list holds beyond k does not count', () => {
  const hits = hitsOf([1, 2, 3], new Set([3]), 2);
  expect([recall, ndcg, hitRate, reciprocalRank].map((metric) => metric(hits))).toEqual([0, 0, 0, 0]);
});

interface Twin {
  list: number[];
  relevant: number[];
  k: number;
}

/** One loop over the places for each metric, straight from its textbook line. */
function naive({ list, relevant, k }: Twin): Record<string, number> {
  const places = Array.from({ length: k }, (_, place) => place);
  const gains: number[] = places.map((place) => (relevant.includes(list[place] ?? -1) ? 1 : 0));
  const perfect: number[] = places.map((place) => (place < relevant.length ? 1 : 0));
  const dcg = (values: number[]): number => values.reduce((sum, gain, place) => sum + gain / Math.log2(place + 2), 0);
  const found = gains.reduce((sum, gain) => sum + gain, 0);
  return {
    [`recall@${k}`]: found / Math.min(k, relevant.length),
    [`ndcg@${k}`]: dcg(gains) / dcg(perfect),
    [`hr@${k}`]: Number(gains.includes(1)),
    [`mrr@${k}`]: gains.includes(1) ? 1 / (gains.indexOf(1) + 1) : 0,
  };
}

test('metrics equal their naive twins and lie between 0 and 1', () => {
  const twins = fc.record({
    list: fc.uniqueArray(fc.nat(40), { maxLength: 30 }),
    relevant: fc.uniqueArray(fc.nat(40), { minLength: 1, maxLength: 30 }),
    k: fc.integer({ min: 1, max: 25 }),
  });
  fc.assert(
    fc.property(twins, (twin) => {
      const hits: Hits = hitsOf(twin.list, new Set(twin.relevant), twin.k);
      const expected = naive(twin);
      const values = metricValues([hits], twin.k);
      expect([...values.keys()].sort()).toEqual(Object.keys(expected).sort());
      for (const [name, [value]] of values) {
        expect(value).toBeCloseTo(expected[name]!, 12);
        expect(value! >= 0 && value! <= 1 + 1e-12).toBe(true);
      }
    }),
  );
});
