/** The document of the weightings is the one that their results want. */

import { expect, test } from 'vitest';
import { documentNow, documentWanted } from '../../bench/weighting/document.js';

test('the table of docs/evaluation.md is that of the results', () => {
  expect(documentNow()).toBe(documentWanted());
  expect(documentNow()).toMatch(
    /^\| simulated log, linear, any film +\| ratings, else share watched +\| 0\.\d{4} +\| 0/m,
  );
});
