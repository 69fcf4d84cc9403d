/** Words that say whether someone likes what everybody likes. */

import type { Token } from './tokens.js';
import { createVocabulary } from './vocabulary.js';

const known = [
  'popular',
  'mainstream',
  'blockbuster',
  'blockbusters',
  'famous',
  'hits',
  'hitters',
  'bestsellers',
  'acclaimed',
];
const unknown = [
  'obscure',
  'indie',
  'indies',
  'arthouse',
  'underground',
  'unknown',
  'overlooked',
  'underrated',
  'offbeat',
];
const phrases = new Map<string, boolean>([
  ...known.map((word) => [word, true] as const),
  ...[
    'well known',
    'box office',
    'everyone talks',
    'everybody talks',
    'everyone knows',
    'everybody knows',
    'crowd pleasers',
  ].map((phrase) => [phrase, true] as const),
  ...unknown.map((word) => [word, false] as const),
  ...['art house', 'lesser known', 'hidden gems', 'little known', 'less popular'].map(
    (phrase) => [phrase, false] as const,
  ),
]);
const words = [...known, ...unknown];
const vocabulary = createVocabulary(new Map(words.map((word, number) => [word, number])));

/** Undefined where the token says nothing of it. */
export function popularityAt(tokens: readonly Token[], at: number): boolean | undefined {
  const { word } = tokens[at]!;
  const exact = phrases.get(`${word} ${tokens[at + 1]?.word ?? ''}`) ?? phrases.get(word);
  if (exact !== undefined) return exact;
  const near = vocabulary.near(word)[0];
  return near === undefined ? undefined : phrases.get(words[near.word]!);
}
