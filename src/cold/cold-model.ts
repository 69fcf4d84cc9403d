/** A trained model with the columns beside it that answer strangers, from the data it was trained on. */

import type { Interactions } from '../dataset/interactions.js';
import type { Model } from '../registry/model.js';
import { limits } from '../registry/validate.js';
import { learnTextEncoder, textOfFilm, type FilmText } from '../text/text-encoder.js';
import { coldColumns, type ColdModel } from './columns.js';
import { filmColumns, type ColdSource } from './film-columns.js';
import { groupLifts, type Person } from './group-lift.js';
import { filmLikes, likesOf } from './likes.js';
import { scoreUnit } from './score-unit.js';
import { coldWeights } from './weights.js';

export interface ColdData {
  /** Those that the model was trained on: its rows are their dense films. */
  readonly interactions: Interactions;
  /** What each film is about; nothing to read where nothing is known. */
  readonly texts: readonly FilmText[];
  readonly years: readonly (number | null)[];
  /** By dense user. */
  readonly people: readonly Person[];
}

/** More directions of the texts answered no better: docs/cold-start.md. */
const TEXT_COLUMNS = 64;
const TEXT_SEED = 1;

/** As it is, when everybody has the same vector in it, when it has no film, or no room for more dimensions. */
export function learnCold(model: Model, { interactions, texts, years, people }: ColdData): Model {
  const room = limits.dimensions - model.dimensions - coldColumns(0).count;
  if (model.encoder.type === 'constant' || texts.length === 0 || room < 0) return model;
  const vectors = textVectors(texts, Math.min(TEXT_COLUMNS, room));
  const films = texts.map(({ genres }, film) => ({ genres, year: years[film]!, text: vectors[film]! }));
  const likes = likesOf(interactions);
  const lifts = groupLifts(interactions, likes, people);
  return withCold(model, { films, likes: filmLikes(interactions, likes), lifts });
}

/** Of length 0 where there is not one summary: titles and genres alone say nothing that the columns of genres do not. */
function textVectors(texts: readonly FilmText[], dimensions: number): Float32Array[] {
  if (texts.every(({ summary }) => summary === null)) return texts.map(() => new Float32Array(0));
  const documents = texts.map(textOfFilm);
  const encoder = learnTextEncoder(documents, dimensions, TEXT_SEED);
  return documents.map((document) => encoder.encode(document));
}

/** @param model one whose users differ, with an item or more */
export const withCold = (model: Model, source: ColdSource): ColdModel => ({
  ...model,
  cold: { weights: coldWeights(scoreUnit(model, source.likes)), columns: filmColumns(source) },
});
