/** What each way to answer a stranger is worth: nDCG@20 of its list, for all strangers of a cut. */

import { withCold } from '../../src/cold/cold-model.js';
import { coldScores, coldVector } from '../../src/cold/cold-vector.js';
import { coldColumnsOf, type ColdModel } from '../../src/cold/columns.js';
import { filmLikes, likesOf } from '../../src/cold/likes.js';
import { tasteOf } from '../../src/cold/taste.js';
import { unwrap } from '../../src/core/errors.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import { createLocalEngine } from '../../src/engine/local.js';
import type { ColdTextCut, Stranger } from '../../src/evaluate/protocols/cold-text.js';
import { hitsOf } from '../../src/evaluate/metrics/hits.js';
import { ndcg } from '../../src/evaluate/metrics/ndcg.js';
import type { Model } from '../../src/registry/model.js';
import { profileOf } from '../../src/text/profile.js';
import { trainLinear } from '../../src/train/linear.js';
import { trainIals } from '../../src/train/ials.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';
import { linearDefaults, type LinearParameters } from '../../src/train/linear-parameters.js';
import { filmCounts } from '../../src/train/popularity.js';
import type { ColdData } from './data.js';
import type { Description } from '../../src/app/introductions.js';

export const ways = [
  'popularity',
  'popularity of likes',
  'text alone',
  'titles alone',
  'genres and popularity',
  'titles and popularity',
  'all but genres',
  'all but text',
  'all',
] as const;
export type Way = (typeof ways)[number];
const k = 20;

/** Chosen on other seeds than those reported, see docs/cold-start.md. */
export const coldLinear: LinearParameters = {
  ...{ lambda: 600, dimensions: 48, floor: 0.5, seed: 1 },
  // Titles that are told have no order; and a cold model brings its own prior.
  ...{ recency: 0, prior: 0, halfLifeDays: 0 },
};

export type Learn = (train: Interactions) => Promise<Model>;
export const learnForStrangers: Learn = (train) => Promise.resolve(unwrap(trainLinear(train, coldLinear)));
export const learnLinear: Learn = (train) => Promise.resolve(unwrap(trainLinear(train, linearDefaults)));
export const learnIals: Learn = async (train) =>
  unwrap(await trainIals(train, ialsDefaults, { trackLoss: false })).model;

/** One value by way for each stranger of the cut, in order. */
export async function valuesOf(
  data: ColdData,
  { train, strangers }: ColdTextCut,
  describe: (stranger: Stranger) => Description,
  learn: Learn,
): Promise<Record<Way, number>[]> {
  const model = await learn(train);
  const engine = unwrap(createLocalEngine(model));
  const encode = (rows: readonly number[]): Float32Array =>
    engine.encode({
      rows: Int32Array.from(rows),
      weights: new Float32Array(rows.length).fill(1),
      seen: new Int32Array(0),
    });
  const counts = filmCounts(train);
  const likes = filmLikes(train, likesOf(train));
  const cold = withCold(model, { films: data.films, likes });
  return strangers.map((stranger) => {
    const said = describe(stranger);
    const profile = profileOf({ ...said, age: null, gender: null }, data.titles);
    const vector = coldVector(cold, tasteOf(profile), encode);
    const ofText = data.encoder.encode(said.likes ?? '');
    const value = (scores: ArrayLike<number>): number =>
      ndcg(hitsOf(bestFilms(scores, stranger.bestFilms), stranger.relevant, k));
    return valuesByWay(cold, vector, ofText, { counts, likes }, value);
  });
}

function valuesByWay(
  cold: ColdModel,
  vector: Float32Array,
  text: Float32Array,
  { counts, likes }: { readonly counts: Float64Array; readonly likes: Float64Array },
  value: (scores: ArrayLike<number>) => number,
): Record<Way, number> {
  const scored = (keep: readonly (readonly [from: number, to: number])[]): number =>
    value(coldScores(cold, only(vector, keep)));
  const { collaborative, genres, texts, rest, popularity } = partsOf(cold);
  const textAlone = new Float32Array(vector.length);
  textAlone.set(text, texts[0]);
  return {
    popularity: value(counts),
    'popularity of likes': value(likes),
    'text alone': value(coldScores(cold, textAlone)),
    'titles alone': scored([collaborative]),
    'genres and popularity': scored([genres, popularity]),
    'titles and popularity': scored([collaborative, popularity]),
    'all but genres': scored([collaborative, texts, rest]),
    'all but text': scored([collaborative, genres, rest]),
    all: scored([collaborative, genres, texts, rest]),
  };
}

/** Ranges of a vector; `rest` is all behind the text. */
function partsOf(model: ColdModel) {
  const { dimensions: d } = model;
  const columns = coldColumnsOf(model);
  const range = (from: number, to: number) => [d + from, d + to] as const;
  return {
    collaborative: [0, d] as const,
    genres: range(columns.genres, columns.text),
    texts: range(columns.text, columns.decades),
    rest: range(columns.decades, columns.count),
    popularity: range(columns.popularity, columns.count),
  };
}

function only(vector: Float32Array, ranges: readonly (readonly [from: number, to: number])[]): Float32Array {
  const kept = new Float32Array(vector.length);
  for (const [from, to] of ranges) kept.set(vector.subarray(from, to), from);
  return kept;
}

/** The k best dense films, ties to the lower number, without those that were told. */
export function bestFilms(scores: ArrayLike<number>, told: readonly number[]): number[] {
  const list: number[] = [];
  for (let film = 0; film < scores.length; film++) {
    if (told.includes(film) || (list.length === k && scores[film]! <= scores[list[k - 1]!]!)) continue;
    let place = list.length;
    while (place > 0 && scores[list[place - 1]!]! < scores[film]!) place--;
    list.splice(place, 0, film);
    if (list.length > k) list.pop();
  }
  return list;
}
