/** Misspelt words find what they were meant to be. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance } from '../../src/core/nearest.js';
import { createVocabulary } from '../../src/text/vocabulary.js';

const known = ['matrix', 'casablanca', 'seven', 'up', 'heat', 'redemption', 'monkeys'];
const vocabulary = createVocabulary(new Map(known.map((word, number) => [word, number])));
const near = (word: string): string[] => vocabulary.near(word).map(({ word: number }) => known[number]!);

test('one mistake in a word of four letters, two in one of eight', () => {
  expect(near('matirx')).toEqual(['matrix']);
  expect(near('se7en')).toEqual(['seven']);
  expect(near('cassablnca')).toEqual(['casablanca']);
  expect(near('redemtion')).toEqual(['redemption']);
  expect(near('mitrox')).toEqual([]);
});

test('short words are taken as they stand', () => {
  expect(near('ap')).toEqual([]);
  expect(vocabulary.idOf('up')).toBe(3);
});

test('every single mistake in a long enough word is found, and nothing farther than it may be', () => {
  const letters = fc.constantFrom('a', 'e', 'k', 'n', 's', 'z');
  fc.assert(
    fc.property(fc.constantFrom('matrix', 'casablanca', 'redemption'), fc.nat(9), letters, (word, place, letter) => {
      const at = place % word.length;
      const swapped = word.slice(0, at) + (word[at + 1] ?? '') + word[at]! + word.slice(at + 2);
      const mistakes = [
        word.slice(0, at) + word.slice(at + 1),
        word.slice(0, at) + letter + word.slice(at + 1),
        word.slice(0, at) + letter + word.slice(at),
        swapped,
      ];
      for (const mistake of mistakes) if (mistake !== word) expect(near(mistake)).toContain(word);
    }),
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (word) => {
      for (const { word: number, edits } of vocabulary.near(word))
        expect(editDistance(word, known[number]!)).toBe(edits);
    }),
  );
});
