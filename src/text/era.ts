/** The years that a text speaks of: `the 90s`, `eighties`, `old films`, `recent`. */

import type { Token } from './tokens.js';

export interface Era {
  /** Years of release, both included. */
  readonly from: number;
  readonly to: number;
}

export interface EraMention extends Era {
  /** Tokens [from, to) are `at` and, for two words, the next. */
  readonly at: number;
}

const EARLIEST = 1874;
/** Beyond any release: an era without an end goes on. */
const LATEST = 2100;

const decades = new Map(
  ['twenties', 'thirties', 'forties', 'fifties', 'sixties', 'seventies', 'eighties', 'nineties'].map((word, i) => [
    word,
    1920 + i * 10,
  ]),
);
const old: Era = { from: EARLIEST, to: 1979 };
const recent: Era = { from: 2000, to: LATEST };
const phrases = new Map<string, Era>([
  ...[
    'old movies',
    'old films',
    'old flicks',
    'older movies',
    'older films',
    'old classics',
    'old stuff',
    'old ones',
    'old school',
    'oldies',
  ].map((p) => [p, old] as const),
  ...[
    'golden age',
    'old hollywood',
    'classic hollywood',
    'black white',
    'silent films',
    'silent movies',
    'old fashioned',
    'old movis',
  ].map((p) => [p, old] as const),
  ...[
    'recent',
    'recent movies',
    'modern movies',
    'modern films',
    'modern cinema',
    'newer',
    'new releases',
    'latest releases',
  ].map((p) => [p, recent] as const),
  ...['contemporary', 'todays films', 'this century', 'recent stuff', 'new stuff', 'newest'].map(
    (p) => [p, recent] as const,
  ),
]);

export function findEras(tokens: readonly Token[], taken: (token: number) => boolean): EraMention[] {
  return tokens.flatMap((token, at) => {
    const era = taken(at) ? undefined : eraAt(tokens, at, token);
    return era === undefined ? [] : [{ ...era, at }];
  });
}

function eraAt(tokens: readonly Token[], at: number, { word }: Token): Era | undefined {
  const digits = /^(?:(19|20)?(\d)0)s$/.exec(word);
  if (digits !== null) {
    const tens = Number(digits[2]) * 10;
    const century = digits[1] === undefined ? (tens >= 20 ? 1900 : 2000) : Number(digits[1]) * 100;
    return { from: century + tens, to: century + tens + 9 };
  }
  const decade = decades.get(word);
  if (decade !== undefined) return { from: decade, to: decade + 9 };
  const next = tokens[at + 1]?.word === 'and' ? tokens[at + 2]?.word : tokens[at + 1]?.word;
  return phrases.get(`${word} ${next ?? ''}`) ?? phrases.get(word);
}
