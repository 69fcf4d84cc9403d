/** The ways to rank films that no model was trained on, and what each ranking is worth to who likes some of them. */

import { newFilmRows, type MetFilm } from '../../src/cold/new-films.js';
import { unwrap } from '../../src/core/errors.js';
import { weightOf } from '../../src/dataset/weight.js';
import { createLocalEngine } from '../../src/engine/local.js';
import { hitsOf } from '../../src/evaluate/metrics/hits.js';
import { ndcg } from '../../src/evaluate/metrics/ndcg.js';
import type { Model } from '../../src/registry/model.js';
import { genreNames } from '../../src/text/genre-words.js';
import { genreOf } from '../../src/text/genres.js';
import { linearDefaults } from '../../src/train/linear-parameters.js';
import { trainLinear } from '../../src/train/linear.js';
import { bestFilms } from '../cold-text/answers.js';
import type { Hidden, Judge } from './hidden.js';

/** Facts that a new film can have. */
export interface BenchFilm extends MetFilm {
  readonly cast: readonly string[];
}

const facts = {
  'films like it': (film: BenchFilm): MetFilm => film,
  'films like it, without years': (film) => ({ ...film, year: null }),
  'films like it, without genres': (film) => ({ ...film, genres: [] }),
  'films like it, without summaries': (film) => ({ ...film, summary: null }),
  'films like it, with cast': (film) => ({
    ...film,
    summary: [film.summary ?? '', ...film.cast.map(oneWord)].join(' '),
  }),
} satisfies Record<string, (film: BenchFilm) => MetFilm>;

/** A name that is only itself. */
const oneWord = (name: string): string => name.replace(/[^\p{L}]/gu, '');

type Likeness = keyof typeof facts;
const likenesses = Object.keys(facts) as Likeness[];
export type Way = 'random' | 'the mean row' | 'genres of the history' | 'popularity, if it were known' | Likeness;
export const ways: readonly Way[] = [
  ...(['random', 'the mean row', 'genres of the history', 'popularity, if it were known'] as const),
  ...likenesses,
];

export interface Worth {
  readonly ndcg: Record<Way, number>;
  /** Whether the list of 20 holds a film that is liked. */
  readonly hit: Record<Way, number>;
}
const k = 20;

/** @param films of all interactions */
export function valuesOf({ train, known, hidden, judges }: Hidden, films: readonly BenchFilm[]): Worth[] {
  const model = unwrap(trainLinear(train, linearDefaults));
  const engine = unwrap(createLocalEngine(model));
  const knownFilms = known.map((film) => films[film]!);
  const fresh = hidden.map((film) => ({ ...films[film]!, met: 0 }));
  const rowsBy = Object.fromEntries(
    likenesses.map((way) => [way, newFilmRows(model, knownFilms.map(facts[way]), fresh.map(facts[way])).items]),
  ) as Record<Likeness, Float32Array>;
  const mean = meanRow(model);
  const genresOf = fresh.map(genreVector);
  const genresKnown = knownFilms.map(genreVector);
  const popularity = Float64Array.from(hidden, (film) => films[film]!.met);
  return judges.map((judge) => {
    const vector = engine.encode(queryOf(judge, train.filmOf, train.preference));
    const taste = sum(judge.history.map((i) => genresKnown[train.filmOf[i]!]!));
    const scores: Record<Way, ArrayLike<number>> = {
      random: new Float64Array(hidden.length),
      'the mean row': new Float64Array(hidden.length).fill(dot(vector, mean)),
      'genres of the history': genresOf.map((genres) => dot(genres, taste)),
      'popularity, if it were known': popularity,
      ...(Object.fromEntries(
        likenesses.map((way) => [
          way,
          hidden.map((_, film) => dot(vector, rowOf(rowsBy[way], film, model.dimensions))),
        ]),
      ) as Record<Likeness, number[]>),
    };
    const hits = ways.map((way) => hitsOf(bestFilms(scores[way], []), judge.relevant, k));
    const byWay = (value: (place: number) => number): Record<Way, number> =>
      Object.fromEntries(ways.map((way, place) => [way, value(place)])) as Record<Way, number>;
    return { ndcg: byWay((i) => ndcg(hits[i]!)), hit: byWay((i) => Number(ndcg(hits[i]!) > 0)) };
  });
}

function queryOf({ history }: Judge, filmOf: Int32Array, preference: Float32Array) {
  return {
    rows: Int32Array.from(history, (i) => filmOf[i]!),
    weights: Float32Array.from(history, (i) => weightOf(preference[i]!, linearDefaults.floor)),
    seen: new Int32Array(0),
  };
}

const rowOf = (rows: Float32Array, row: number, d: number): Float32Array => rows.subarray(row * d, (row + 1) * d);

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let product = 0;
  for (let i = 0; i < a.length; i++) product += a[i]! * b[i]!;
  return product;
}

function sum(vectors: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(genreNames.length);
  for (const vector of vectors) for (const [i, value] of vector.entries()) all[i]! += value;
  return all;
}

function meanRow({ items, filmIds, dimensions }: Model): Float64Array {
  const mean = new Float64Array(dimensions);
  for (const [at, value] of items.entries()) mean[at % dimensions]! += value / filmIds.length;
  return mean;
}

/** Of length 1, or 0. */
function genreVector({ genres }: MetFilm): Float64Array {
  const own = new Set(genres.flatMap((name) => genreOf(name) ?? []));
  return Float64Array.from(genreNames, (name) => (own.has(name) ? 1 / Math.sqrt(own.size) : 0));
}
