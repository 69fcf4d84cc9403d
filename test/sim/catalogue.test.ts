/** The films that come with the product: as an import takes them, joined with Wikipedia's, under their notices. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/core/package.js';
import { readFilm } from '../../src/ingest/import/movielens-films.js';
import { bundledCatalogue } from '../../src/sim/catalogue/bundled.js';
import { createFilms } from '../../src/sim/catalogue/films.js';
import { nameFilms } from '../../src/world/movielens-ids.js';

const data = (path: string): string => readFileSync(join(packageRoot, 'data', path), 'utf8');
const known = bundledCatalogue();
const told = known.filter(({ summary }) => summary !== null);
const ratingsOf = (films: typeof known): number => films.reduce((sum, { ratings }) => sum + ratings!, 0);

test('an import gives all 9,125 films the same ids, titles and years, in the same order', () => {
  const rows = parse(data('movielens-latest-small/movies.csv'), { from_line: 2 }).map((fields) =>
    readFilm(fields, ','),
  );
  const { films } = nameFilms(rows.filter((row) => typeof row !== 'string'));
  const names = (list: typeof known) => list.map(({ id, title, year }) => ({ id, title, year }));
  expect(known).toHaveLength(9_125);
  expect(names(known)).toEqual(names(films));
  for (const [i, { genres }] of films.entries()) expect(known[i]!.genres.slice(0, genres.length)).toEqual(genres);
});

test('Wikipedia lists 6,292 of them and tells of 6,286, which have 87 % of the ratings', () => {
  const file = gunzipSync(readFileSync(join(packageRoot, 'data/wikipedia-movies/films.jsonl.gz'))).toString('utf8');
  expect(file.trimEnd().split('\n')).toHaveLength(6_292);
  expect(told).toHaveLength(6_286);
  expect(ratingsOf(known)).toBe(100_004);
  expect(ratingsOf(told) / 100_004).toBeCloseTo(0.871, 3);
});

test('summaries and casts are of the films they are joined to', () => {
  const film = (id: string) => known.find((candidate) => candidate.id === id)!;
  expect(film('toy+story+1995')).toMatchObject({ imdbId: 'tt0114709', tmdbId: 862, ratings: 247 });
  expect(film('toy+story+1995').summary).toMatch(/^Toy Story is a 1995 American computer-animated/);
  expect(film('shaft+1971').cast).toContain('Richard Roundtree');
  expect(film('shaft+2000').cast).toContain('Samuel L. Jackson');
  // A list has the comma of `Robert Downey, Jr.` for one between two names.
  expect(known.flatMap(({ cast }) => cast!).filter((name) => /^[JS]r\.?$|^\(/.test(name))).toEqual([]);
  // Most summaries begin with the film's title and year: a wrong join would not.
  const fitting = told.filter(({ summary, year }) => summary!.includes(String(year)));
  expect(fitting.length / told.length).toBeGreaterThan(0.9);
});

test('popularity is that of the ratings: the same order, the same weights, invented films behind', () => {
  const { weights, popularity } = createFilms(1, 12_000, known);
  const rated = known.flatMap(({ ratings }, film) => (ratings! > 0 ? [film] : []));
  for (const film of rated) expect(weights[film]).toBe(known[film]!.ratings);
  expect(Math.max(...weights.filter((_, film) => (known[film]?.ratings ?? 0) === 0))).toBeLessThanOrEqual(1);
  const order = Array.from(weights.keys()).sort((a, b) => popularity(b) - popularity(a));
  expect(known[order[0]!]!.id).toBe('forrest+gump+1994');
  expect(popularity(order[0]!)).toBe(1);
  expect(popularity(order.at(-1)!)).toBe(0);
  for (let i = 1; i < order.length; i++) expect(weights[order[i]!]).toBeLessThanOrEqual(weights[order[i - 1]!]!);
});

test('the notices go with the files', () => {
  const notice = data('wikipedia-movies/README.md');
  for (const part of [
    'English Wikipedia',
    'creativecommons.org/licenses/by-sa/4.0',
    'What was changed',
    'Peter Rust',
  ]) {
    expect(notice).toContain(part);
  }
  const licence = data('wikipedia-movies/LICENSE-CC-BY-SA-4.0.txt');
  expect(licence).toMatch(/^Attribution-ShareAlike 4\.0 International/);
  for (let section = 1; section <= 8; section++) expect(licence).toContain(`\nSection ${section} -- `);
  expect(data('wikipedia-movies/LICENSE-MIT.txt')).toContain('Copyright (c) 2016 Peter Rust');
  expect(data('movielens-latest-small/README.txt')).toContain('GroupLens');
  for (const folder of ['movielens-latest-small', 'wikipedia-movies'])
    expect(data('README.md')).toContain(`## ${folder}`);
});
