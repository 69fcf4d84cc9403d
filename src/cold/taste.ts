/** A profile as a stranger's vector is made of it. */

import { genreNames } from '../text/genre-words.js';
import type { Profile } from '../text/profile.js';
import type { Taste } from './cold-vector.js';

/** @param profile its titles are rows of the model */
export function tasteOf(profile: Profile): Taste {
  const { likedTitles, likedGenres, dislikedGenres, era, popular, age, gender } = profile;
  const genres = [
    ...likedGenres.map(({ genre, strength }) => [genreNames.indexOf(genre), strength] as const),
    ...dislikedGenres.map(({ genre, strength }) => [genreNames.indexOf(genre), -strength] as const),
  ];
  return { likedRows: likedTitles, genres, era, popular, age, gender };
}
