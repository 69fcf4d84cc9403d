/** The nearest name: an edit distance with its laws, and guesses only where they help. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { didYouMean, editDistance, nearest } from '../../src/core/nearest.js';

test.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['port', 'prot', 1],
  ['kitten', 'sitting', 3],
  ['abc', 'abd', 1],
  ['ca', 'abc', 3],
])('from %j to %j: %d edits', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

test('the distance is symmetric, zero only between equals, and at most the longer length', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      const distance = editDistance(a, b);
      expect(distance).toBe(editDistance(b, a));
      expect(distance === 0).toBe(a === b);
      expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});

test('one edit anywhere in a name of four letters or more is guessed right', () => {
  const names = ['import', 'evaluate', 'recommend', 'models'];
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.nat(), (name, at) => {
      const index = at % name.length;
      expect(nearest(name.slice(0, index) + name.slice(index + 1), names)).toBe(name);
    }),
  );
});

test('far-off names get the list instead of a guess', () => {
  expect(nearest('xyzzy', ['import', 'train'])).toBeUndefined();
  expect(didYouMean('xyzzy', ['import', 'train'])).toBe('known: import, train');
  expect(didYouMean('Imprt', ['import', 'train'])).toBe('did you mean import?');
});
