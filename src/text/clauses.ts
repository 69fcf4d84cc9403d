/**
 * Whether each word of a description stands for something liked or disliked. The field it stands in says so by
 * itself; cues turn it:
 * 1. The text is cut into clauses, at ends of sentences and before `but`.
 * 2. Cues are found in each, longest first: phrases of cues.ts, and negators before a verb of liking.
 * 3. Each word takes the attitude of the last cue before it, else the field's; a cue that looks back
 *    (`… is not for me`) colours what stands before it.
 */

import {
  adverbs,
  bareNegations,
  contrasts,
  cuePhrases,
  dislikingWords,
  likingWords,
  negators,
  type CueKind,
} from './cues.js';
import { endsSentence, type Token } from './tokens.js';

export type Field = 'likes' | 'dislikes';

/** From -1, disliked, to 1, liked; 0 says nothing. */
export type Attitude = number;

interface Cue {
  readonly kind: CueKind;
  /** Tokens [from, to). */
  readonly from: number;
  readonly to: number;
}

const PHRASE_WORDS_MAX = 5;
const ADVERBS_MAX = 3;
const LET_PASS = 0.5;

/**
 * One attitude for each token.
 * @param taken tokens that belong to titles: `Never Been Kissed` denies nothing
 * @param said tokens that belong to any mention, of a title or a genre
 */
export function attitudes(
  tokens: readonly Token[],
  field: Field,
  taken: (token: number) => boolean,
  said: IsSaid,
): Float32Array {
  const own: Attitude = field === 'likes' ? 1 : -1;
  const out = new Float32Array(tokens.length).fill(own);
  for (const [from, to] of clausesOf(tokens, taken))
    colour(out, cuesIn(tokens, from, to, taken, said), tokens, from, to, field, said);
  return out;
}

/** Token ranges [from, to). */
function* clausesOf(tokens: readonly Token[], taken: (token: number) => boolean): Generator<[number, number]> {
  let from = 0;
  for (let at = 1; at <= tokens.length; at++) {
    const isEnd =
      at === tokens.length ||
      (!(taken(at) && taken(at - 1)) &&
        (endsSentence(tokens[at - 1]!, tokens[at]!.gap) ||
          (contrasts.has(tokens[at]!.word) && !taken(at) && !anyWords.has(tokens[at - 1]!.word))));
    if (!isEnd) continue;
    yield [from, at];
    from = at;
  }
}

const anyWords = new Set(['anything', 'everything', 'all', 'nothing', 'any', 'whatever']);

/** Where a token stands in a mention. */
export type IsSaid = (token: number) => boolean;

/** Words between a bare `no` and what it denies: `no more cheesy musicals`. */
const BARE_REACH = 3;

function counts({ kind, from, to }: Cue, tokens: readonly Token[], end: number, said: IsSaid): boolean {
  if (kind !== 'against' || to - from > 1 || !bareNegations.has(tokens[from]!.word)) return true;
  for (let at = to; at < Math.min(end, to + BARE_REACH); at++) if (said(at)) return true;
  return false;
}

function cuesIn(
  tokens: readonly Token[],
  from: number,
  to: number,
  taken: (token: number) => boolean,
  said: IsSaid,
): Cue[] {
  const cues: Cue[] = [];
  for (let at = from; at < to;) {
    const cue = taken(at) ? undefined : (negatedAt(tokens, at, to) ?? phraseAt(tokens, at, to, taken));
    if (cue !== undefined && counts(cue, tokens, to, said)) cues.push(cue);
    at = cue?.to ?? at + 1;
  }
  // `Drama over action` compares only what is preferred.
  const preference = cues.find(({ kind }) => kind === 'for')?.from ?? to;
  return cues.filter(({ kind, from: at }) => kind !== 'none' && (kind !== 'than' || at > preference));
}

function phraseAt(
  tokens: readonly Token[],
  at: number,
  end: number,
  taken: (token: number) => boolean,
): Cue | undefined {
  for (let words = Math.min(PHRASE_WORDS_MAX, end - at); words > 0; words--) {
    const parts = tokens.slice(at, at + words);
    if (parts.some((_, i) => taken(at + i))) continue;
    const kind = cuePhrases.get(parts.map(({ word }) => word).join(' '));
    if (kind !== undefined) return { kind, from: at, to: at + words };
  }
  return undefined;
}

