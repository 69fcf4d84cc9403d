/** Which readings stand: the same as by comparing each with each, in a time that grows as the text does. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standing } from '../../src/text/title-choice.js';
import type { Reading } from '../../src/text/title-trie.js';
import { tokensOf, type Token } from '../../src/text/tokens.js';

const reading = (from: number, to: number, letters = 1, edits = 0): Reading => ({
  ...{ named: [], from, to, content: ['x'.repeat(letters)], edits },
});

/** The definition itself: turn by turn each reading against each that stands, longest first. */
function standingByDefinition(
  readings: readonly Reading[],
  tokens: readonly Token[],
  isMeant: (reading: Reading, isListed: boolean) => boolean,
): Reading[] {
  const length = ({ content, edits }: Reading): number => content[0]!.length - 4 * edits;
  const ordered = readings.toSorted(
    (a, b) => length(b) - length(a) || a.edits - b.edits || a.from - b.from || b.to - a.to,
  );
  const all: Reading[] = [];
  for (let before = -1; before < all.length;) {
    before = all.length;
    const reached = all.slice();
    for (const one of ordered) {
      if (all.some(({ from, to }) => one.from < to && from < one.to)) continue;
      const isListed = reached.some((other) => areListed(one, other, tokens));
      if (isMeant(one, isListed)) all.push(one);
    }
  }
  return all;
}

function areListed(a: Reading, b: Reading, tokens: readonly Token[]): boolean {
  const [first, second] = a.from < b.from ? [a, b] : [b, a];
  const between = tokens.slice(first.to, second.from).map(({ word }) => word);
  if (between.length === 0) return /[,/+;]/.test(tokens[second.from]!.gap);
  return between.length === 1 && ['and', 'or', 'nor', 'n'].includes(between[0]!);
}

const inOrder = (readings: readonly Reading[]): Reading[] => readings.toSorted((a, b) => a.from - b.from);

test('a list is as sure as one of its names, from there to both its ends', () => {
  const tokens = tokensOf('heat, up and it; seven. jaws, alien');
  const names = [0, 1, 3, 4, 5, 6].map((at) => reading(at, at + 1));
  const sure = names[2]!;
  const kept = standing(names, tokens, (name, isListed) => isListed || name === sure);
  expect(inOrder(kept)).toEqual(names.slice(0, 4));
});

test('of names that overlap the longest stands, unless it is not meant', () => {
  const tokens = tokensOf('star wars star');
  const [long, short] = [reading(0, 2, 9), reading(1, 3, 8)];
  expect(standing([short, long], tokens, () => true)).toEqual([long]);
  expect(standing([short, long], tokens, (name) => name === short)).toEqual([short]);
});

test('it is as if each reading were compared with each, in lists of any shape', () => {
  const word = fc.constantFrom('x', 'x', 'x', 'and', 'or', 'n');
  const gap = fc.constantFrom(', ', ', ', ' ', '; ', '. ', '/');
  const place = fc.record({
    ...{ from: fc.nat(11), words: fc.integer({ min: 1, max: 3 }) },
    ...{ letters: fc.integer({ min: 1, max: 9 }), edits: fc.constantFrom(0, 0, 0.25, 1) },
    meant: fc.constantFrom('always', 'listed', 'listed', 'listed', 'never'),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 12 }), fc.array(place), (said, places) => {
      const tokens = tokensOf(said.flat().join(''));
      const meant = new Map<Reading, string>();
      for (const { from, words, letters, edits, meant: when } of places) {
        if (from + words <= tokens.length) meant.set(reading(from, from + words, letters, edits), when);
      }
      const isMeant = (name: Reading, isListed: boolean): boolean =>
        meant.get(name) === 'always' || (isListed && meant.get(name) === 'listed');
      const names = [...meant.keys()];
      expect(inOrder(standing(names, tokens, isMeant))).toEqual(inOrder(standingByDefinition(names, tokens, isMeant)));
    }),
    { numRuns: 1_000 },
  );
});

test('in a long list whose only sure name stands last each is weighed twice', () => {
  const tokens = tokensOf('up, '.repeat(2_500));
  const names = tokens.map((_, at) => reading(at, at + 1));
  let weighed = 0;
  const kept = standing(names, tokens, (name, isListed) => {
    weighed++;
    return isListed || name === names.at(-1);
  });
  expect(kept).toHaveLength(2_500);
  expect(weighed).toBeLessThanOrEqual(2 * 2_500);
});
