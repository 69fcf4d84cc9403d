/** The linear model of the bundled data beside one computed with numpy (dense, f64) from the formulas of linear.ts alone. */

import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { splitLeaveLastOut } from '../../src/dataset/split.js';
import { testCases } from '../../src/evaluate/cases.js';
import { listsOf } from '../../src/evaluate/lists.js';
import { referenceSum, referenceTopK } from '../../src/engine/reference.js';
import type { Model } from '../../src/registry/model.js';
import { learnedMatrix } from '../../src/train/learned.js';
import { trainLinear } from '../../src/train/linear.js';
import { principalDirections } from '../../src/linalg/principal-directions.js';
import { bundledRatings } from './bundled.js';

const parameters = {
  ...{ dimensions: 64, lambda: 150, floor: 1, recency: 0.6 },
  ...{ prior: 0.05, halfLifeDays: 60, seed: 1 },
};

const split = splitLeaveLastOut(bundledRatings());
const { train } = split;
/** Trained on films that weigh alike, then asked to weigh a history by its ratings: so was the other one. */
const model: Model = {
  ...unwrap(trainLinear(train, parameters)),
  encoder: { type: 'sum', floor: 0.5, ratingHigh: 5, recency: 0.6 },
};

test('the directions of the data', () => {
  expect(train.userOf).toHaveLength(99_333);
  const { values } = principalDirections(unwrap(learnedMatrix(train, 1)), 64, random(1));
  expect(values[0]).toBeCloseTo(19804.037040570878, 4);
  expect(values[1]).toBeCloseTo(4146.063349658592, 4);
  expect(values[63]).toBeCloseTo(282.23297245807714, 3);
});

test('what the films count in a history, and how they lean on popularity', () => {
  const own = Array.from(model.gain!, (gain) => 1 - gain);
  const most = own.reduce((best, value, film) => (value > own[best]! ? film : best), 0);
  expect(train.films[most]).toBe('318');
  expect(own[most]).toBeCloseTo(0.11574308124835384, 6);
  expect(own.reduce((sum, value) => sum + value, 0)).toBeCloseTo(48.90093601543384, 3);

  const bias = Array.from(model.bias!, (value, film) => [value, train.films[film]] as const);
  const [first, second, third] = bias.sort(([a], [b]) => b - a);
  expect([first![1], second![1], third![1]]).toEqual(['260', '4993', '2571']);
  for (const [i, value] of [0, -0.00055156, -0.00144228].entries()) expect(bias[i]![0]).toBeCloseTo(value, 7);
  expect(bias.at(-1)![0]).toBeCloseTo(-0.02921368833869513, 7);
});

const bestOfUser1 = '1240 1196 1036 260 1213 4993 858 2916 58559 122886';

test.each([
  [1, bestOfUser1, [16, 15, 6, -9, -12, -22, -24, -25, -31, -32]],
  [
    15,
    '106487 47099 53125 92259 72641 106002 112175 8533 98491 103141',
    [-99, -139, -145, -149, -158, -162, -176, -191, -193, -194],
  ],
])('the ten best films of user %i, and their scores in ten thousandths', (user, films, scores) => {
  const { history, preferences } = testCases(split).find((test) => test.user === user)!;
  const newestFirst = [...history.keys()].reverse();
  const rows = newestFirst.map((h) => history[h]!);
  const weights = newestFirst.map((h, newer) => (0.5 + 0.5 * preferences[h]!) * (1 + newer) ** -0.6);
  const { items, dimensions: d, gain, bias } = model;
  // By the plain loops, which take the whole history; the engine takes the newest 512 films, and user 15 has three times as many.
  const vector = referenceSum(items, d, gain!, rows, weights);
  const best = referenceTopK({ vector, items, d, bias, k: 10, allowed: (row) => !history.includes(row) });
  expect(best.map(({ row }) => train.films[row]).join(' ')).toBe(films);
  expect(best.map(({ score }) => Math.round(score * 1e4))).toEqual(scores);
});

test('the engine finds the same for a history that it takes whole', () => {
  const [asked] = testCases(split);
  const [list] = unwrap(listsOf(model, [asked!], 10));
  expect(Array.from(list!, (film) => train.films[film]).join(' ')).toBe(bestOfUser1);
});
