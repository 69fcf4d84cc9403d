/**
 * What of a model's answer counts: films of the catalogue, genres of the site, years, a yes or no. The rest is dropped. So the
 * worst that a text can make a model say is a taste that its writer does not have.
 */

import type { Era } from '../era.js';
import { genreNames, type Genre } from '../genre-words.js';
import { genreOf } from '../genres.js';
import type { TitleIndex } from '../title-index.js';
import { tokensOf } from '../tokens.js';
import type { Answer } from './prompt.js';

/** Titles of a list that are looked at. */
export const TITLES_MAX = 20;
/** No title is longer; it bounds the work, too. */
const TITLE_CHARS_MAX = 150;
const [YEAR_MIN, YEAR_MAX] = [1870, 2100];

export interface Accepted {
  /** Films by their number in the title index, each once. What is liked and disliked at once is neither. */
  readonly likedTitles: readonly number[];
  readonly dislikedTitles: readonly number[];
  readonly likedGenres: readonly Genre[];
  readonly dislikedGenres: readonly Genre[];
  readonly era: Era | null;
  readonly popular: boolean | null;
}

export function accept(answer: Answer, titles: TitleIndex): Accepted {
  const films = taken(answer.likedTitles ?? [], answer.dislikedTitles ?? [], TITLES_MAX, ({ title, year }) =>
    filmNamed(title, year, titles),
  );
  const genres = taken(answer.likedGenres ?? [], answer.dislikedGenres ?? [], genreNames.length, (name) =>
    genreOf(name.trim()),
  );
  return {
    ...{ likedTitles: films.liked, dislikedTitles: films.disliked },
    ...{ likedGenres: genres.liked, dislikedGenres: genres.disliked },
    ...{ era: eraOf(answer.era), popular: answer.popular ?? null },
  };
}

function taken<Said, Thing extends number | string>(
  likes: readonly Said[],
  dislikes: readonly Said[],
  most: number,
  thingOf: (said: Said) => Thing | undefined,
): { liked: Thing[]; disliked: Thing[] } {
  const thingsOf = (said: readonly Said[]): Set<Thing> => new Set(said.slice(0, most).flatMap((s) => thingOf(s) ?? []));
  const [pro, contra] = [thingsOf(likes), thingsOf(dislikes)];
  return {
    liked: [...pro].filter((thing) => !contra.has(thing)),
    disliked: [...contra].filter((thing) => !pro.has(thing)),
  };
}

/** The film that all of a title names, as if it stood in quotation marks with its year behind it. */
function filmNamed(title: string, year: number | null, titles: TitleIndex): number | undefined {
  if (title.length > TITLE_CHARS_MAX) return undefined;
  const [, name = '', yearBehind] = /^([^]*?)(?:\s*\((\d{4})\))?\s*$/.exec(title)!;
  // Without marks that end a sentence or a quotation: `Mamma Mia! …`
  const words = name.replace(/[^\p{L}\p{N}\p{M}&'’.*]+/gu, ' ').trim();
  const released = year ?? Number(yearBehind);
  return filmQuoted(words, released, titles) ?? filmQuoted(words.replace(/^(the|an?) /i, ''), released, titles);
}

function filmQuoted(words: string, year: number, titles: TitleIndex): number | undefined {
  const { length } = tokensOf(words);
  const tokens = tokensOf(isYear(year) ? `"${words}" (${year})` : `"${words}"`);
  return titles.find(tokens).find(({ from, to }) => from === 0 && to === length)?.film;
}

const isYear = (year: number): boolean => Number.isInteger(year) && year >= YEAR_MIN && year <= YEAR_MAX;

const eraOf = (era: Era | null | undefined): Era | null =>
  era && isYear(era.from) && isYear(era.to) && era.from <= era.to ? { from: era.from, to: era.to } : null;
