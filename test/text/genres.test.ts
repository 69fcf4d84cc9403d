/** Genres in free text. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { genreNames } from '../../src/text/genre-words.js';
import { findGenres, genreOf } from '../../src/text/genres.js';
import { tokensOf } from '../../src/text/tokens.js';

const genresIn = (text: string): string[] => findGenres(tokensOf(text), () => false).flatMap(({ genres }) => genres);

test.each([
  ['Action, crime, animation, sci-fi', ['Action', 'Crime', 'Animation', 'Science Fiction']],
  ['fanasy and romnce movies, horor, scifi, famly', ['Fantasy', 'Romance', 'Horror', 'Science Fiction', 'Family']],
  ['rom-coms or a romantic comedy', ['Comedy', 'Romance', 'Romance', 'Comedy']],
  ['cowboys, whodunits and true documentaries', ['Western', 'Mystery', 'Documentary']],
  ['war films on the edge of my seat', ['War', 'Thriller']],
  ['stories of a prime minister who cried', []],
])('%s', (text, expected) => {
  expect(genresIn(text)).toEqual(expected);
});

test('a phrase does not reach over a comma, and a title keeps its words', () => {
  expect(genresIn('science, fiction')).toEqual([]);
  expect(findGenres(tokensOf('War of the Worlds'), (token) => token < 4)).toEqual([]);
});

test('names of catalogues translate', () => {
  expect(['Sci-Fi', "Children's", 'Film-Noir', 'Musical', 'drama', 'IMAX'].map(genreOf)).toEqual([
    ...['Science Fiction', 'Family', 'Crime', 'Music', 'Drama', undefined],
  ]);
});

test('every genre is found by its own name, in either case', () => {
  fc.assert(
    fc.property(fc.constantFrom(...genreNames), fc.boolean(), (name, upper) => {
      expect(genresIn(`I like ${upper ? name.toUpperCase() : name} films`)).toContain(name);
    }),
  );
});
