/** What of an answer counts: whatever a model says, films of the catalogue and genres of the site, and not many. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { genreNames } from '../../../src/text/genre-words.js';
import { accept, TITLES_MAX } from '../../../src/text/llm/accept.js';
import { merged } from '../../../src/text/llm/merge.js';
import { readAnswer } from '../../../src/text/llm/prompt.js';
import { profileOf } from '../../../src/text/profile.js';
import { described, films, tasteOf, titles, titlesOf } from './catalogue.js';

const liked = (...said: (string | { title: string; year: number | null })[]) =>
  accept({ likedTitles: said.map((one) => (typeof one === 'string' ? { title: one, year: null } : one)) }, titles);

test.each([
  ['Star Wars', 'Star Wars (1977)'],
  ['star wars', 'Star Wars (1977)'],
  ['Matrix', 'The Matrix (1999)'],
  ['The Matrix (1999)', 'The Matrix (1999)'],
  ['The Star Wars', 'Star Wars (1977)'],
  ['Heat', 'Heat (1995)'],
  ['Heat (1986)', 'Heat (1986)'],
  ['The Lord of the Rings: The Fellowship of the Ring', 'The Lord of the Rings: The Fellowship of the Ring (2001)'],
  ['The Fellowship of the Ring', 'The Lord of the Rings: The Fellowship of the Ring (2001)'],
  ['Airplane!', 'Airplane! (1980)'],
  ['E.T. the Extra-Terrestrial', 'E.T. the Extra-Terrestrial (1982)'],
  ['The Good, the Bad and the Ugly', 'Good, the Bad and the Ugly, The (1966)'],
  ['Mamma Mia! Here We Go Again', 'Mamma Mia! Here We Go Again (2018)'],
  ['“Ronin”', 'Ronin (1998)'],
])('%s is %s', (title, film) => {
  expect(titlesOf(liked(title).likedTitles)).toEqual([film]);
});

test('the year decides between films of one name', () => {
  expect(titlesOf(liked({ title: 'Heat', year: 1986 }).likedTitles)).toEqual(['Heat (1986)']);
  expect(titlesOf(liked({ title: 'Heat', year: 1995 }).likedTitles)).toEqual(['Heat (1995)']);
  expect(titlesOf(liked({ title: 'Heat', year: 1e9 }).likedTitles)).toEqual(['Heat (1995)']);
});

test.each([
  'The Quiet Harbour',
  'Recommend Heat to everyone',
  'Star Wars, Heat and Ronin',
  'Heat" and "Ronin',
  '',
  '   ',
  '()',
  '"',
  'x'.repeat(10_000),
  'Star Wars '.repeat(500),
])('%s is no film', (title) => {
  expect(liked(title)).toMatchObject({ likedTitles: [] });
});

test('genres are those of the site, under its names', () => {
  const answer = { likedGenres: ['Sci-Fi', ' western ', 'Everything', 'Western', ''], dislikedGenres: ['HORROR'] };
  expect(accept(answer, titles)).toMatchObject({
    likedGenres: ['Science Fiction', 'Western'],
    dislikedGenres: ['Horror'],
  });
});

test('what is liked and disliked at once is neither', () => {
  const both = { title: 'Heat', year: null };
  const answer = {
    likedTitles: [both],
    dislikedTitles: [both],
    likedGenres: ['War'],
    dislikedGenres: ['War', 'Crime'],
  };
  expect(accept(answer, titles)).toMatchObject({
    ...{ likedTitles: [], dislikedTitles: [], likedGenres: [], dislikedGenres: ['Crime'] },
  });
});

test('of a long list only the beginning is looked at', () => {
  const said = [...Array.from({ length: TITLES_MAX }, (_, i) => `No Such Film ${i}`), 'Heat'];
  expect(liked(...said)).toMatchObject({ likedTitles: [] });
});

test.each([
  [
    { from: 1990, to: 1999 },
    { from: 1990, to: 1999 },
  ],
  [{ from: 1999, to: 1990 }, null],
  [{ from: 0, to: 9999 }, null],
  [{ from: 1990.5, to: 1999 }, null],
])('era %j counts as %j', (said, era) => {
  expect(accept({ era: said }, titles).era).toEqual(era);
});

test('an answer without keys says nothing', () => {
  expect(readAnswer('{}')).toEqual({});
  expect(accept({}, titles)).toEqual({
    ...{ likedTitles: [], dislikedTitles: [], likedGenres: [], dislikedGenres: [], era: null, popular: null },
  });
});

test('an answer is read from a fence, and nowhere else', () => {
  expect(readAnswer('```json\n{"popular": true}\n```\n')).toEqual({ popular: true });
  expect(readAnswer('Here you are: {"popular": true}')).toBeUndefined();
  expect(readAnswer('{"popular": "yes"}')).toBeUndefined();
  expect(readAnswer('{"likedTitles": ["Heat"]}')).toBeUndefined();
  expect(readAnswer(JSON.stringify({ likedGenres: Array.from({ length: 2_000 }, () => 'War') }))).toBeUndefined();
});

test('keys that nobody asked for are let go, those of objects too', () => {
  const answer = readAnswer('{"popular": false, "user": 7, "__proto__": {"era": null}, "constructor": 1}')!;
  expect(Object.keys(answer)).toEqual(['popular']);
  expect(Object.getPrototypeOf(answer)).toBe(Object.prototype);
});

test('whatever a model says, a profile holds films of the catalogue, genres of the site, years, and not many', () => {
  const title = fc.record({
    title: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...films.map((film) => film.title))),
    year: fc.oneof(fc.constant(null), fc.double()),
  });
  const genre = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...genreNames));
  const answers = fc.record(
    {
      likedTitles: fc.array(title, { maxLength: 40 }),
      dislikedTitles: fc.array(title, { maxLength: 40 }),
      likedGenres: fc.array(genre),
      dislikedGenres: fc.array(genre),
      era: fc.oneof(fc.constant(null), fc.record({ from: fc.double(), to: fc.double() })),
      popular: fc.oneof(fc.constant(null), fc.boolean()),
    },
    { requiredKeys: [] },
  );
  const local = profileOf(described('I love Ronin and westerns', 'no horror'), titles);
  fc.assert(
    fc.property(answers, (said) => {
      const accepted = accept(said, titles);
      const profile = merged(local, accepted);
      for (const list of [accepted.likedTitles, accepted.dislikedTitles])
        expect(list.length).toBeLessThanOrEqual(TITLES_MAX);
      const numbers = [...profile.likedTitles, ...profile.dislikedTitles];
      expect(numbers.every((film) => films[film] !== undefined)).toBe(true);
      const genres = [...profile.likedGenres, ...profile.dislikedGenres].map((taste) => taste.genre);
      expect(genres.every((name) => genreNames.includes(name))).toBe(true);
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(new Set(genres).size).toBe(genres.length);
      const { age, gender, mentions } = profile;
      expect({ age, gender, mentions }).toEqual({ age: local.age, gender: local.gender, mentions: local.mentions });
    }),
    { numRuns: 200 },
  );
});

test('the model adds and corrects, and takes away nothing it is silent on', () => {
  const local = profileOf(
    described('I love Star Wars and the film Ronin, westerns, cheap 90s thrillers', 'horror'),
    titles,
  );
  expect(merged(local, accept({}, titles))).toEqual(local);
  const said = {
    likedTitles: [{ title: 'Heat', year: null }],
    dislikedTitles: [{ title: 'Ronin', year: 1998 }],
    likedGenres: ['War'],
    dislikedGenres: ['Western'],
    popular: true,
  };
  const before = tasteOf(local);
  expect(before.likedTitles).toEqual(['Star Wars (1977)', 'Ronin (1998)']);
  expect(tasteOf(merged(local, accept(said, titles)))).toEqual({
    likedTitles: ['Star Wars (1977)', 'Heat (1995)'],
    dislikedTitles: ['Ronin (1998)'],
    likedGenres: [...before.likedGenres.filter((genre) => genre !== 'Western'), 'War'],
    dislikedGenres: [...before.dislikedGenres, 'Western'],
    era: before.era,
    popular: true,
  });
});
