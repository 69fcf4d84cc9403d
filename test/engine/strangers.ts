/** Tastes and models with columns for strangers, made of nothing but a seed, and the plain loop that says what is answered. */

import { coldColumns, type ColdModel } from '../../src/cold/columns.js';
import { coldVector, type Taste } from '../../src/cold/cold-vector.js';
import { coldWeights } from '../../src/cold/weights.js';
import { random, type Random } from '../../src/core/random.js';
import type { LocalEngine } from '../../src/engine/local.js';
import { referenceTopK } from '../../src/engine/reference.js';
import type { Stranger } from '../../src/engine/strangers.js';
import type { Model } from '../../src/registry/model.js';
import { genreNames } from '../../src/text/genre-words.js';

/** Columns of the text in models made here. */
export const TEXT = 8;

/** The model with columns of films that have random facts. */
export function withColumns(model: Model, seed: number): ColdModel {
  const { uniform, normal, integer } = random(seed);
  const columns = coldColumns(TEXT);
  const all = new Float32Array(model.filmIds.length * columns.count);
  for (let row = 0; row < model.filmIds.length; row++) {
    const own = all.subarray(row * columns.count, (row + 1) * columns.count);
    own[columns.genres + integer(genreNames.length)] = 1;
    const text = Float32Array.from({ length: TEXT }, () => normal());
    const norm = Math.sqrt(text.reduce((sum, value) => sum + value ** 2, 0));
    for (const [k, value] of text.entries()) own[columns.text + k] = value / norm;
    own[columns.decades + 8 + integer(8)] = 1;
    for (let group = columns.groups; group < columns.popularity; group++) own[group] = normal() / 3;
    own[columns.popularity] = -8 * uniform() ** 2;
  }
  return { ...model, cold: { weights: coldWeights(1), columns: all } };
}

const some = <T>({ integer }: Random, most: number, draw: () => T): T[] =>
  Array.from({ length: integer(most + 1) }, draw);

/** Says anything or nothing; may name a film twice. */
export function randomTaste(draw: Random, items: number): Taste {
  const { integer, uniform } = draw;
  const maybe = <T>(make: () => T): T | null => (uniform() < 0.5 ? null : make());
  const strengths = [-1, -0.5, 0.5, 1];
  return {
    likedRows: some(draw, 5, () => integer(items)),
    genres: some(draw, 4, () => [integer(genreNames.length), strengths[integer(4)]!] as const),
    era: maybe(() => ({ from: 1950 + integer(30), to: 1980 + integer(40) })),
    popular: maybe(() => uniform() < 0.5),
    age: maybe(() => integer(100)),
    gender: maybe(() => ['F', 'M', 'other'][integer(3)]!),
  };
}

/** Rows and scores, best first, from the definitions alone: nothing is scaled here. */
export function plainCold(
  engine: LocalEngine,
  model: ColdModel,
  { taste, seen }: Stranger,
  allowed: (row: number) => boolean,
  k: number,
): { row: number; score: number }[] {
  const { dimensions: d, items, filmIds, cold } = model;
  const count = cold.columns.length / filmIds.length;
  const joined = new Float32Array(filmIds.length * (d + count));
  // Popularity counts from the least popular film: the same for all films, but for rounding.
  const popular = Float32Array.from(filmIds, (_, row) => cold.columns[(row + 1) * count - 1]!);
  const least = Math.min(...popular);
  for (let row = 0; row < filmIds.length; row++) {
    joined.set(items.subarray(row * d, (row + 1) * d), row * (d + count));
    joined.set(cold.columns.subarray(row * count, (row + 1) * count), row * (d + count) + d);
    joined[(row + 1) * (d + count) - 1] = popular[row]! - least;
  }
  const encode = (rows: readonly number[]): Float32Array => {
    const weights = new Float32Array(rows.length).fill(1);
    return engine.encode({ rows: Int32Array.from(rows), weights, seen: new Int32Array(0) });
  };
  return referenceTopK({
    vector: coldVector(model, taste, encode),
    items: joined,
    d: d + count,
    allowed: (row) => allowed(row) && !seen.includes(row),
    k,
  });
}
