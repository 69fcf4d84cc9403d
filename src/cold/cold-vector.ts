/** From what a user says to the user's vector in the columns of a cold model. */

import type { Profile } from '../text/profile.js';
import { genreNames } from '../text/genre-words.js';
import { decadeCount, decadeOf, type ColdFilm, type ColdModel } from './cold-model.js';
import { groupsOf } from './group-lift.js';
import type { ColdParameters } from './parameters.js';

export interface ColdTools {
  /** By row of the model; the numbers of the profile's titles are rows. */
  readonly films: readonly ColdFilm[];
  /** The vector that the trained model's own encoder makes of these rows as a history, d × f32. */
  readonly encode: (rows: readonly number[]) => Float32Array;
  readonly parameters: ColdParameters;
}

/** columns.count × f32. Dislikes are subtracted. */
export function coldVector({ columns }: ColdModel, profile: Profile, tools: ColdTools): Float32Array {
  const { parameters } = tools;
  const vector = new Float32Array(columns.count);
  const add = (at: number, values: Float32Array, weight: number): void => {
    for (const [k, value] of values.entries()) vector[at + k]! += weight * value;
  };
  for (const [titles, weight] of [
    [profile.likedTitles, 1],
    [profile.dislikedTitles, -parameters.dislikedTitle],
  ] as const) {
    if (titles.length === 0) continue;
    add(0, tools.encode(titles), weight);
    for (const row of titles) add(columns.text, tools.films[row]!.text, weight / titles.length);
  }
  for (const { genre, strength } of profile.likedGenres)
    vector[columns.genres + genreNames.indexOf(genre)]! += strength;
  for (const { genre, strength } of profile.dislikedGenres) {
    vector[columns.genres + genreNames.indexOf(genre)]! -= parameters.dislikedGenre * strength;
  }
  if (profile.era !== null) {
    const [first, last] = [decadeOf(profile.era.from), decadeOf(profile.era.to)];
    for (let decade = first; decade <= Math.min(last, decadeCount - 1); decade++) vector[columns.decades + decade] = 1;
  }
  for (const group of groupsOf(profile)) vector[columns.groups + group] = 1;
  vector[columns.popularity] =
    profile.popular === null ? 1 : profile.popular ? parameters.popular : parameters.unpopular;
  return vector;
}
