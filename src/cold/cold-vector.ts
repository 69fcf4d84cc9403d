/**
 * From what a stranger says to the columns of their vector that stand behind the model's own. Every weight is here, on
 * the user's side; the items have facts.
 */

import type { ColdWeights } from '../registry/model.js';
import { coldColumnsOf, decadeOf, type ColdColumns, type ColdModel } from './columns.js';
import { groupsOf, type Person } from './group-lift.js';

export interface Taste extends Person {
  /** Rows of the model, in order of mention. */
  readonly likedRows: readonly number[];
  /** Index into genreNames, and −1…1: below 0 it is disliked. */
  readonly genres: readonly (readonly [genre: number, strength: number])[];
  /** Years of release, both included. */
  readonly era: { readonly from: number; readonly to: number } | null;
  /** Null when nothing was said of popularity. */
  readonly popular: boolean | null;
}

/**
 * Adds to `into` (columns.count × f32, zeroed) the columns that a taste names, times the weights. The collaborative part
 * is the model's own: its encoder over likedRows.
 * @param textOf the text columns of a row, t × f32
 */
export function fillColdColumns(
  into: Float32Array,
  columns: ColdColumns,
  weights: ColdWeights,
  taste: Taste,
  textOf: (row: number) => Float32Array,
): void {
  const { likedRows, genres, era, popular } = taste;
  for (const [genre, strength] of genres) {
    into[columns.genres + genre]! += strength * (strength < 0 ? weights.dislikedGenre : weights.genre);
  }
  for (const row of likedRows) {
    const text = textOf(row);
    for (let k = 0; k < text.length; k++) into[columns.text + k]! += (weights.text / likedRows.length) * text[k]!;
  }
  if (era !== null) {
    for (let decade = decadeOf(era.from); decade <= decadeOf(era.to); decade++) {
      into[columns.decades + decade]! += weights.era;
    }
  }
  for (const group of groupsOf(taste)) into[columns.groups + group]! += weights.group;
  into[columns.popularity]! += popular === null ? weights.prior : popular ? weights.popular : weights.unpopular;
}

/**
 * The whole vector, dimensions + columns.count × f32: what serving makes of a profile, made at once for evaluation.
 * @param encode the vector that the model's own encoder makes of rows as a history, oldest first, all weighing 1
 */
export function coldVector(
  model: ColdModel,
  taste: Taste,
  encode: (rows: readonly number[]) => Float32Array,
): Float32Array {
  const { dimensions: d, cold } = model;
  const columns = coldColumnsOf(model);
  const vector = new Float32Array(d + columns.count);
  if (taste.likedRows.length > 0) vector.set(encode(taste.likedRows));
  const textOf = (row: number): Float32Array =>
    cold.columns.subarray(row * columns.count + columns.text, row * columns.count + columns.decades);
  fillColdColumns(vector.subarray(d), columns, cold.weights, taste, textOf);
  return vector;
}

/** Scores of all rows, f32, for a vector of coldVector: the bias of the model has no part in them. */
export function coldScores({ dimensions: d, items, filmIds, cold }: ColdModel, vector: Float32Array): Float32Array {
  const scores = new Float32Array(filmIds.length);
  addScores(scores, items, vector.subarray(0, d));
  addScores(scores, cold.columns, vector.subarray(d));
  return scores;
}

function addScores(scores: Float32Array, matrix: Float32Array, vector: Float32Array): void {
  // A text names few genres and decades: most columns are not asked.
  const asked = Int32Array.from(vector.keys()).filter((k) => vector[k] !== 0);
  const weights = Float64Array.from(asked, (k) => vector[k]!);
  for (let row = 0; row < scores.length; row++) {
    let score = 0;
    for (let i = 0; i < asked.length; i++) score += weights[i]! * matrix[row * vector.length + asked[i]!]!;
    scores[row]! += score;
  }
}
