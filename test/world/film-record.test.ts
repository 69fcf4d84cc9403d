/** Film records of both type styles, broken ones, and the site's own catalogue. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/core/package.js';
import { readFilmRecord } from '../../src/world/film-record.js';

const dracula = {
  id: 'dracula+dead+and+loving+it+1995',
  title: 'Dracula: Dead and Loving It',
  year: 1995,
  genres: ['Comedy', 'Horror'],
  runtime: 88,
  language: 'en',
  overview: 'When a lawyer shows up at the vampire’s doorstep …',
  cost: null,
};

const oldStyle = {
  ...{ id: dracula.id, tmdb_id: 12110, title: dracula.title, adult: 'False', belongs_to_collection: {}, budget: '0' },
  genres: [
    { id: 35, name: 'Comedy' },
    { id: 27, name: 'Horror' },
  ],
  ...{ homepage: 'null', original_language: 'en', overview: dracula.overview, popularity: '5.430331' },
  ...{ release_date: '1995-12-22', revenue: '0', runtime: '88', vote_average: '5.7', vote_count: '210' },
};

const newStyle = {
  ...oldStyle,
  ...{ adult: false, belongs_to_collection: null, budget: 0, homepage: null, runtime: 88, vote_count: 210 },
  ...{ origin_country: ['US'], tagline: null, never_seen_before: { at: 'all' } },
};

test.each([
  ['older', oldStyle],
  ['newer', newStyle],
])('the %s type style', (_, record) => {
  expect(readFilmRecord(record)).toEqual({ fields: dracula, violations: [] });
});

test.each([
  [{ cost: 0.25 }, 0.25],
  [{ cost: '0.25' }, 0.25],
  [{ license_cost: 3 }, 3],
  [{ license_cost: '3' }, 3],
  [{ cost: null, license_cost: '1.5' }, 1.5],
  [{ cost: 0 }, 0],
  [{ cost: '0' }, 0],
  [{ cost: null }, null],
  [{ cost: 'null' }, null],
  [{}, null],
])('licence cost: %j is %s', (fields, cost) => {
  expect(readFilmRecord({ ...newStyle, ...fields })).toEqual({ fields: { ...dracula, cost }, violations: [] });
});

test('what is missing is null, and no violation', () => {
  const nothing = { year: null, genres: [], runtime: null, language: null, overview: null, cost: null };
  for (const missing of [undefined, null, 'null', '']) {
    const fields = { release_date: missing, genres: missing, runtime: missing, original_language: missing };
    expect(readFilmRecord({ id: 'z+1969', title: 'Z', overview: missing, ...fields })).toEqual({
      fields: { id: 'z+1969', title: 'Z', ...nothing },
      violations: [],
    });
  }
  expect(readFilmRecord({ ...newStyle, runtime: 0 }).fields?.runtime).toBeNull();
  expect(readFilmRecord({ id: 'the+matrix+1999' }).fields?.title).toBe('The Matrix');
});

test.each([
  [{ runtime: 'long' }, 'runtime is no number', '"long"', { runtime: null }],
  [{ runtime: -5 }, 'runtime is below 0', '-5', { runtime: null }],
  [{ runtime: {} }, 'runtime is no number', '{}', { runtime: null }],
  [{ runtime: true }, 'runtime is no number', 'true', { runtime: null }],
  [{ cost: '$1' }, 'cost is no number', '"$1"', { cost: null }],
  [{ cost: -0.1 }, 'cost is below 0', '-0.1', { cost: null }],
  [{ title: 7 }, 'title is no text', '7', { title: 'Dracula Dead And Loving It' }],
  [{ release_date: '1995-13-01' }, 'release_date is no date like 1999-10-15', '"1995-13-01"', { year: null }],
  [{ genres: ['Comedy'] }, 'genres is no list of names', '["Comedy"]', { genres: [] }],
  [{ genres: { name: 'Comedy' } }, 'genres is no list of names', '{"name":"Comedy"}', { genres: [] }],
  [
    { overview: 'x'.repeat(10_001) },
    'overview has more than 10000 characters',
    `"${'x'.repeat(99)}`,
    { overview: null },
  ],
])('a field of a wrong type is lost, named and shown: %#', (broken, what, sample, lost) => {
  expect(readFilmRecord({ ...newStyle, ...broken })).toEqual({
    fields: { ...dracula, ...lost },
    violations: [{ what, sample }],
  });
});

test.each([undefined, null, 7, '', 'a b', 'a,b', 'a/b', 'amélie+2001', 'a\n', 'a%20', 'x'.repeat(256)])(
  'with the id %j a record is of no use',
  (id) => {
    const { fields, violations } = readFilmRecord({ ...newStyle, id });
    expect(fields).toBeNull();
    expect(violations).toHaveLength(1);
    expect(violations[0]!.what).toMatch(/^id is no/);
  },
);

test.each(['aDdjc1gioFamIk7', "schindler's+list+1993", '...and+justice+for+all+1979', 'm*a*s*h+1970'])(
  '%s is an id',
  (id) => {
    expect(readFilmRecord({ ...newStyle, id }).fields?.id).toBe(id);
  },
);

test('whatever JSON comes is read without an exception, and an id alone makes it useful', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.dictionary(fc.constantFrom(...Object.keys(newStyle)), fc.jsonValue()), (a, b) => {
      readFilmRecord(a);
      expect(readFilmRecord({ ...b, id: 'z+1969' }).fields?.id).toBe('z+1969');
    }),
  );
});

test('nesting that JSON.stringify cannot follow is a violation like any other', () => {
  const nested = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as unknown;
  expect(readFilmRecord({ ...newStyle, title: nested }).violations).toEqual([
    { what: 'title is no text', sample: '(nested too deeply)' },
  ]);
});

const data = process.env.MATINEE_TEST_DATA ?? join(packageRoot, '..', 'shared', 'data');
const catalogue = join(data, 'catalog', 'movies-tmdb.csv');

test.skipIf(!existsSync(catalogue))(`the site's catalogue has no violation (skipped without ${catalogue})`, () => {
  const rows = parse<Record<string, string>>(readFileSync(catalogue, 'utf8'), { columns: true });
  const readings = rows.map(({ movie_id, genres, ...fields }) =>
    readFilmRecord({
      ...fields,
      id: movie_id,
      genres: genres!.split(', ').flatMap((name) => (name === '' ? [] : [{ id: 1, name }])),
    }),
  );
  expect(rows.length).toBeGreaterThan(4900);
  expect(readings.flatMap(({ violations }) => violations)).toEqual([]);
  const films = readings.map(({ fields }) => fields!);
  expect(films.filter(({ runtime }) => runtime === null)).toHaveLength(1);
  expect(films.filter(({ year }) => year === null)).toHaveLength(2);
  expect(films.filter(({ genres }) => genres.length === 0)).toHaveLength(91);
});
