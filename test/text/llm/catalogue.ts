/** A small catalogue and its title index, and descriptions to be read against it. */

import type { Profile, SelfDescription } from '../../../src/text/profile.js';
import { createTitleIndex } from '../../../src/text/title-index.js';

export const films = [
  { title: 'Star Wars', year: 1977, popularity: 900 },
  { title: 'The Matrix', year: 1999, popularity: 800 },
  { title: 'Heat', year: 1995, popularity: 400 },
  { title: 'Heat', year: 1986, popularity: 10 },
  { title: 'The Lord of the Rings: The Fellowship of the Ring', year: 2001, popularity: 700 },
  { title: 'Airplane!', year: 1980, popularity: 300 },
  { title: 'E.T. the Extra-Terrestrial', year: 1982, popularity: 500 },
  { title: 'Good, the Bad and the Ugly, The', year: 1966, popularity: 250 },
  { title: 'Mamma Mia! Here We Go Again', year: 2018, popularity: 90 },
  { title: 'Ronin', year: 1998, popularity: 80 },
] as const;

export const titles = createTitleIndex(films, new Set());

/** With what else is known of a user, which no request may hold. */
export const described = (likes: string, dislikes = ''): SelfDescription => ({
  ...{ likes, dislikes, age: 30, gender: 'F', occupation: 'librarian-of-alexandria' },
});

export const titlesOf = (numbers: readonly number[]): string[] =>
  numbers.map((film) => `${films[film]!.title} (${films[film]!.year})`);

/** What counts for a vector. */
export const tasteOf = ({ likedTitles, dislikedTitles, likedGenres, dislikedGenres, era, popular }: Profile) => ({
  likedTitles: titlesOf(likedTitles),
  dislikedTitles: titlesOf(dislikedTitles),
  likedGenres: likedGenres.map(({ genre }) => genre),
  dislikedGenres: dislikedGenres.map(({ genre }) => genre),
  era,
  popular,
});
