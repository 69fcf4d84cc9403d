/** What a viewer knows of the own taste: the genres that stand out, and some well-known films that pleased or did not. */

import { genreNames } from '../catalogue/genres.js';
import { drawsOf } from '../mix.js';
import type { SelfImage } from './self-image.js';
import type { Viewer } from './viewer.js';

/** Films that come to mind, by popularity. */
const REMEMBERED = 12;
const [PLEASED, DISAPPOINTED] = [0.65, 0.35];
const [DEAR, UNLOVED] = [0.55, 0.4];

export interface Memory {
  /** A film as viewers pick them: popular ones more often. */
  readonly pickFilm: (uniform: number) => number;
  readonly titleOf: (film: number) => string;
  /** By index of the film, 0 … 1. */
  readonly enjoyed: (film: number) => number;
}

export function portrait(
  seed: number,
  user: number,
  viewer: Viewer,
  { pickFilm, titleOf, enjoyed }: Memory,
): SelfImage {
  const draws = drawsOf(seed, 'image', user);
  const genres = genreNames
    .map((name, genre) => ({ name, liking: viewer.genres[genre]!, hated: (viewer.veto & (1 << genre)) !== 0 }))
    .sort((a, b) => b.liking - a.liking);
  const liked = genres.slice(0, 1 + draws.integer(3)).filter(({ liking }, i) => i === 0 || liking > DEAR);
  const disliked = genres
    .slice(-1 - draws.integer(3))
    .reverse()
    .filter(({ liking, hated }) => hated || liking < UNLOVED);

  const memories = [...new Set(Array.from({ length: REMEMBERED }, () => pickFilm(draws.uniform())))]
    .map((film) => ({ film, satisfaction: enjoyed(film) }))
    .sort((a, b) => b.satisfaction - a.satisfaction);
  const [best, worst] = [draws.integer(4), draws.integer(4)];
  const titles = (films: readonly { film: number }[]): string[] => films.map(({ film }) => titleOf(film));
  return {
    likedGenres: liked.map(({ name }) => name),
    dislikedGenres: disliked.map(({ name }) => name),
    likedTitles: titles(memories.slice(0, best).filter(({ satisfaction }) => satisfaction > PLEASED)),
    dislikedTitles: titles(
      memories
        .reverse()
        .slice(0, worst)
        .filter(({ satisfaction }) => satisfaction < DISAPPOINTED),
    ),
    likesPopular: viewer.mainstream > 0.6,
    era: viewer.year < 1980 ? 'old' : viewer.year > 2000 ? 'recent' : null,
  };
}