/** `don't really like`, `not a big fan`; what phrases of their own say otherwise goes before. */
function negatedAt(tokens: readonly Token[], at: number, end: number): Cue | undefined {
  const isDoNot = ['do', 'does', 'did', 'am', 'is', 'are'].includes(tokens[at]!.word) && tokens[at + 1]?.word === 'not';
  if (!negators.has(tokens[at]!.word) && !isDoNot) return undefined;
  let verb = at + (isDoNot ? 2 : 1);
  for (let i = 0; i < ADVERBS_MAX && adverbs.has(tokens[verb]?.word ?? '') && verb < end; i++) verb++;
  if (verb >= end) return undefined;
  if (dislikingWords.has(tokens[verb]!.word)) return { kind: 'not-against', from: at, to: verb + 1 };
  if (!likingWords.has(tokens[verb]!.word)) return undefined;
  if (tokens[verb]!.word === 'get' && tokens[verb + 1]?.word === 'enough') return undefined;
  let to = verb + 1;
  while (to < end && ['fan', 'of', 'for', 'on', 'into', 'about', 'in'].includes(tokens[to]!.word)) to++;
  return { kind: 'against', from: at, to };
}

function colour(
  out: Float32Array,
  cues: readonly Cue[],
  tokens: readonly Token[],
  from: number,
  to: number,
  field: Field,
  said: IsSaid,
): void {
  let firstSaid = from;
  while (firstSaid < to && !said(firstSaid)) firstSaid++;
  let start = from;
  for (const [i, cue] of cues.entries()) {
    if (cue.kind === 'for-before' || cue.kind === 'against-before') {
      // Others' praise does not count among dislikes, unless it is held against them: `…, but comedies are fine`.
      const isDoubtful = cue.kind === 'for-before' && field === 'dislikes' && !contrasts.has(tokens[from]!.word);
      if (!isDoubtful) out.fill(cue.kind === 'for-before' ? 1 : -1, start, cue.from);
      start = cue.to;
      continue;
    }
    const next = cues[i + 1]?.from ?? to;
    const reach = isPassing(cue, tokens, from) ? passingEnd(tokens, cue.to, next) : next;
    out.fill(attitudeOf(cue, tokens, field, firstSaid < cue.from), cue.to, reach);
    start = cue.to;
  }
}

/** Among dislikes only what the writer likes is taken out, not what others love. */
const isOwnWord = (tokens: readonly Token[], at: number): boolean =>
  ['i', 'prefer', 'rather'].includes(tokens[at]!.word);

/**
 * @param fromWhat whether something is named before the cue: `no horror except …` takes out, `little puts me off
 * except …` does not
 */
function attitudeOf({ kind, from }: Cue, tokens: readonly Token[], field: Field, fromWhat: boolean): Attitude {
  if (kind === 'for') return field === 'likes' || isOwnWord(tokens, from) ? 1 : -1;
  if (kind === 'than') return field === 'likes' ? -LET_PASS : -1;
  if (kind === 'not-against') return field === 'likes' ? 1 : -1;
  if (kind === 'pardon') return field === 'likes' ? LET_PASS : 0;
  // `I watch anything except horror` says the same in either field.
  const takesOut = anyWords.has(tokens[from]!.word) || anyWords.has(tokens[from - 1]?.word ?? '');
  if (kind === 'except' && field === 'dislikes' && !takesOut && fromWhat) return LET_PASS;
  return -1;
}

/** A bare `no` in the middle of a list denies its neighbours, not the rest of the clause. */
const isPassing = ({ kind, from, to }: Cue, tokens: readonly Token[], clause: number): boolean =>
  kind === 'against' &&
  to - from === 1 &&
  ['no', 'not', 'without', 'minus', 'less'].includes(tokens[from]!.word) &&
  from > clause;

/** The first comma that neither `or` nor `and` follows. */
function passingEnd(tokens: readonly Token[], at: number, end: number): number {
  for (let i = at + 1; i < end; i++) {
    if (tokens[i]!.gap.includes(',') && !['or', 'nor', 'and'].includes(tokens[i]!.word)) return i;
  }
  return end;
}
