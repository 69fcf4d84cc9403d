/** Weightings: who chooses one does not judge it, and the document is the one that the results want. */

import { expect, test } from 'vitest';
import { chosenByHalf } from '../../bench/weighting/choice.js';
import { documentNow, documentWanted } from '../../bench/weighting/document.js';
import { random } from '../../src/core/random.js';
import { figuresOf } from '../../src/evaluate/figures.js';
import type { Measurement } from '../../src/evaluate/measure.js';
import { caseOf, cutOf } from '../evaluate/example.js';

test('the table of docs/evaluation.md is that of the results', () => {
  expect(documentNow()).toBe(documentWanted());
  expect(documentNow()).toMatch(
    /^\| simulated log, linear, any film +\| ratings, else share watched +\| 0\.\d{4} +\| 0/m,
  );
});

test('the best of many that differ by chance is not above the others for those who did not choose it', () => {
  const { uniform } = random(5);
  const cut = cutOf([[9999, 9, 1]], []);
  const windows = Array.from({ length: 400 }, (_, user) => ({ cut, test: caseOf(user + 1, [0], [1]) }));
  const variants = Array.from({ length: 60 }, (_, i) => {
    return { name: `variant ${i}`, weighting: i === 0 ? 'alike' : 'by chance', floor: i };
  });
  const measured = variants.map(({ name }) => {
    return { name, lists: [], values: new Map([['ndcg@20', Float64Array.from(windows, () => uniform())]]) };
  });
  const measurement: Measurement = { k: 20, films: [], windows, measured };
  const which = [...windows.keys()];
  const naive = figuresOf(measurement, which, 'variant 0', 1).models.map(({ difference }) => difference?.['ndcg@20']);
  expect(Math.max(...naive.map((less) => less?.low ?? -1))).toBeGreaterThan(0);
  const chosen = chosenByHalf(measurement, which, variants, { metric: 'ndcg@20', baseline: 'variant 0', seed: 1 });
  expect(chosen).toMatchObject([{ weighting: 'alike', floor: 0 }, { weighting: 'by chance' }]);
  expect(chosen[0]).not.toHaveProperty('difference');
  expect(chosen[1]!.difference!.low).toBeLessThan(0);
  expect(chosen[1]!.difference!.high).toBeGreaterThan(0);
});
