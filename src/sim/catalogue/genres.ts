/** Genres as the site's film API names them, with their numbers there, and how MovieLens' and Wikipedia's names translate. */

export const genreNumbers: Readonly<Record<string, number>> = {
  Action: 28,
  Adventure: 12,
  Animation: 16,
  Comedy: 35,
  Crime: 80,
  Documentary: 99,
  Drama: 18,
  Family: 10751,
  Fantasy: 14,
  History: 36,
  Horror: 27,
  Music: 10402,
  Mystery: 9648,
  Romance: 10749,
  'Science Fiction': 878,
  Thriller: 53,
  War: 10752,
  Western: 37,
};

export const genreNames = Object.keys(genreNumbers);

/** How often an invented film has each of `genreNames`, in their order. */
export const genreWeights = [16, 11, 5, 27, 13, 8, 57, 6, 7, 5, 8, 4, 6, 18, 7, 18, 5, 3];

const translations: Readonly<Record<string, string>> = {
  Animated: 'Animation',
  Children: 'Family',
  "Children's": 'Family',
  'Film-Noir': 'Crime',
  Historical: 'History',
  'Martial Arts': 'Action',
  Musical: 'Music',
  Noir: 'Crime',
  'Sci-Fi': 'Science Fiction',
  Slasher: 'Horror',
  Superhero: 'Action',
  Suspense: 'Thriller',
};

/** Names that the site does not know (IMAX, Silent) are dropped. */
export function siteGenres(genres: readonly string[]): string[] {
  const translated = genres.map((genre) => translations[genre] ?? genre);
  return [...new Set(translated)].filter((genre) => genre in genreNumbers);
}
