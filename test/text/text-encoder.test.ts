/** Texts as vectors: like texts lie together, and the same catalogue gives the same vectors. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { topSubspace } from '../../src/text/subspace.js';
import { learnTextEncoder, textOfFilm } from '../../src/text/text-encoder.js';
import { learnTerms, termsOf } from '../../src/text/tf-idf.js';

const space = ['a starship lands on a planet', 'robots guard the planet', 'the starship of robots leaves'];
const west = ['a sheriff rides through the desert', 'outlaws rob the sheriff', 'a desert town of outlaws'];
const encoder = learnTextEncoder([...space, ...west], 2, 1);
const likeness = (a: string, b: string): number => {
  const other = encoder.encode(b);
  return encoder.encode(a).reduce((sum, x, k) => sum + x * other[k]!, 0);
};

test('texts on one theme are alike even without a common word', () => {
  expect(likeness('starship', 'robots')).toBeGreaterThan(0.9);
  expect(likeness('sheriff', 'outlaws')).toBeGreaterThan(0.9);
  expect(Math.abs(likeness('starship', 'sheriff'))).toBeLessThan(0.3);
});

test('vectors have length 1, but for a text of unknown words', () => {
  fc.assert(
    fc.property(fc.constantFrom(...space, ...west), (text) => {
      expect(Math.hypot(...encoder.encode(text))).toBeCloseTo(1, 5);
    }),
  );
  expect([...encoder.encode('')]).toEqual([0, 0]);
});

test('the same seed gives the same vectors', () => {
  expect(learnTextEncoder([...space, ...west], 2, 1).encode(space[0]!)).toEqual(encoder.encode(space[0]!));
});

test('a film is its title, genres and summary', () => {
  expect(textOfFilm({ title: 'Up', genres: ['Family'], summary: null })).toBe('Up\nFamily\n');
});

test('the basis is orthonormal and keeps what the rows spread over', () => {
  const documents = [...space, ...west];
  const terms = learnTerms(documents);
  const d = 3;
  const rows = documents.map((document) => termsOf(document, terms));
  const basis = topSubspace(rows, terms.size, d, 7);
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < d; b++) {
      let inner = 0;
      for (let row = 0; row < terms.size; row++) inner += basis[row * d + a]! * basis[row * d + b]!;
      expect(inner).toBeCloseTo(a === b ? 1 : 0, 8);
    }
  }
});
