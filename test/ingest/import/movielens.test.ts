/** Film rows of the MovieLens editions. */

import { expect, test } from 'vitest';
import { readFilm } from '../../../src/ingest/import/movielens-films.js';

test('film rows of both shapes', () => {
  expect(readFilm(['1', 'Toy Story (1995)', 'Animation|Comedy'], ',')).toEqual({
    number: 1,
    title: 'Toy Story',
    year: 1995,
    genres: ['Animation', 'Comedy'],
  });
  expect(readFilm(['1', 'Hyena Road', '(no genres listed)'], ',')).toMatchObject({ genres: [] });
  const flags = '0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0'.split('|');
  const row = ['1', 'Toy Story (1995)', '01-Jan-1995', '', 'http://example.org/', ...flags];
  expect(readFilm(row, '|')).toMatchObject({ genres: ['Animation', "Children's", 'Comedy'] });
  expect(readFilm(['x', 'Toy Story (1995)', ''], ',')).toBe('film-invalid');
  expect(readFilm(['1', ' ', ''], ',')).toBe('film-invalid');
  expect(readFilm(['1', 'Toy Story'], ',')).toBe('fields-missing');
  expect(readFilm(['1', 'Toy', 'Story', ''], ',')).toBe('row-unreadable');
});
