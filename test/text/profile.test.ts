/** What a description says, likes and dislikes told apart. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { profileOf, type Profile } from '../../src/text/profile.js';
import { TEXT_CHARS_MAX } from '../../src/text/tokens.js';
import { films, titles } from './films.js';

const read = (likes: string | null, dislikes: string | null = null): Profile =>
  profileOf({ likes, dislikes, age: 30, gender: 'F' }, titles);
const liked = (profile: Profile): string[] => profile.likedGenres.map(({ genre }) => genre);
const disliked = (profile: Profile): string[] => profile.dislikedGenres.map(({ genre }) => genre);

test('the field says by itself what is liked', () => {
  const profile = read('Drama, “Goodfellas”', 'Horror; Jaws');
  expect([liked(profile), disliked(profile)]).toEqual([['Drama'], ['Horror']]);
  expect(profile.likedTitles.map((film) => films[film]!.title)).toEqual(['Goodfellas']);
  expect(profile.dislikedTitles.map((film) => films[film]!.title)).toEqual(['Jaws']);
});

test.each([
  ["I love comedies but I can't stand musicals", ['Comedy'], ['Music']],
  ["I don't really like westerns or war films. Drama is fine", ['Drama'], ['Western', 'War']],
  ['anything but westerns', [], ['Western']],
  ['drama, no horror, comedies', ['Drama', 'Comedy'], ['Horror']],
  ['I prefer comedies over dramas', ['Comedy'], ['Drama']],
  ['I never skip a western', ['Western'], []],
  ["I'm not against horror", ['Horror'], []],
  ['musicals are not for me', [], ['Music']],
  ['can’t get enough of thrillers', ['Thriller'], []],
])('among likes: %s', (text, likes, dislikes) => {
  const profile = read(text);
  expect([liked(profile), disliked(profile)]).toEqual([likes, dislikes]);
});

test.each([
  ["I don't like horror", [], ['Horror']],
  ['Give me anything except horror', [], ['Horror']],
  ['Everybody loves musicals, I do not', [], ['Music']],
  ['horror, but I do like thrillers', ['Thriller'], ['Horror']],
  ["I'd rather watch paint dry than musicals", [], ['Music']],
  ['Not much puts me off, except westerns', [], ['Western']],
  ["I don't mind dramas", [], []],
])('among dislikes: %s', (text, likes, dislikes) => {
  const profile = read(null, text);
  expect([liked(profile), disliked(profile)]).toEqual([likes, dislikes]);
});

test('what is taken out of a dislike is rather liked', () => {
  const profile = read(null, 'No horror, except Jaws');
  expect(profile.likedTitles.map((film) => films[film]!.title)).toEqual(['Jaws']);
});

test('words inside a title deny nothing and name no genre', () => {
  const profile = read('Never Been Kissed, drama and Love Story (1970)');
  expect(profile.likedTitles).toHaveLength(2);
  expect([liked(profile), disliked(profile)]).toEqual([['Drama'], []]);
});

test('half a dislike counts half, and takes nothing from what is liked', () => {
  const profile = read('action and drama', 'cheesy action comedies, thrillers that drag on');
  expect(liked(profile)).toEqual(['Action', 'Drama']);
  expect(profile.dislikedGenres).toEqual([
    { genre: 'Comedy', strength: 0.5 },
    { genre: 'Thriller', strength: 0.5 },
  ]);
});

test('popularity and era', () => {
  expect(read('I prefer populr movies of the 90s').popular).toBe(true);
  expect(read('obscure things').popular).toBe(false);
  expect(read('drama', 'blockbusters').popular).toBe(false);
  expect(read('drama').popular).toBeNull();
  expect(read('films of the 80s and the nineties').era).toEqual({ from: 1980, to: 1999 });
  expect(read('old black and white films').era).toEqual({ from: 1874, to: 1979 });
  expect(read('drama', 'anything from the 80s').era).toBeNull();
});

test('a mention says where it stands', () => {
  const text = 'I like drama and “Goodfellas”.';
  expect(read(text).mentions.map(({ field, start, end }) => [field, text.slice(start, end)])).toEqual([
    ['likes', 'drama'],
    ['likes', 'Goodfellas'],
  ]);
});

test('nobody who says nothing has tastes', () => {
  expect(read(null)).toEqual({
    ...{ likedTitles: [], dislikedTitles: [], likedGenres: [], dislikedGenres: [], era: null, popular: null },
    ...{ age: 30, gender: 'F', mentions: [] },
  });
});

test('any text can be read: always the same, each thing on one side, mentions inside the text', () => {
  const words = fc.constantFrom(
    'not',
    'but',
    'except',
    'Heat',
    '“',
    "'",
    'horror',
    'drama',
    'than',
    'no',
    ',',
    '.',
    '90s',
  );
  const text = fc.oneof(
    fc.array(words, { maxLength: 30 }).map((said) => said.join(' ')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );
  fc.assert(
    fc.property(text, text, (likes, dislikes) => {
      const profile = read(likes, dislikes);
      expect(read(likes, dislikes)).toEqual(profile);
      expect(profile.likedTitles.filter((film) => profile.dislikedTitles.includes(film))).toEqual([]);
      expect(liked(profile).filter((genre) => disliked(profile).includes(genre))).toEqual([]);
      for (const { field, start, end } of profile.mentions) {
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual((field === 'likes' ? likes : dislikes).length);
      }
    }),
  );
});

test('a text longer than the bound is cut, and takes a moment', () => {
  const startMs = performance.now();
  const profile = read('horror, not '.repeat(100_000), '“Heat” and '.repeat(100_000));
  expect(performance.now() - startMs).toBeLessThan(3_000);
  expect(Math.max(...profile.mentions.map(({ end }) => end))).toBeLessThanOrEqual(10_000);
});

test.each([
  ...['a', 'a ', 'a.', 'a* ', ',', '"', '"a ', "'a' ", '&', '& ', '9', '1 ', ' ', '. ', '\n'],
  ...['e\u0301', 'a\u0316\u0301', '\u{1f600}', '\ud83d', '\ufdfa ', '七人の侍 '],
  ...['heat, ', 'Heat and ', 'matirx ', 'star wars star ', 'the lord of the ', '“Heat” (1995), ', 'commedy, '],
  ...['h8 ', 'no comedy ', 'love over ', 'horror except ', 'anything but ', 'do not really ', 'is fine ', '80s '],
])('10,000 characters of %j take no more than a moment', (unit) => {
  const text = unit.repeat(Math.floor(TEXT_CHARS_MAX / unit.length));
  const startMs = performance.now();
  read(text, text);
  expect(performance.now() - startMs).toBeLessThan(1_000);
});
