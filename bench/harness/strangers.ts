/** Columns for strangers, and what strangers say, of any number of films without their data. */

import { coldColumns } from '../../src/cold/columns.js';
import { random, type Random } from '../../src/core/random.js';
import type { Cold } from '../../src/registry/model.js';
import type { StoredProfile } from '../../src/store/profiles.js';
import { genreNames } from '../../src/text/genre-words.js';

/** Columns of the text encoder, as training makes them. */
const TEXT = 64;
/** Likes of the film most liked; of a film of rank r, as `histories` draws them: a share of 1/(1 + 150·r/films). */
const MOST_LIKES = 300;
/**
 * Against which the weights are, as with iALS: the scores of `trainedLike` are near 1.
 * The weights themselves are those that training gives to a model of the bundled data.
 */
const WEIGHTS = {
  ...{ prior: 0.0166, genre: 0.0133, text: 0.0166, era: 0.0083, group: 0.0083 },
  ...{ dislikedGenre: 0.0133, popular: 0.0208, unpopular: 0.01 },
};

/** Rows in the order of popularity: one to three genres, a random direction for the text, a decade, small lifts, likes by rank. */
export function coldLike(films: number, seed: number): Cold {
  const draw = random(seed);
  const at = coldColumns(TEXT);
  const columns = new Float32Array(films * at.count);
  for (let row = 0; row < films; row++) {
    const own = columns.subarray(row * at.count, (row + 1) * at.count);
    const genres = genresOf(draw);
    for (const genre of genres) own[at.genres + genre] = 1 / Math.sqrt(genres.length);
    const text = Float32Array.from({ length: TEXT }, () => draw.normal());
    const norm = Math.sqrt(text.reduce((sum, x) => sum + x * x, 0));
    own.set(
      text.map((x) => x / norm),
      at.text,
    );
    own[at.decades + 5 + draw.integer(11)] = 1;
    for (let group = at.groups; group < at.popularity; group++) own[group] = 0.1 * draw.normal();
    own[at.popularity] = Math.log((1 + MOST_LIKES / (1 + (150 * row) / films)) / (1 + MOST_LIKES));
  }
  return { weights: WEIGHTS, columns };
}

const genresOf = ({ integer }: Random): number[] => [
  ...new Set(Array.from({ length: 1 + integer(3) }, () => integer(genreNames.length))),
];

/** Three genres, one of them disliked, two of the better known films, age and gender. */
export function saidBy(user: number, films: number): StoredProfile {
  const draw = random(user);
  const film = (): number => draw.integer(Math.min(films, 1000));
  const [first, second, third] = [film(), film(), film()];
  const genres = genresOf(draw).map((genre, i) => [genre, i === 2 ? -1 : 1] as const);
  return {
    ...{ likedFilms: [first, second], dislikedFilms: [third], genres, era: null, popular: null },
    ...{ age: 18 + draw.integer(60), gender: 'F' },
  };
}
