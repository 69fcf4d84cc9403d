/** What is known of films as columns that words can name (columns.ts): facts alone, no weights. */

import { genreNames } from '../text/genre-words.js';
import { genreOf } from '../text/genres.js';
import { coldColumns, decadeOf, type ColdColumns } from './columns.js';
import { groupCount } from './group-lift.js';

export interface ColdFilm {
  /** In the site's or MovieLens' words. */
  readonly genres: readonly string[];
  readonly year: number | null;
  /** t × f32 of length 1, or all 0: the text encoder's. */
  readonly text: Float32Array;
}

export interface ColdSource {
  /** By row of the model. */
  readonly films: readonly ColdFilm[];
  /** Likes in training, by row. */
  readonly likes: Float64Array;
  /** Rows × groupCount (group-lift.ts); absent where nothing is known of users. */
  readonly lifts?: Float32Array;
}

/** @returns rows × count, row-major f32 */
export function filmColumns({ films, likes, lifts }: ColdSource): Float32Array {
  const columns = coldColumns(films[0]?.text.length ?? 0);
  const most = likes.reduce((a, b) => Math.max(a, b), 0);
  const all = new Float32Array(films.length * columns.count);
  for (const [row, film] of films.entries()) {
    const own = all.subarray(row * columns.count, (row + 1) * columns.count);
    writeFacts(own, columns, film);
    if (lifts) own.set(lifts.subarray(row * groupCount, (row + 1) * groupCount), columns.groups);
    own[columns.popularity] = Math.log((1 + likes[row]!) / (1 + most));
  }
  return all;
}

/** The film's own part of its columns, which are 0. */
export function writeFacts(own: Float32Array, columns: ColdColumns, { genres, year, text }: ColdFilm): void {
  const numbers = genreNumbers(genres);
  for (const number of numbers) own[columns.genres + number] = 1 / Math.sqrt(numbers.length);
  own.set(text, columns.text);
  if (year !== null) own[columns.decades + decadeOf(year)] = 1;
}

/** Indexes into genreNames, each once; what is no genre of the site is left out. */
export function genreNumbers(genres: readonly string[]): number[] {
  const known = genres.flatMap((name) => genreOf(name) ?? []);
  return [...new Set(known)].map((name) => genreNames.indexOf(name));
}
