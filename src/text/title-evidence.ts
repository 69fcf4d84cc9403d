/**
 * Whether words that read like a title are meant as one: quotation marks, capitals, what stands around, how rare the
 * words are.
 */

import { everydayWords } from './plain-words.js';
import { isGenreName, isGenrePhrase, isGenreWord } from './genres.js';
import type { Reading } from './title-trie.js';
import { endsSentence, type Token } from './tokens.js';
import { wordSet } from './word-lists.js';

export interface Weighing {
  readonly tokens: readonly Token[];
  /** See areCapitalsTelling. */
  readonly capitalsTell: boolean;
  /** Words of the language, which a title must not be taken for. */
  readonly plainWords: ReadonlySet<string>;
  /** Whether the film is one of those that most people know. */
  readonly isWellKnown: (reading: Reading) => boolean;
}

/** @param isListed whether it stands in one list with a name that is sure */
export function isMeant(reading: Reading, weighing: Weighing, isListed: boolean): boolean {
  const { tokens, capitalsTell, plainWords, isWellKnown } = weighing;
  const { from, to, content, edits } = reading;
  if (fillsQuotation(reading, tokens)) return true;
  const said = tokens.slice(from, to);
  const words = said.filter(({ word }) => word.length > 1).map(({ word }) => word);
  if (words.length === 0 || words.every((word) => /^\d{1,3}$/.test(word))) return hasYear(reading, tokens);
  const isExact = edits < 1;
  const hasCapitals = capitalsTell && isCapitalised(reading, tokens);
  const isGenre = content.every((word) => isGenreWord(word) || everydayWords.has(word)) && content.some(isGenreWord);
  if (isGenre) {
    if (!isExact || !isWellKnown(reading)) return false;
    if (content.length > 1) return hasCapitals || (standsAlone(reading, tokens) && !isGenrePhrase(said));
    return hasCapitals && !isAtStart(reading, tokens) && !content.some(isGenreName);
  }

  const isEveryday = words.every((word) => everydayWords.has(word) || /^\d+$/.test(word));
  const isPlain =
    isEveryday ||
    words.every((word) => (isExact ? everydayWords.has(word) || plainWords.has(word) : isWord(word, plainWords)));
  const isNamed =
    isAnnounced(reading, tokens) ||
    hasYear(reading, tokens) ||
    isListed ||
    (fillsItem(reading, tokens) && isWellKnown(reading));
  const isAlone = standsAlone(reading, tokens);
  const letters = words.join('').length;

  if (content.length === 1 && !isPlain) {
    if (hasCapitals || isNamed) return isExact || letters > 4;
    return isWellKnown(reading) && (isExact ? letters > 4 : letters > 6);
  }
  // A misspelt word of the language is that word.
  if (content.length === 1 && !isExact) return false;
  if (!isPlain) return true;
  if (hasCapitals) return isAlone || (!isEveryday && content.length > 1) || isNamed;
  if (isEveryday) return isNamed && isAlone && isWellKnown(reading) && (isExact || letters > 7);
  if (content.length > 2 && isExact) return true;
  return isAlone && isWellKnown(reading) && (isNamed || (content.length > 1 && isExact));
}

/** Of the language, as it stands or less an ending. */
const isWord = (word: string, plainWords: ReadonlySet<string>): boolean =>
  [
    word,
    ...['s', 'es', 'd', 'ed', 'ing', 'ly'].flatMap((end) => (word.endsWith(end) ? [word.slice(0, -end.length)] : [])),
  ].some((stem) => everydayWords.has(stem) || plainWords.has(stem));

const fillsQuotation = ({ from, to }: Reading, tokens: readonly Token[]): boolean => {
  const { quotation } = tokens[from]!;
  return quotation >= 0 && tokens[from - 1]?.quotation !== quotation && tokens[to]?.quotation !== quotation;
};

/** Where everything or nothing is capitalised, capitals say nothing. */
export function areCapitalsTelling(tokens: readonly Token[]): boolean {
  const inside = tokens.filter((token, i) => !beginsSentence(tokens, i) && /^\p{L}{3}/u.test(token.word));
  const capitals = inside.filter(({ capital }) => capital).length;
  return capitals > 0 && capitals < 0.7 * inside.length;
}

const isCapitalised = ({ from, to, content }: Reading, tokens: readonly Token[]): boolean =>
  tokens.slice(from, to).every(({ word, capital }) => capital || word.length < 4 || !content.includes(word)) &&
  tokens.slice(from, to).some(({ capital }) => capital) &&
  (to - from > 1 || !isAtStart({ from }, tokens));

/** The first word of a sentence has its capital anyway. */
const isAtStart = ({ from }: Pick<Reading, 'from'>, tokens: readonly Token[]): boolean => beginsSentence(tokens, from);

const beginsSentence = (tokens: readonly Token[], at: number): boolean =>
  at === 0 || endsSentence(tokens[at - 1]!, tokens[at]!.gap);

const hasYear = ({ to }: Reading, tokens: readonly Token[]): boolean =>
  /^(19|20)\d\d$/.test(tokens[to]?.word ?? '') && /^[\s,]*\($|^ $/.test(tokens[to]!.gap);

/** Capitalised, and all that stands between two commas or ends of sentences. */
const fillsItem = ({ from, to }: Reading, tokens: readonly Token[]): boolean =>
  tokens[from]!.capital &&
  (from === 0 || /[^\s'"“‘]/.test(tokens[from]!.gap)) &&
  (to === tokens.length || /^[,.!?;:/)…]/.test(tokens[to]!.gap));

const announcing = wordSet('movie film flick called titled named rewatch rewatched eg aka');
const films = wordSet(`
  movie movies film films flick flicks something anything stuff things ones those comedies dramas thrillers
  westerns classics stories cartoons musicals more movis
`);

/** `movies like Heat`, `such as Heat`, `the film Heat`, `that Heat movie`. */
function isAnnounced({ from, to }: Reading, tokens: readonly Token[]): boolean {
  const [beforeLast, last] = [tokens[from - 2]?.word ?? '', tokens[from - 1]?.word ?? ''];
  if (from > 0 && beginsSentence(tokens, from)) return false;
  if (last === 'like') return films.has(beforeLast) || isGenreWord(beforeLast);
  if (last === 'as') return beforeLast === 'such';
  const behind = tokens[to]?.word ?? '';
  return announcing.has(last) || (last === 'that' && ['movie', 'film'].includes(behind));
}

const joining = wordSet(`
  and or nor n is was are were r but because cause cuz though too so which please movie film again anytime etc
  for with just not no did made
`);

/** Whether the name is all of its phrase, so that `heat waves` does not name Heat. */
function standsAlone({ to }: Reading, tokens: readonly Token[]): boolean {
  const next = tokens[to];
  return next === undefined || /[^\s]/.test(next.gap) || joining.has(next.word);
}
