/** Cuts free text into words that compare: lower case, no accents, and where each stands in the text. */

/** What is longer is cut: nobody describes a taste in more, and the work grows with the length. */
export const TEXT_CHARS_MAX = 10_000;
/** What stands between quotation marks and has more words is no title. */
const QUOTED_WORDS_MAX = 12;

export interface Token {
  /** Letters a-z and those of other scripts, digits; apostrophes and accents dropped. Never empty. */
  readonly word: string;
  /** UTF-16 units of the text, [start, end). */
  readonly start: number;
  readonly end: number;
  /** Begins with a capital letter or a digit. */
  readonly capital: boolean;
  /** What stands between this token and the one before it (or the beginning): blanks and punctuation. */
  readonly gap: string;
  /** Which quotation of the text it stands in, from 0; -1 for none. */
  readonly quotation: number;
}

/** Letters and digits with apostrophes inside, or an ampersand. Both parts begin differently: linear time. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’`][\p{L}\p{N}\p{M}]+)*|&/gu;
/** Closing mark by opening mark. */
const QUOTES = new Map(['""', "''", '``', '**', '__', '“”', '‘’', '«»', '„“'].map(([open, close]) => [open!, close!]));

export function tokensOf(text: string): Token[] {
  const cut = text.slice(0, TEXT_CHARS_MAX);
  const tokens: Token[] = [];
  let end = 0;
  for (const match of cut.matchAll(WORD)) {
    const word = normalise(match[0]);
    if (word === '') continue;
    const start = match.index;
    const gap = cut.slice(end, start);
    end = start + match[0].length;
    const previous = tokens.at(-1);
    if (previous !== undefined && areInitials(previous, gap, match[0])) {
      tokens[tokens.length - 1] = { ...previous, word: previous.word + word, end };
    } else {
      tokens.push({ word, start, end, capital: /^[\p{Lu}\p{N}]/u.test(match[0]), gap, quotation: -1 });
    }
  }
  return withQuotations(tokens, cut);
}

/** Lower case without accents and apostrophes; `&` is `and`; letters held down (`sooo`) are let go. */
function normalise(raw: string): string {
  if (raw === '&') return 'and';
  const plain = raw
    // Accents that stand by themselves go first: thousands on one letter would be put in order.
    .replace(/\p{M}+/gu, '')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
  return /^(?:i{3}|x{3}|\d+)$/.test(plain) ? plain : plain.replace(/(\p{L})\1{2,}/gu, '$1');
}

/** `L.A.`, `E.T.`, `M*A*S*H`: single letters with nothing but a mark between them are one word. */
function areInitials(previous: Token, gap: string, raw: string): boolean {
  if (gap !== '.' && gap !== '*') return false;
  const isOnlyInitials = previous.end - previous.start === 2 * previous.word.length - 1;
  return raw.length === 1 && /\p{L}/u.test(raw) && isOnlyInitials;
}

/** A quotation opens before a word that begins after a blank, and closes after a word with no letter behind it. */
function withQuotations(tokens: readonly Token[], text: string): Token[] {
  const quoted = [...tokens];
  let quotations = 0;
  for (let first = 0; first < quoted.length; first++) {
    const { start, gap, quotation } = quoted[first]!;
    const mark = gap.at(-1);
    const close = mark === undefined ? undefined : QUOTES.get(mark);
    if (quotation >= 0 || close === undefined || (gap.length === 1 && start > 1)) continue;
    const last = closedAt(quoted, first, close, text);
    if (last === undefined) continue;
    for (let i = first; i <= last; i++) quoted[i] = { ...quoted[i]!, quotation: quotations };
    quotations++;
  }
  return quoted;
}

/** The last token of the quotation that begins with token `first`, if it ends soon. */
function closedAt(tokens: readonly Token[], first: number, mark: string, text: string): number | undefined {
  for (let i = first; i < Math.min(tokens.length, first + QUOTED_WORDS_MAX); i++) {
    const after = tokens[i + 1]?.gap ?? text.slice(tokens[i]!.end);
    // Punctuation of the sentence may stand before the mark: 'Se7en,'
    const close = after.search(/[^.,!?…)]/u);
    if (close >= 0 && after[close] === mark) return i;
  }
  return undefined;
}

/** Whether a sentence ends between a token and the next: not after an abbreviation such as `Dr.` */
export const endsSentence = (before: Token, gap: string): boolean =>
  /[!?;\n]|\.{2,}|…/u.test(gap) || (gap.includes('.') && !isAbbreviation(before));

const isAbbreviation = ({ word, start, end }: Token): boolean =>
  abbreviations.has(word) || (word.length < 4 && end - start === 2 * word.length - 1);

const abbreviations = new Set([
  'mr',
  'mrs',
  'ms',
  'dr',
  'st',
  'vs',
  'jr',
  'sr',
  'lt',
  'sgt',
  'vol',
  'pt',
  'no',
  'eg',
  'ie',
]);
