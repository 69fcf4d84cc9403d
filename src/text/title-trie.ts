/**
 * All names of all titles as one tree of words, and the walk that reads a name out of a text with a few mistakes.
 * A node is a number; an edge is one entry of a map from node and word to node: about 40 bytes.
 */

import { articles } from './plain-words.js';
import { canonicalWord, contentWords, spellingsOf, type NameKind, type TitleName } from './title-names.js';
import { endsSentence, type Token } from './tokens.js';
import { createVocabulary, type Spelling } from './vocabulary.js';

/** A film that may be meant. */
export interface Named {
  readonly film: number;
  readonly kind: NameKind;
}

/** A name of the tree found in a text. */
export interface Reading {
  /** Best first; a film may stand twice. */
  readonly named: readonly Named[];
  /** Tokens [from, to). */
  readonly from: number;
  readonly to: number;
  /** Words that count, and their letters together. */
  readonly content: readonly string[];
  readonly edits: number;
}

export interface TitleTrie {
  /** Every name in the text, mistakes counted; of the same words those with the fewest. By their first token. */
  readings(tokens: readonly Token[]): Reading[];
}

const ROOT = 0;
const NAME_WORDS_MAX = 14;
/** States that the walk keeps: the best by mistakes. */
const STATES_MAX = 12;
/** An article too many or too few. */
const ARTICLE_EDITS = 0.25;
/** A comma inside a name that may well separate two names. */
const COMMA_EDITS = 0.5;
const WORD_NUMBERS = 2 ** 21;

interface Walk {
  readonly node: number;
  readonly edits: number;
}

/**
 * @param isPlain whether a word is one of the language: then it is not misspelt
 * @param bestFirst order of films that have the same name
 */
export function createTitleTrie(
  names: Iterable<readonly [film: number, name: TitleName]>,
  isPlain: (word: string) => boolean,
  bestFirst: (a: Named, b: Named) => number,
): TitleTrie {
  const spellings = new Map<string, number>();
  const wordNumbers = new Map<string, number>();
  const children = new Map<number, number>();
  /** Those of a node's children that an article leads to. */
  const pastArticles = new Map<number, Set<number>>();
  const namedAt = new Map<number, Named[]>();
  const contentAt = new Map<number, readonly string[]>();

  const numberOf = (word: string): number => {
    const known = wordNumbers.get(word);
    if (known !== undefined) return known;
    const number = wordNumbers.size;
    wordNumbers.set(word, number);
    for (const spelling of spellingsOf(word)) spellings.set(spelling, number);
    return number;
  };
  for (const [film, { kind, words }] of names) {
    if (words.length > NAME_WORDS_MAX) continue;
    let node = ROOT;
    for (const word of words) {
      const edge = node * WORD_NUMBERS + numberOf(word);
      const next = children.get(edge) ?? children.size + 1;
      children.set(edge, next);
      if (articles.has(word)) pastArticles.set(node, (pastArticles.get(node) ?? new Set()).add(next));
      node = next;
    }
    const named = namedAt.get(node);
    if (named === undefined) namedAt.set(node, [{ film, kind }]);
    else named.push({ film, kind });
    contentAt.set(node, contentWords(words));
  }
  for (const named of namedAt.values()) named.sort(bestFirst);
  const vocabulary = createVocabulary(spellings);
  const childOf = (node: number, word: number): number | undefined => children.get(node * WORD_NUMBERS + word);

  /** What a token may say: the word itself, else or also those it may be misspelt from. */
  function sayings(token: Token): Spelling[] {
    const word = vocabulary.idOf(canonicalWord(token.word));
    const exact = word === undefined ? [] : [{ word, edits: 0 }];
    return token.quotation < 0 && isPlain(token.word) ? exact : [...exact, ...vocabulary.near(token.word)];
  }

  function step(walks: readonly Walk[], token: Token, said: readonly Spelling[], isFirst: boolean): Walk[] {
    const next = new Map<number, number>();
    const reach = (node: number | undefined, edits: number): void => {
      if (node !== undefined && edits < (next.get(node) ?? Infinity)) next.set(node, edits);
    };
    for (const { node, edits } of walks) {
      for (const { word, edits: more } of said) reach(childOf(node, word), edits + more);
      if (isFirst) continue;
      if (articles.has(token.word)) reach(node, edits + ARTICLE_EDITS);
      for (const past of pastArticles.get(node) ?? []) {
        for (const { word, edits: more } of said) reach(childOf(past, word), edits + more + ARTICLE_EDITS);
      }
    }
    return [...next].map(([node, edits]) => ({ node, edits })).sort((a, b) => a.edits - b.edits || a.node - b.node);
  }

  function readingsFrom(from: number, tokens: readonly Token[], said: readonly Spelling[][]): Reading[] {
    const readings: Reading[] = [];
    let walks: readonly Walk[] = [{ node: ROOT, edits: 0 }];
    for (let at = from; at < Math.min(tokens.length, from + NAME_WORDS_MAX) && walks.length > 0; at++) {
      const token = tokens[at]!;
      if (at > from && breaks(tokens[at - 1]!, token)) break;
      const comma = at > from && token.gap.includes(',') ? COMMA_EDITS : 0;
      walks = step(walks, token, said[at]!, at === from)
        .slice(0, STATES_MAX)
        .map(({ node, edits }) => ({ node, edits: edits + comma }));
      // An article at the end belongs to what follows.
      if (at > from && articles.has(token.word)) continue;
      for (const { node, edits } of walks) {
        const named = namedAt.get(node);
        if (named !== undefined) readings.push({ named, from, to: at + 1, content: contentAt.get(node)!, edits });
      }
    }
    return nearestOf(readings.filter(({ to, edits }) => edits <= editsMax(tokens.slice(from, to))));
  }

  return {
    readings(tokens) {
      const said = tokens.map(sayings);
      return tokens.flatMap((_, from) => readingsFrom(from, tokens, said));
    },
  };
}

/** Of readings of the same words those with the fewest mistakes. */
const nearestOf = (readings: readonly Reading[]): Reading[] =>
  readings.filter(({ to, edits }) => !readings.some((other) => other.to === to && other.edits < edits));

/** A name does not go on beyond its sentence, nor into or out of a quotation. */
const breaks = (before: Token, token: Token): boolean =>
  before.quotation !== token.quotation || endsSentence(before, token.gap);

/** One mistake for every five letters. */
function editsMax(said: readonly Token[]): number {
  const letters = said.reduce((sum, { word }) => sum + (articles.has(word) ? 0 : word.length), 0);
  return Math.floor(letters / 5) + 2 * ARTICLE_EDITS;
}
