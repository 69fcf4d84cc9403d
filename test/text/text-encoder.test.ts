/** Texts as vectors: like texts lie together, and the same catalogue gives the same vectors. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { learnTextEncoder, textOfFilm } from '../../src/text/text-encoder.js';
import { learnTerms, termMatrix, termsOf } from '../../src/text/tf-idf.js';

/** With one more common word, so that the two themes are not equally strong: of equal directions Lanczos may miss one. */
const space = [
  'a starship lands on a distant planet',
  'robots guard the distant planet',
  'the starship of robots leaves',
];
const west = ['a sheriff rides through the desert', 'outlaws rob the sheriff', 'a desert town of outlaws'];
const encoder = learnTextEncoder([...space, ...west], 2, 1);
const likeness = (a: string, b: string): number => {
  const other = encoder.encode(b);
  return encoder.encode(a).reduce((sum, x, k) => sum + x * other[k]!, 0);
};

test('texts on one theme are alike even without a common word', () => {
  expect(likeness('starship', 'robots')).toBeGreaterThan(0.8);
  expect(likeness('sheriff', 'outlaws')).toBeGreaterThan(0.8);
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

test('with all directions two texts are as alike as their words', () => {
  const documents = [...space, ...west];
  const terms = learnTerms(documents);
  const whole = learnTextEncoder(documents, documents.length, 7);
  const dense = (text: string): Float64Array => {
    const row = new Float64Array(terms.size);
    const { indices, values } = termsOf(text, terms);
    for (const [i, term] of indices.entries()) row[term] = values[i]!;
    return row;
  };
  for (const a of documents) {
    for (const b of documents) {
      const [left, right] = [whole.encode(a), whole.encode(b)];
      const words = dense(a).reduce((sum, x, term) => sum + x * dense(b)[term]!, 0);
      expect(left.reduce((sum, x, k) => sum + x * right[k]!, 0)).toBeCloseTo(words, 5);
    }
  }
});

test('the matrix of the words has a row for each document, and none where there is no word', () => {
  const terms = learnTerms([...space, ...west]);
  const { rows, columns, indptr, indices, values } = termMatrix([space[0]!, '', west[0]!], terms);
  expect([rows, columns]).toEqual([3, terms.size]);
  const [first, last] = [termsOf(space[0]!, terms), termsOf(west[0]!, terms)];
  expect([...indptr]).toEqual([0, first.indices.length, first.indices.length, indices.length]);
  expect([...indices]).toEqual([...first.indices, ...last.indices]);
  expect(values).toEqual(Float32Array.from([...first.values, ...last.values]));
});

test('documents without a common word have no direction', () => {
  const { dimensions, encode } = learnTextEncoder(['one', 'two'], 8, 1);
  expect(dimensions).toBe(0);
  expect(encode('one two')).toHaveLength(0);
});
