/** Titles in free text: found however they are written, and not found where nobody means them. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTitleIndex } from '../../src/text/title-index.js';
import { tokensOf } from '../../src/text/tokens.js';
import { films, namedIn, titles } from './films.js';

test.each([
  ['the article may be left out or moved', 'I liked Matrix', ['The Matrix 1999']],
  ['misspelt', 'I love the matirx and shindlers list', ['The Matrix 1999', "Schindler's List 1993"]],
  [
    'Roman numerals, digits and words are one',
    'Terminator II, rocky 5',
    ['Terminator 2: Judgment Day 1991', 'Rocky V 1990'],
  ],
  ['part of a series', 'godfather 2 and godfather', ['The Godfather: Part II 1974', 'The Godfather 1972']],
  ['before the colon', 'star wars is great', ['Star Wars: Episode IV - A New Hope 1977']],
  ['a digit for a letter', "'Se7en'", ['Seven 1995']],
  ['initials', 'stuff. L.A. Confidential, LA confidential', ['L.A. Confidential 1997', 'L.A. Confidential 1997']],
  ['without accents, joined, hyphened', 'amelie, spiderman', ['Amélie 2001', 'Spider-Man 2002']],
  ['the hero of a series: its best known film', 'All of Harry Potter', ["Harry Potter and the Sorcerer's Stone 2001"]],
  ['an article misspelt within', 'lord of teh rings', ['The Lord of the Rings: The Fellowship of the Ring 2001']],
  ['the year decides', 'Heat (1986)', ['Heat 1986']],
  ['else what is better known', '“Heat”', ['Heat 1995']],
])('%s', (_, text, expected) => {
  expect(namedIn(text)).toEqual(expected);
});

test('everyday words are titles only where something shows it', () => {
  expect(namedIn('it was up to the heat of the game')).toEqual([]);
  expect(namedIn('I like movies like Heat')).toEqual(['Heat 1995']);
  expect(namedIn("I loved 'It' and 'Up'")).toEqual(['It 1990', 'Up 2009']);
  expect(namedIn('i like heat and goodfellas')).toEqual(['Heat 1995', 'Goodfellas 1990']);
  expect(namedIn('Taxi rides, Goodfellas, The Game.')).toEqual(['Goodfellas 1990', 'The Game 1997']);
});

test('words for genres are not titles', () => {
  expect(namedIn('a love story, scary movies, and aliens; drama movis')).toEqual([]);
  expect(namedIn('Some sci-fi like Alien or a bit of drama')).toEqual(['Alien 1979']);
});

test('a word of the language is not misspelt', () => {
  expect(namedIn("i'd rather watch paint dry")).toEqual([]);
});

test('the longest name wins, and one without mistakes before one with them', () => {
  expect(namedIn('Jaws, Jaws 2')).toEqual(['Jaws 1975', 'Jaws 2 1978']);
  expect(namedIn('Rocky, Aliens: Terminator 2: Judgment Day')).toContain('Terminator 2: Judgment Day 1991');
});

test('every title of the catalogue is found in quotation marks, whatever stands around', () => {
  // Of one title stands another film that is far better known: see “lord of teh rings” above.
  const anyFilm = fc.constantFrom(...films.slice(0, 30).filter(({ title }) => title !== 'The Lord of the Rings'));
  const around = fc.constantFrom('I like', 'no', 'heat and', 'Not. Never', '');
  fc.assert(
    fc.property(anyFilm, around, around, ({ title }, before, after) => {
      expect(namedIn(`${before} “${title}” ${after}`).map((name) => name.slice(0, -5))).toContain(title);
    }),
  );
});

test('mentions stand in order and do not overlap, in any text', () => {
  const words = films.flatMap(({ title }) => title.split(' '));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 4 })), { maxLength: 40 }),
      (said) => {
        const tokens = tokensOf(said.join(' '));
        let end = 0;
        for (const { from, to } of titles.find(tokens)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(tokens.length);
      },
    ),
  );
});

test('10,000 characters made of beginnings of names take no more than a moment', () => {
  const text = 'the lord of the rings the fellowship of harry potter and the matirx, '.repeat(150);
  const startMs = performance.now();
  titles.find(tokensOf(text));
  expect(performance.now() - startMs).toBeLessThan(2_000);
});

test('10,000 characters of doubtful names that only the last makes sure take no more than a moment', () => {
  const names = 2_497;
  const tokens = tokensOf(`${'up, '.repeat(names)}Goodfellas`);
  const startMs = performance.now();
  const found = titles.find(tokens);
  expect(performance.now() - startMs).toBeLessThan(1_000);
  expect(found).toHaveLength(names + 1);
});

test('thousands of films of one name make no text slow to read', () => {
  const untitled = Array.from({ length: 20_000 }, (_, i) => ({ title: 'Untitled', year: 1900, popularity: i % 4_000 }));
  const tokens = tokensOf('untitled, '.repeat(1_000));
  const index = createTitleIndex(untitled, new Set());
  const startMs = performance.now();
  expect(new Set(index.find(tokens).map(({ film: number }) => number))).toEqual(new Set([3_999]));
  expect(performance.now() - startMs).toBeLessThan(1_000);
});

test('an empty catalogue names nothing', () => {
  expect(createTitleIndex([], new Set()).find(tokensOf('“Heat”'))).toEqual([]);
});
