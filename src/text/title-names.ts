/** What people call a film: its title, without article, without subtitle, numerals in any spelling. */

import { articles, everydayWords } from './plain-words.js';
import { tokensOf } from './tokens.js';

/** How sure a name means the film: the whole title, or a part that it may share with other films. */
export type NameKind = 'title' | 'part';

export interface TitleName {
  readonly kind: NameKind;
  /** Canonical words, at least one. */
  readonly words: readonly string[];
}

/** Spellings of the same number; the first is the canonical one. */
const numberSpellings: readonly (readonly string[])[] = [
  ...[
    '1 one',
    '2 two ii',
    '3 three iii',
    '4 four iv',
    '5 five',
    '6 six vi',
    '7 seven vii',
    '8 eight viii',
    '9 nine ix',
    '10 ten',
    '11 eleven xi',
    '12 twelve xii',
    '13 thirteen xiii 13th thirteenth',
    '16 sixteen',
    '20 twenty',
    '21 twentyone',
    '100 hundred',
    '101 hundredandone',
  ].map((line) => line.split(' ')),
];
const canonicalNumbers = new Map(numberSpellings.flatMap((group) => group.map((spelling) => [spelling, group[0]!])));
const spellingsOfNumber = new Map(numberSpellings.map((group) => [group[0]!, group]));
/** Roman numerals that are letters too are numbers only at the end of a title. */
const lastNumerals = new Map([
  ['v', '5'],
  ['x', '10'],
]);

export const canonicalWord = (word: string): string => canonicalNumbers.get(word) ?? word;
/** All ways to write a canonical word. */
export const spellingsOf = (word: string): readonly string[] => spellingsOfNumber.get(word) ?? [word];

/** `Part II` may be said as `2`. */
const countingWords = new Set(['part', 'episode', 'chapter', 'volume', 'vol']);

/**
 * Ends of a name: `Terminator 2: …`, `Star Wars - …`, `Dr. Strangelove or: …`. Here as below a run of blanks is tried from
 * its first one only: linear time.
 */
const SEPARATOR = /:\s+|\s[-–—]\s|(?<!\s)\s+or:?\s+(?=\(|how\b)/iu;
const LOOSE_END = /(?<![\s:])[\s:]+(?:or[\s:]*)?$/iu;
const PART_CHARS_MIN = 3;

/** Names of a title as a catalogue prints it; `Matrix, The` and `The Matrix` come to the same. */
export function namesOf(title: string): TitleName[] {
  const parts = title.split(SEPARATOR).map((part) => part.replace(LOOSE_END, ''));
  const names: TitleName[] = [nameOf(title, 'title')];
  if (parts.length > 1) {
    names.push(...parts.filter((part) => part.length >= PART_CHARS_MIN).map((part) => nameOf(part, 'part')));
    if (parts.length > 2) names.push(nameOf(parts.slice(0, 2).join(' '), 'part'));
  }
  return names
    .flatMap(withVariants)
    .filter(({ kind, words }) => words.length > 0 && (kind === 'title' || isTelling(words)));
}

/** `Part II` and `The Movie` name nothing. */
const isTelling = (words: readonly string[]): boolean =>
  words.some((word) => !everydayWords.has(word) && !/^\d+$/.test(word));

const nameOf = (text: string, kind: NameKind): TitleName => {
  const words = tokensOf(text).map(({ word }) => canonicalWord(word));
  // `Matrix, The`
  if (words.length > 1 && /,\s*(the|an?)$/iu.test(text)) words.unshift(words.pop()!);
  return { kind, words };
};

function withVariants(name: TitleName): TitleName[] {
  const { kind, words } = name;
  const variants = [name];
  const bare = withoutArticle(words);
  if (bare.length < words.length) variants.push({ kind, words: bare });
  // `starwars`, `spiderman`
  if (bare.length === 2 && bare.every((word) => word.length > 2)) variants.push({ kind, words: [bare.join('')] });
  const counted = words.filter((word, i) => !(countingWords.has(word) && /^\d+$/.test(words[i + 1] ?? '')));
  if (counted.length < words.length && counted.length > 1) variants.push({ kind, words: withoutArticle(counted) });
  const numeral = lastNumerals.get(words.at(-1)!);
  if (words.length > 1 && numeral !== undefined) variants.push({ kind, words: [...words.slice(0, -1), numeral] });
  return variants;
}

const withoutArticle = (words: readonly string[]): readonly string[] =>
  words.length > 1 && ['a', 'an', 'the'].includes(words[0]!) ? words.slice(1) : words;

/** Of a name's words those that make it known: all but articles, unless there is nothing else. */
export function contentWords(words: readonly string[]): readonly string[] {
  const content = words.filter((word) => !articles.has(word));
  return content.length > 0 ? content : words;
}
