/** What of a profile is stored: numbers alone, independent of any model. */

import { FILMS_MAX } from '../../store/profile-codec.js';
import type { StoredProfile } from '../../store/profiles.js';
import { genreNames } from '../../text/genre-words.js';
import type { GenreTaste, Profile } from '../../text/profile.js';

/** Undefined when nothing at all is known. `profile` numbers films as the state does. */
export function storedProfileOf(profile: Profile): StoredProfile | undefined {
  const { era, popular, age, gender } = profile;
  const likedFilms = profile.likedTitles.slice(0, FILMS_MAX);
  const dislikedFilms = profile.dislikedTitles.slice(0, FILMS_MAX);
  const genres = [...tastes(profile.likedGenres, 1), ...tastes(profile.dislikedGenres, -1)];
  const said = [...likedFilms, ...dislikedFilms, ...genres];
  if (said.length === 0 && [era, popular, age, gender].every((fact) => fact === null)) return undefined;
  return { likedFilms, dislikedFilms, genres, era, popular, age: age === null ? null : Math.floor(age), gender };
}

const tastes = (genres: readonly GenreTaste[], sign: 1 | -1): [genre: number, strength: number][] =>
  genres.map(({ genre, strength }) => [genreNames.indexOf(genre), sign * (strength > 0.5 ? 1 : 0.5)]);
