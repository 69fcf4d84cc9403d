/** Words of a text: normalised, with their places, and inside which quotation they stand. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TEXT_CHARS_MAX, tokensOf } from '../../src/text/tokens.js';

const words = (text: string): string[] => tokensOf(text).map(({ word }) => word);

test('case, accents, apostrophes and letters held down make no difference', () => {
  expect(words("Amélie isn't sooo BAD")).toEqual(['amelie', 'isnt', 'so', 'bad']);
  expect(words('Fast & Furious')).toEqual(['fast', 'and', 'furious']);
});

test('initials are one word, and no sentence ends behind them', () => {
  expect(words('L.A. Confidential, E.T. and M*A*S*H')).toEqual(['la', 'confidential', 'et', 'and', 'mash']);
});

test('a quotation reaches to its own mark, punctuation before it included', () => {
  const quotations = tokensOf("like 'Twelve Monkeys,' 'Se7en,' and don't “stop now”").map((token) => token.quotation);
  expect(quotations).toEqual([-1, 0, 0, 1, -1, -1, 2, 2]);
});

test('an apostrophe opens nothing that no mark closes', () => {
  expect(tokensOf("rock 'n roll of the '90s").every(({ quotation }) => quotation === -1)).toBe(true);
});

test('of any text each token stands where it says, in order, within the bound', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      let end = 0;
      for (const token of tokensOf(text)) {
        expect(token.word).not.toBe('');
        expect(token.start).toBeGreaterThanOrEqual(end);
        expect(token.end).toBeGreaterThan(token.start);
        end = token.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
  expect(tokensOf('a b '.repeat(TEXT_CHARS_MAX)).at(-1)!.end).toBeLessThanOrEqual(TEXT_CHARS_MAX);
});
