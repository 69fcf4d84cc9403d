/** MovieLens titles, and the ids given to its films. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFilmId } from '../../src/world/film-id.js';
import { nameFilms } from '../../src/world/movielens-ids.js';
import { parseMovieLensTitle } from '../../src/world/movielens-text.js';

test.each([
  ['Toy Story (1995)', 'Toy Story', 1995],
  ['Postman, The (1997)', 'The Postman', 1997],
  ['Postman, The (Postino, Il) (1994)', 'The Postman', 1994],
  ['City of Lost Children, The (Cité des enfants perdus, La) (1995)', 'The City of Lost Children', 1995],
  ['Seven (a.k.a. Se7en) (1995)', 'Seven', 1995],
  ["Avventura, L' (1960)", "L'Avventura", 1960],
  ['(500) Days of Summer (2009)', '(500) Days of Summer', 2009],
  ['(Untitled) (2009)', '(Untitled)', 2009],
  ['I, Robot (2004)', 'I, Robot', 2004],
  ['Rocky VI (1986) ', 'Rocky VI', 1986],
  ['Big Bang Theory, The (2007-)', 'The Big Bang Theory', 2007],
  ['Fawlty Towers (1975-1979)', 'Fawlty Towers', 1975],
  ['Hyena Road', 'Hyena Road', null],
  ['2001: A Space Odyssey (1968)', '2001: A Space Odyssey', 1968],
])('%s', (text, title, year) => {
  expect(parseMovieLensTitle(text)).toEqual({ title, year });
});

test('any title gives a title', () => {
  fc.assert(
    fc.property(
      fc
        .string({ unit: fc.constantFrom('a', ' ', ',', ', The', '(', ')', '(1995)') })
        .filter((text) => text.trim() !== ''),
      (text) => {
        expect(() => parseMovieLensTitle(text)).not.toThrow();
      },
    ),
  );
});

test('films with one title and year keep apart: the lowest number keeps the plain id', () => {
  const emma = (number: number) => ({ number, title: 'Emma', year: 1996, genres: [] });
  const named = nameFilms([emma(26581), emma(838), emma(838)]);
  expect(named.films.map(({ id }) => id)).toEqual(['emma+1996', 'emma+1996+26581']);
  expect(named.ids.get('26581')).toBe('emma+1996+26581');
  expect(named.renamed).toBe(1);
});

test('every film gets its own valid id, whatever the order', () => {
  const film = fc.record({
    number: fc.nat(1e6),
    title: fc.oneof(fc.constantFrom('Émma', 'mma', 'x'.repeat(300), 'ü'), fc.string({ minLength: 1 })),
    year: fc.option(fc.constantFrom(1996, 2000)),
    genres: fc.constant([]),
  });
  fc.assert(
    fc.property(fc.uniqueArray(film, { selector: ({ number }) => number, maxLength: 30 }), (films) => {
      const named = nameFilms(films);
      const ids = [...named.ids.values()];
      expect(new Set(ids).size).toBe(films.length);
      expect(ids.every(isFilmId)).toBe(true);
      expect(nameFilms(films.toReversed())).toEqual(named);
    }),
  );
});
