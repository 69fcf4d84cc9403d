/**
 * What a self-description says: films and genres liked and disliked, an era, whether popularity counts. A pure
 * function of the text.
 */

import { attitudes, type Attitude, type Field } from './clauses.js';
import { qualifiers, restrictions } from './cues.js';
import { findEras, type Era } from './era.js';
import type { Genre } from './genre-words.js';
import { findGenres } from './genres.js';
import { popularityAt } from './popularity-words.js';
import type { TitleIndex } from './title-index.js';
import { tokensOf, type Token } from './tokens.js';

/** What the user API tells of a user, as far as it matters for taste. */
export interface SelfDescription {
  readonly likes: string | null;
  readonly dislikes: string | null;
  readonly age: number | null;
  readonly gender: string | null;
}

export interface Mention {
  readonly field: Field;
  /** UTF-16 units of that field, [start, end). */
  readonly start: number;
  readonly end: number;
  readonly attitude: Attitude;
  /** What is meant. */
  readonly of:
    | { readonly kind: 'title'; readonly film: number }
    | { readonly kind: 'genre'; readonly genres: readonly Genre[] }
    | { readonly kind: 'era'; readonly era: Era }
    | { readonly kind: 'popularity'; readonly popular: boolean };
}

export interface GenreTaste {
  readonly genre: Genre;
  /** 0.5 for what is only half said (`cheesy comedies`), else 1. */
  readonly strength: number;
}

export interface Profile {
  /** Films by their number in the title index, each once, in order of mention. */
  readonly likedTitles: readonly number[];
  readonly dislikedTitles: readonly number[];
  readonly likedGenres: readonly GenreTaste[];
  readonly dislikedGenres: readonly GenreTaste[];
  readonly era: Era | null;
  /** Null when the text does not say. */
  readonly popular: boolean | null;
  readonly age: number | null;
  readonly gender: string | null;
  readonly mentions: readonly Mention[];
}

const QUALIFIED = 0.5;

/** Never throws; of a longer text only the first 10,000 characters of each field count. */
export function profileOf({ likes, dislikes, age, gender }: SelfDescription, titles: TitleIndex): Profile {
  const mentions = [...mentionsIn(likes ?? '', 'likes', titles), ...mentionsIn(dislikes ?? '', 'dislikes', titles)];
  const films = summed(mentions, (mention) => (mention.of.kind === 'title' ? [mention.of.film] : []));
  const genres = summed(mentions, (mention) => (mention.of.kind === 'genre' ? mention.of.genres : []));
  const tastes = (sign: number): GenreTaste[] =>
    [...genres].flatMap(([genre, attitude]) =>
      attitude * sign > 0 ? [{ genre, strength: Math.min(1, Math.abs(attitude)) }] : [],
    );
  return {
    likedTitles: [...films].flatMap(([film, attitude]) => (attitude > 0 ? [film] : [])),
    dislikedTitles: [...films].flatMap(([film, attitude]) => (attitude < 0 ? [film] : [])),
    likedGenres: tastes(1),
    dislikedGenres: tastes(-1),
    era: eraOf(mentions),
    popular: popularOf(mentions),
    ...{ age, gender, mentions },
  };
}

function mentionsIn(text: string, field: Field, titles: TitleIndex): Mention[] {
  const tokens = tokensOf(text);
  const named = titles.find(tokens);
  const inTitle = new Uint8Array(tokens.length);
  for (const { from, to } of named) inTitle.fill(1, from, to);
  const taken = (token: number): boolean => inTitle[token] === 1;
  const genres = findGenres(tokens, taken);
  const inMention = inTitle.slice();
  for (const { from, to } of genres) inMention.fill(1, from, to);
  const attitude = attitudes(tokens, field, taken, (token) => inMention[token] === 1);

  const mention = (from: number, to: number, strength: number, of: Mention['of']): Mention => ({
    field,
    start: tokens[from]!.start,
    end: tokens[to - 1]!.end,
    attitude: attitude[from]! * strength,
    of,
  });
  return [
    ...named.map(({ film, from, to }) => mention(from, to, 1, { kind: 'title', film })),
    ...genres.map(({ genres, from, to }) =>
      mention(from, to, attitude[from]! < 0 && isQualified(tokens, from, to) ? QUALIFIED : 1, {
        kind: 'genre',
        genres,
      }),
    ),
    ...findEras(tokens, taken).map(({ at, from, to }) => mention(at, at + 1, 1, { kind: 'era', era: { from, to } })),
    ...tokens.flatMap((_, at) => {
      const popular = taken(at) ? undefined : popularityAt(tokens, at);
      return popular === undefined ? [] : [mention(at, at + 1, 1, { kind: 'popularity', popular })];
    }),
  ].sort((a, b) => a.start - b.start);
}

/** Whether only some films of the genre are meant: `generic thrillers`, `dramas that drag on`. */
function isQualified(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from - 1; at >= Math.max(0, from - 3); at--) {
    if (/[.!?;]/.test(tokens[at + 1]!.gap)) break;
    if (qualifiers.has(tokens[at]!.word)) return true;
  }
  const behind = tokens.slice(to, to + 2).filter(({ gap }) => !/[.,!?;]/.test(gap));
  return behind.some(({ word }) => restrictions.has(word));
}

/** The strongest liking less the strongest dislike of each thing; half a dislike takes nothing from what is liked. */
function summed<Thing>(
  mentions: readonly Mention[],
  things: (mention: Mention) => readonly Thing[],
): Map<Thing, Attitude> {
  const tally = new Map<Thing, { liked: number; disliked: number }>();
  for (const mention of mentions) {
    for (const thing of things(mention)) {
      const before = tally.get(thing) ?? { liked: 0, disliked: 0 };
      tally.set(thing, {
        liked: Math.max(before.liked, mention.attitude),
        disliked: Math.max(before.disliked, -mention.attitude),
      });
    }
  }
  return new Map(
    [...tally].map(([thing, { liked, disliked }]) => [thing, liked > 0 && disliked < 1 ? liked : liked - disliked]),
  );
}

/** From the first to the last of the decades that are liked, or what `old` and `recent` mean where none is named. */
function eraOf(mentions: readonly Mention[]): Era | null {
  const liked = mentions.flatMap(({ of, attitude }) => (of.kind === 'era' && attitude > 0 ? [of.era] : []));
  const decades = liked.filter(({ from, to }) => to - from < 10);
  const eras = decades.length > 0 ? decades : liked;
  if (eras.length === 0) return null;
  return { from: Math.min(...eras.map(({ from }) => from)), to: Math.max(...eras.map(({ to }) => to)) };
}

/** What the likes say goes before what the dislikes say. */
function popularOf(mentions: readonly Mention[]): boolean | null {
  const said = mentions.find(({ of, attitude }) => of.kind === 'popularity' && attitude !== 0);
  return said?.of.kind === 'popularity' ? said.of.popular === said.attitude > 0 : null;
}
