/** Finds the genres that a text names, in whatever words and with a mistake or two. */

import { everydayWords } from './plain-words.js';
import { genreAliases, genreNames, genrePhrases, type Genre } from './genre-words.js';
import type { Token } from './tokens.js';
import { createVocabulary } from './vocabulary.js';
import { phrasesIn } from './word-lists.js';

export interface GenreMention {
  readonly genres: readonly Genre[];
  /** Tokens [from, to). */
  readonly from: number;
  readonly to: number;
}

const byName = new Map<string, Genre>([
  ...genreNames.map((name) => [name.toLowerCase(), name] as const),
  ...Object.entries(genreAliases),
]);

/** The site's name of a genre as a catalogue writes it; undefined for what is no genre of the site (`IMAX`). */
export const genreOf = (name: string): Genre | undefined => byName.get(name.toLowerCase());

/** Genres by phrase, words joined by a blank. */
const phrases = new Map<string, Genre[]>();
for (const [genres, list] of genrePhrases) {
  for (const phrase of phrasesIn(list)) {
    phrases.set(phrase, [...new Set([...(phrases.get(phrase) ?? []), ...genres])]);
  }
}
const WORDS_MAX = Math.max(...[...phrases.keys()].map((phrase) => phrase.split(' ').length));

/** Words that mean a genre by themselves. */
const single = [...phrases.keys()].filter((phrase) => !phrase.includes(' '));
const vocabulary = createVocabulary(new Map(single.map((word, number) => [word, number])));
const FUZZY_LENGTH = 5;

/** `love story`, `scary movie`: the words together name a genre, or films of one. */
export const isGenrePhrase = (said: readonly Token[]): boolean =>
  phrases.has(said.map(({ word }) => word).join(' ')) || /^(movie|film|flick)s?$/.test(said.at(-1)!.word);
export const isGenreWord = (word: string): boolean => phrases.has(word);
/** `Crime`, `Westerns`: the genre itself rather than what occurs in it. */
export const isGenreName = (word: string): boolean => byName.has(word) || byName.has(word.replace(/s$/, ''));

/** The longest phrase first; a word that belongs to a title (see `taken`) names no genre. */
export function findGenres(tokens: readonly Token[], taken: (token: number) => boolean): GenreMention[] {
  const found: GenreMention[] = [];
  for (let from = 0; from < tokens.length;) {
    const mention = taken(from) ? undefined : mentionAt(tokens, from, taken);
    if (mention !== undefined) found.push(mention);
    from = mention?.to ?? from + 1;
  }
  return found;
}

function mentionAt(
  tokens: readonly Token[],
  from: number,
  taken: (token: number) => boolean,
): GenreMention | undefined {
  for (let words = Math.min(WORDS_MAX, tokens.length - from); words > 0; words--) {
    const to = from + words;
    const parts = tokens.slice(from, to);
    if (parts.some((_, i) => taken(from + i)) || parts.slice(1).some(({ gap }) => /[^\s'’/-]/u.test(gap))) continue;
    const genres = phrases.get(parts.map(({ word }) => word).join(' '));
    if (genres !== undefined) return { genres, from, to };
  }
  const genres = misspelt(tokens[from]!.word);
  return genres && { genres, from, to: from + 1 };
}

/** A long word that is none of the language and one mistake away from a genre; the first letter is seldom wrong. */
function misspelt(word: string): readonly Genre[] | undefined {
  if (word.length < FUZZY_LENGTH || everydayWords.has(word)) return undefined;
  const near = vocabulary.near(word).map(({ word: number, edits }) => ({ text: single[number]!, edits }));
  const best = near.find(
    ({ text, edits }) => text.length >= FUZZY_LENGTH && text.startsWith(word.charAt(0)) && edits <= mistakes(text),
  );
  return best && phrases.get(best.text);
}

/** Two only in words that hardly another one resembles. */
const mistakes = (text: string): number => (text.length < 9 ? 1 : 2);
