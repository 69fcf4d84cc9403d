/** Self-descriptions: many patterns, which say what the viewer's image has, and nothing else. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { genreNames } from '../../src/sim/catalogue/genres.js';
import type { SelfImage } from '../../src/sim/viewers/self-image.js';
import { misspell } from '../../src/sim/viewers/spelling.js';
import { describeTastes, heldOutPatterns, patternCount } from '../../src/sim/viewers/voices.js';
import { blends, genreWords } from '../../src/sim/viewers/voices/genre-words.js';

const rich: SelfImage = {
  likedGenres: ['Science Fiction', 'Comedy', 'Crime'],
  dislikedGenres: ['Romance', 'Western'],
  likedTitles: ['Brazil', 'The Sting'],
  dislikedTitles: ['Ghost'],
  likesPopular: true,
  era: 'old',
};
const patterns = Array.from({ length: patternCount }, (_, number) => number);
const titles = ['Brazil', 'The Sting', 'Ghost', 'Se7en', "Schindler's List", 'M', 'Amélie', 'Dr. Strangelove'];

const images = fc
  .tuple(fc.shuffledSubarray(genreNames, { minLength: 1, maxLength: 7 }), fc.shuffledSubarray(titles), fc.nat(6))
  .chain(([genres, names, cut]) => {
    const liked = 1 + (cut % genres.length);
    return fc.record<SelfImage>({
      likedGenres: fc.constant(genres.slice(0, liked)),
      dislikedGenres: fc.constant(genres.slice(liked)),
      likedTitles: fc.constant(names.slice(0, 3)),
      dislikedTitles: fc.constant(names.slice(3, 6)),
      likesPopular: fc.boolean(),
      era: fc.constantFrom('old', 'recent', null),
    });
  });
const someone = fc.record({ image: images, pattern: fc.nat(patternCount - 1), seed: fc.nat() });
const saying = ({ image, pattern, seed }: { image: SelfImage; pattern: number; seed: number }) =>
  describeTastes(image, random(seed), pattern);

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
const usual = { numRuns: 2_000 };

test('there are at least 200 patterns, and no two say the same in the same words, be it of likes or of dislikes', () => {
  expect(patternCount).toBeGreaterThanOrEqual(200);
  for (const seed of [1, 2, 3]) {
    const said = patterns.map((pattern) => saying({ image: rich, pattern, seed }));
    expect(new Set(said.map(({ likes }) => likes)).size).toBe(patternCount);
    expect(new Set(said.map(({ dislikes }) => dislikes)).size).toBe(patternCount);
  }
});

test('patterns differ in their own words, not only in punctuation or letters', () => {
  const shells = patterns.map((pattern) => wordsOf(saying({ image: rich, pattern, seed: 5 }).likes).join(' '));
  expect(new Set(shells).size).toBe(patternCount);
});

test('every liked genre stands in the likes, every disliked one in the dislikes, in some word for it', () => {
  fc.assert(
    fc.property(someone, (person) => {
      const { likes, dislikes } = saying(person);
      expect(person.image.likedGenres.filter((genre) => !mentions(likes, genre))).toEqual([]);
      expect(person.image.dislikedGenres.filter((genre) => !mentions(dislikes, genre))).toEqual([]);
    }),
    usual,
  );
});

test('no text tells a genre, a title, an age of films or their fame that the image lacks, nor who the viewer is', () => {
  const eras = {
    old: /\b(old(er)?|classics|vintage|way back)\b/i,
    recent: /\b(recent|new(er)? (ones|stuff|film|movies|releases)|latest|modern)\b/i,
  };
  const circumstances =
    /\b(wife|husband|(boy|girl)(s|friend)?|guy|lady|wine|beer|student|retired|colleagues?|my (age|job))\b/i;
  const fame = /\b(popular|well-known|hits|blockbusters|mainstream|famous|everybody)\b/i;
  fc.assert(
    fc.property(someone, (person) => {
      const { image } = person;
      const { likes, dislikes } = saying(person);
      const text = `${likes} ${dislikes}`;
      const genres = [...image.likedGenres, ...image.dislikedGenres];
      expect(genreNames.filter((genre) => !genres.includes(genre) && names(text, ownWords(genre), isSame))).toEqual([]);
      for (const title of titles.filter((title) => title.length > 2)) {
        if (!image.likedTitles.includes(title)) expect(likes).not.toContain(title);
        if (!image.dislikedTitles.includes(title)) expect(dislikes).not.toContain(title);
      }
      if (image.era !== 'old') expect(text).not.toMatch(eras.old);
      if (image.era !== 'recent') expect(text).not.toMatch(eras.recent);
      if (!image.likesPopular) expect(text).not.toMatch(fame);
      expect(text).not.toMatch(circumstances);
    }),
    usual,
  );
});

test('titles, the age of films and their fame are told by many patterns', () => {
  const bare: SelfImage = { ...rich, likedTitles: [], dislikedTitles: [], likesPopular: false, era: null };
  const changedBy = (part: Partial<SelfImage>, text: 'likes' | 'dislikes'): number =>
    patterns.filter((pattern) => {
      const [without, withIt] = [bare, { ...bare, ...part }].map((image) => saying({ image, pattern, seed: 11 })[text]);
      return without !== withIt;
    }).length;
  expect(changedBy({ likedTitles: ['Brazil'] }, 'likes')).toBeGreaterThan(patternCount / 2);
  expect(changedBy({ dislikedTitles: ['Ghost'] }, 'dislikes')).toBeGreaterThan(patternCount / 2);
  expect(changedBy({ likesPopular: true }, 'likes')).toBeGreaterThan(patternCount / 8);
  expect(changedBy({ era: 'recent' }, 'likes')).toBeGreaterThan(patternCount / 10);
});

test('texts are whole: no empty quotes, no gaps, nothing of the frames, at most 400 characters', () => {
  fc.assert(
    fc.property(someone, (person) => {
      for (const text of Object.values(saying(person))) {
        expect(text).toMatch(/^[ -~À-ÿ]{2,400}$/);
        expect(text).not.toMatch(/[{}[\]|]|undefined|null|''|""|\( ?\)| [.,;:!?]( |$)| {2}|^ | $|[,;:] *\.?$|,,/);
        expect(JSON.parse(JSON.stringify(text))).toBe(text);
      }
    }),
    usual,
  );
});

test('whoever dislikes nothing says so', () => {
  for (const pattern of patterns) {
    const image = { ...rich, dislikedGenres: [], dislikedTitles: [] };
    const { dislikes } = saying({ image, pattern, seed: pattern });
    expect(dislikes.length).toBeGreaterThan(2);
    expect(genreNames.filter((genre) => names(dislikes, ownWords(genre), isSame))).toEqual([]);
  }
});

test('the same draws say the same', () => {
  fc.assert(
    fc.property(someone, (person) => {
      expect(saying(person)).toEqual(saying(person));
    }),
  );
});

test('three in ten patterns are held out: always the same ones for a seed, others for another', () => {
  const held = heldOutPatterns(7);
  expect(held.size).toBe(Math.round(0.3 * patternCount));
  expect(patterns).toEqual(expect.arrayContaining([...held]));
  expect(heldOutPatterns(7)).toEqual(held);
  expect(heldOutPatterns(8)).not.toEqual(held);
});

test('a misspelt word has one wrong letter, and its first is right', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'e', 'y', 'z', 'E', 'O', ' ', '-', 'é') }),
      fc.nat(),
      (text, seed) => {
        const before = text.match(/[a-z]+/gi) ?? [];
        const after = misspell(text, 1, random(seed)).match(/[a-z]+/gi) ?? [];
        expect(after).toHaveLength(before.length);
        after.forEach((word, i) => {
          expect(isAlmost(word, before[i]!)).toBe(true);
          expect(word[0]).toBe(before[i]![0]);
          if (before[i]!.length < 4) expect(word).toBe(before[i]);
        });
        expect(misspell(text, 0, random(seed))).toBe(text);
      },
    ),
  );
});

test('slips are of several kinds', () => {
  const spelt = Array.from({ length: 400 }, (_, seed) => misspell('thriller', 1, random(seed)));
  for (const slip of ['thiller', 'thrriller', 'thirller', 'thrillwr', 'thraller']) expect(spelt).toContain(slip);
  expect(spelt.filter((word) => word === 'thriller').length).toBeLessThan(100);
});

test('some misspell, most do not', () => {
  const image: SelfImage = { ...rich, likedGenres: ['Documentary'], likedTitles: [] };
  const known = new Set([...genreWords.Documentary!.alone, ...genreWords.Documentary!.before].flatMap(wordsOf));
  const isMisspelt = (seed: number): boolean =>
    wordsOf(saying({ image, pattern: 0, seed }).likes).some((word) => !known.has(word) && /^[dn].*[cf]/.test(word));
  const misspelt = Array.from({ length: 2_000 }, (_, seed) => seed).filter(isMisspelt).length;
  expect(misspelt).toBeGreaterThan(30);
  expect(misspelt).toBeLessThan(600);
});

/** Words for the genre alone or together with another. */
function mentions(text: string, genre: string): boolean {
  const shared = Object.entries(blends).flatMap(([pair, { alone, before }]) =>
    pair.split('+').includes(genre) ? [...alone, ...before] : [],
  );
  return names(text, [...ownWords(genre), ...shared]);
}

function ownWords(genre: string): string[] {
  const { alone, before } = genreWords[genre]!;
  return [...alone, ...before];
}

/** Whether one of the phrases stands in the text, its words perhaps misspelt. */
function names(text: string, phrases: readonly string[], match = isAlmost): boolean {
  const words = wordsOf(text);
  return phrases
    .map(wordsOf)
    .some((phrase) => words.some((_, start) => phrase.every((word, i) => match(words[start + i] ?? '', word))));
}

const isSame = (spelt: string, word: string): boolean => spelt === word;

/** One letter is missing, doubled, wrong or swapped with the next. */
function isAlmost(spelt: string, word: string): boolean {
  if (spelt === word) return true;
  if (word.length < 4 || Math.abs(spelt.length - word.length) > 1) return false;
  let same = 0;
  while (spelt[same] === word[same]) same++;
  const ends = [
    [0, 1],
    [1, 0],
    [1, 1],
  ].map(([a, b]) => spelt.slice(same + a!) === word.slice(same + b!));
  const swapped = word[same + 1] === spelt[same] && word[same] === spelt[same + 1];
  return ends.includes(true) || (swapped && spelt.slice(same + 2) === word.slice(same + 2));
}
