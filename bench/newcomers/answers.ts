/** The ways to answer a new viewer, and what each list is worth to them. */

import { withCold } from '../../src/cold/cold-model.js';
import { coldScores, coldVector } from '../../src/cold/cold-vector.js';
import type { ColdFilm } from '../../src/cold/film-columns.js';
import { groupLifts } from '../../src/cold/group-lift.js';
import { filmLikes, likesOf } from '../../src/cold/likes.js';
import { tasteOf } from '../../src/cold/taste.js';
import { unwrap } from '../../src/core/errors.js';
import { createLocalEngine, type Query } from '../../src/engine/local.js';
import { hitsOf } from '../../src/evaluate/metrics/hits.js';
import { ndcg } from '../../src/evaluate/metrics/ndcg.js';
import { profileOf, type Profile } from '../../src/text/profile.js';
import type { TitleIndex } from '../../src/text/title-index.js';
import { trainIals } from '../../src/train/ials.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';
import { trainLinear } from '../../src/train/linear.js';
import { filmCounts } from '../../src/train/popularity.js';
import { bestFilms, coldLinear } from '../cold-text/answers.js';
import type { Newcomer } from './arrivals.js';
import type { Population } from './population.js';

/** What the cold answer is left without. */
const without = {
  all: {},
  'without dislikes': { dislikedTitles: [], dislikedGenres: [] },
  'without titles': { likedTitles: [], dislikedTitles: [] },
  'without genres': { likedGenres: [], dislikedGenres: [] },
  'without age and gender': { age: null, gender: null },
} satisfies Record<string, Partial<Profile>>;

type ColdWay = keyof typeof without;
const coldWays = Object.keys(without) as ColdWay[];
export type Way = 'popularity' | 'popularity of likes' | 'iALS of the liked titles' | ColdWay;
export const ways: readonly Way[] = [
  ...(['popularity', 'popularity of likes', 'iALS of the liked titles'] as const),
  ...coldWays,
];

/** Best films, by index. */
type Answers = (newcomer: Newcomer) => Record<Way, number[]>;
/** Of the lists of bestFilms. */
const LIST_LENGTH = 20;

/** @param films by index in the world; `titles` has the same numbers */
export async function learnAnswers(
  { interactions, people }: Population,
  films: readonly ColdFilm[],
  titles: TitleIndex,
): Promise<Answers> {
  const liked = likesOf(interactions);
  const likes = filmLikes(interactions, liked);
  const counts = filmCounts(interactions);

  const model = unwrap(trainLinear(interactions, coldLinear));
  const linear = unwrap(createLocalEngine(model));
  const lifts = groupLifts(interactions, liked, people);
  const cold = withCold(model, { films, likes, lifts });
  const encode = (rows: readonly number[]): Float32Array => linear.encode(queryOf(rows, []));
  const ials = unwrap(
    createLocalEngine(unwrap(await trainIals(interactions, ialsDefaults, { trackLoss: false })).model),
  );

  return ({ said, known }) => {
    const profile = profileOf(said, titles);
    const coldList = (way: ColdWay): number[] => {
      const vector = coldVector(cold, tasteOf({ ...profile, ...without[way] }), encode);
      return bestFilms(coldScores(cold, vector), known);
    };
    const popular = bestFilms(counts, known);
    const [byTitles] = ials.topK([queryOf(profile.likedTitles, known)], LIST_LENGTH);
    return {
      popularity: popular,
      'popularity of likes': bestFilms(likes, known),
      'iALS of the liked titles': profile.likedTitles.length === 0 ? popular : [...byTitles!.rows],
      ...(Object.fromEntries(coldWays.map((way) => [way, coldList(way)])) as Record<ColdWay, number[]>),
    };
  };
}

const queryOf = (rows: readonly number[], seen: readonly number[]): Query => ({
  rows: Int32Array.from(rows),
  weights: new Float32Array(rows.length).fill(1),
  seen: Int32Array.from(seen),
});

/** nDCG@20 of a list. */
export const worth = (list: readonly number[], { relevant }: Newcomer): number =>
  ndcg(hitsOf(list, relevant, LIST_LENGTH));
