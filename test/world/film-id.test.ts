/** Film ids against the site's own catalogue, and cases by hand. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/core/package.js';
import { FILM_ID_BYTES_MAX, filmFromId, filmIdFor, isFilmId } from '../../src/world/film-id.js';

test.each([
  ['Fight Club', 1999, 'fight+club+1999'],
  ['Amélie', 2001, 'amlie+2001'],
  ["Please Don't Eat the Daisies", 1960, 'please+dont+eat+the+daisies+1960'],
  ['Dracula: Dead and Loving It', 1995, 'dracula+dead+and+loving+it+1995'],
  ['The Good, the Bad and the Ugly', 1966, 'the+good_+the+bad+and+the+ugly+1966'],
  ['M*A*S*H', 1970, 'm*a*s*h+1970'],
  ['...And Justice for All', 1979, '...and+justice+for+all+1979'],
  ['Pölynimurikauppiaat', null, 'plynimurikauppiaat+'],
])('%s (%s) is %s', (title, year, id) => {
  expect(filmIdFor(title, year)).toBe(id);
  expect(isFilmId(id)).toBe(true);
});

test('every id made from any title is an id', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.option(fc.integer({ min: 1870, max: 2100 })),
      (title, year) => {
        expect(isFilmId(filmIdFor(title, year))).toBe(true);
      },
    ),
  );
});

test.each(['', 'a,b+1999', 'a b+1999', 'a\n', 'Amlie+2001', 'amélie+2001', '\0', 'a'.repeat(FILM_ID_BYTES_MAX + 1)])(
  '%j is no id',
  (text) => {
    expect(isFilmId(text)).toBe(false);
  },
);

test.each([
  ['the+matrix+1999', 'The Matrix', 1999],
  ['plynimurikauppiaat+', 'Plynimurikauppiaat', null],
  ['gladiator+1992+1992', 'Gladiator 1992', 1992],
  ['the+good_+the+bad+and+the+ugly+1966', 'The Good, The Bad And The Ugly', 1966],
  ['++++++1959', '++++++1959', 1959],
  ['2001', '2001', null],
  ['aDdjc1gioFamIk7', 'ADdjc1gioFamIk7', null],
])('a film known only as %s', (id, title, year) => {
  expect(filmFromId(id)).toEqual({ title, year });
});

const catalogue = join(
  process.env.MATINEE_TEST_DATA ?? join(packageRoot, '..', 'shared', 'data'),
  'catalog',
  'movies-tmdb.csv',
);

test.skipIf(!existsSync(catalogue))(`spells ≥ 99.9 % of the site's catalogue (skipped without ${catalogue})`, () => {
  const films = parse<Record<string, string>>(readFileSync(catalogue, 'utf8'), { columns: true });
  const misspelt = films.filter(({ movie_id, title, release_date }) => {
    const year = /^\d{4}/.exec(release_date!)?.[0];
    return filmIdFor(title!, year === undefined ? null : Number(year)) !== movie_id;
  });
  expect(films.length).toBeGreaterThan(4900);
  expect(misspelt.length / films.length).toBeLessThanOrEqual(0.001);
});
