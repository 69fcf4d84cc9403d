/** What users say they like and dislike: the same facts in different voices, some of them careless spellers. */

import type { Random } from '../../core/random.js';
import { oneOf } from '../mix.js';

export interface Tastes {
  /** Genres and titles, lists not empty. */
  readonly likedGenres: readonly string[];
  readonly dislikedGenres: readonly string[];
  readonly likedTitle: string;
  readonly dislikedTitle: string;
  readonly likesPopular: boolean;
}

type Voice = (tastes: Tastes) => { readonly likes: string; readonly dislikes: string };

const list = (genres: readonly string[], last = 'and'): string =>
  genres.length < 2 ? genres.join('') : `${genres.slice(0, -1).join(', ')} ${last} ${genres.at(-1)!}`;
const lower = (genres: readonly string[]): string[] => genres.map((genre) => genre.toLowerCase());

const voices: readonly Voice[] = [
  (t) => ({
    likes: `${list(t.likedGenres)}${t.likesPopular ? ', and whatever is popular' : ''}.`,
    dislikes: `${list(t.dislikedGenres, 'or')}.`,
  }),
  (t) => ({
    likes: `I enjoy ${list(lower(t.likedGenres))} films; '${t.likedTitle}' is the kind of thing I can watch twice.`,
    dislikes: `I would rather skip ${list(lower(t.dislikedGenres), 'or')} films such as '${t.dislikedTitle}'.`,
  }),
  (t) => ({
    likes: `omg ${t.likedTitle.toLowerCase()} is the best!! any ${list(lower(t.likedGenres), 'or')} is fine with me`,
    dislikes: `pls no ${list(lower(t.dislikedGenres), 'or')}, ${t.dislikedTitle.toLowerCase()} put me to sleep`,
  }),
  (t) => ({
    likes: `My evenings belong to ${list(lower(t.likedGenres))}. ${t.likesPopular ? 'The well-known ones first.' : 'The more obscure, the better.'}`,
    dislikes: `Life is too short for ${list(lower(t.dislikedGenres), 'or')}. I walked out of ${t.dislikedTitle}.`,
  }),
  (t) => ({
    likes: `Movie like ${t.likedTitle}. ${list(t.likedGenres)} good.`,
    dislikes: `Not ${list(t.dislikedGenres, 'or')}. Not like ${t.dislikedTitle}.`,
  }),
  (t) => ({
    likes: `Honestly I watch almost anything, but ${lower(t.likedGenres)[0]!} is my favorite.`,
    dislikes: `Can't really stand ${lower(t.dislikedGenres)[0]!}, sorry.`,
  }),
];

/** Leaves out, doubles or swaps one letter in about every eighth longer word. */
function misspell(text: string, draws: Random): string {
  return text.replace(/[a-z]{5,}/g, (word) => {
    if (draws.uniform() > 0.12) return word;
    const at = 1 + draws.integer(word.length - 2);
    const [before, letter, after] = [word.slice(0, at), word[at]!, word.slice(at + 1)];
    return oneOf(draws, [
      before + after,
      before + letter + letter + after,
      before + after[0]! + letter + after.slice(1),
    ]);
  });
}

const CARELESS_SHARE = 0.3;

export function describeTastes(tastes: Tastes, draws: Random): { readonly likes: string; readonly dislikes: string } {
  const { likes, dislikes } = oneOf(draws, voices)(tastes);
  if (draws.uniform() > CARELESS_SHARE) return { likes, dislikes };
  return { likes: misspell(likes, draws), dislikes: misspell(dislikes, draws) };
}
