/**
 * A model for people of whom nothing is known but what they say: an item matrix whose columns are the collaborative
 * ones of a trained model and, beside them, what texts can name. The score of item j is x·y_j, as that of any model:
 *
 *     y_j = ( the model's row | genres | text | decades | groups | log-popularity )
 *
 * so that one vector a user, made off the path of requests (cold-vector.ts), is all that serving needs.
 */

import type { Model } from '../registry/model.js';
import { genreNames } from '../text/genre-words.js';
import { genreOf } from '../text/genres.js';
import { groupCount } from './group-lift.js';
import type { ColdParameters } from './parameters.js';

/** What is known of a row of the model beside who watched it. */
export interface ColdFilm {
  /** In the site's or MovieLens' words. */
  readonly genres: readonly string[];
  readonly year: number | null;
  /** t × f32 of length 1, or 0: the text encoder's. */
  readonly text: Float32Array;
}

export interface ColdSource {
  readonly model: Model;
  /** By row of the model. */
  readonly films: readonly ColdFilm[];
  /** By row: likes in training; where the log holds no ratings, interactions. */
  readonly likes: Float64Array;
  /** Rows × groupCount (group-lift.ts); absent where nothing is known of users. */
  readonly lifts?: Float32Array;
}

/** Where each kind of columns begins; the last number is that of all columns. */
export interface ColdColumns {
  readonly genres: number;
  readonly text: number;
  readonly decades: number;
  readonly groups: number;
  readonly popularity: number;
  readonly count: number;
}

export interface ColdModel {
  readonly columns: ColdColumns;
  /** Rows × columns.count, row-major f32. */
  readonly items: Float32Array;
}

export const decadeCount = 20;
const FIRST_DECADE = 1870;
/** Column of a year among the decades; years before and after count as the first and the last. */
export const decadeOf = (year: number): number =>
  Math.min(decadeCount - 1, Math.max(0, Math.floor((year - FIRST_DECADE) / 10)));

export function createColdModel({ model, films, likes, lifts }: ColdSource, parameters: ColdParameters): ColdModel {
  const { prior, genre, text, era, group } = parameters;
  const d = model.dimensions;
  const columns = columnsOf(d, films[0]?.text.length ?? 0);
  const most = likes.reduce((a, b) => Math.max(a, b), 0);
  const items = new Float32Array(films.length * columns.count);
  for (const [row, film] of films.entries()) {
    const y = items.subarray(row * columns.count, (row + 1) * columns.count);
    y.set(model.items.subarray(row * d, (row + 1) * d));
    const numbers = genreNumbers(film.genres);
    for (const number of numbers) y[columns.genres + number] = (prior * genre) / Math.sqrt(numbers.length);
    for (const [k, value] of film.text.entries()) y[columns.text + k] = prior * text * value;
    if (film.year !== null) y[columns.decades + decadeOf(film.year)] = prior * era;
    y[columns.popularity] = prior * Math.log((1 + likes[row]!) / (1 + most));
    for (let g = 0; g < groupCount; g++) y[columns.groups + g] = prior * group * (lifts?.[row * groupCount + g] ?? 0);
  }
  return { columns, items };
}

function columnsOf(model: number, text: number): ColdColumns {
  const genres = model;
  const texts = genres + genreNames.length;
  const decades = texts + text;
  const groups = decades + decadeCount;
  const popularity = groups + groupCount;
  return { genres, text: texts, decades, groups, popularity, count: popularity + 1 };
}

/** Each once; what is no genre of the site is left out. */
function genreNumbers(genres: readonly string[]): number[] {
  const known = genres.flatMap((name) => genreOf(name) ?? []);
  return [...new Set(known)].map((name) => genreNames.indexOf(name));
}

/** Scores of all rows, f32, for a vector of cold-vector.ts. */
export function coldScores({ items, columns: { count } }: ColdModel, vector: Float32Array): Float32Array {
  const scores = new Float32Array(items.length / count);
  // A text names few genres and decades: most columns are not asked.
  const asked = Int32Array.from(vector.keys()).filter((k) => vector[k] !== 0);
  const weights = Float64Array.from(asked, (k) => vector[k]!);
  for (let row = 0; row < scores.length; row++) {
    let score = 0;
    for (let i = 0; i < asked.length; i++) score += weights[i]! * items[row * count + asked[i]!]!;
    scores[row] = score;
  }
  return scores;
}
