/** `ncf`: one given item of each user, to be ranked among 99 given others (He et al. 2017). For comparison with papers only. */

import type { Interactions } from '../../dataset/interactions.js';
import { byUser } from '../../dataset/sparse.js';
import { preferenceOf, ratingHighOf } from '../../dataset/weight.js';
import type { TestCase } from '../cases.js';
import type { NcfData, NcfQuestion, NcfRating } from './ncf-files.js';
import type { Cuts } from './protocol.js';

export function ncfCuts({ ratings, questions }: NcfData): Cuts {
  const train = interactionsOf(ratings, questions);
  const filmOf = new Map(train.films.map((film, dense) => [film, dense]));
  const denseOf = new Map(Array.from(train.users, (user, dense) => [user, dense]));
  const { indptr, indices, values } = byUser(train, train.preference);
  const cases = questions.map(({ user, item, negatives }): TestCase => {
    const dense = denseOf.get(user)!;
    const own = [indptr[dense]!, indptr[dense + 1]!] as const;
    const film = filmOf.get(item)!;
    return {
      ...{ user, history: indices.subarray(...own), preferences: values.subarray(...own), relevant: new Set([film]) },
      candidates: Int32Array.of(film, ...negatives.map((negative) => filmOf.get(negative)!)),
    };
  });
  return {
    cuts: [{ name: 'ncf', train, cases }],
    notes: [
      'each given positive is ranked among its 99 given negatives, not among all films: not to be compared with other protocols',
    ],
  };
}

/** As the dataset orders them: by user, then time, then film. A pair that is there twice counts once, the newest time it has. */
function interactionsOf(ratings: readonly NcfRating[], questions: readonly NcfQuestion[]): Interactions {
  const users = Float64Array.from(new Set([...ratings, ...questions].map(({ user }) => user))).sort();
  const films = [...new Set([...ratings.map(({ item }) => item), ...questions.flatMap(itemsOf)])];
  const denseUser = new Map(Array.from(users, (user, dense) => [user, dense]));
  const denseFilm = new Map(films.map((film, dense) => [film, dense]));
  const ratingHigh = ratingHighOf(ratings.reduce((highest, { rating }) => Math.max(highest, rating), 0));

  const rows = ratings
    .map(({ user, item, rating, timeMs }) => ({
      ...{ user: denseUser.get(user)!, film: denseFilm.get(item)!, timeMs },
      preference: preferenceOf(rating, NaN, 0, ratingHigh),
    }))
    .sort((a, b) => a.user - b.user || a.timeMs - b.timeMs || a.film - b.film);
  const newest = new Map(rows.map((row) => [row.user * films.length + row.film, row]));
  const kept = rows.filter((row) => newest.get(row.user * films.length + row.film) === row);
  return {
    ...{ users, films, ratingHigh },
    userOf: Int32Array.from(kept, ({ user }) => user),
    filmOf: Int32Array.from(kept, ({ film }) => film),
    preference: Float32Array.from(kept, ({ preference }) => preference),
    time: Float64Array.from(kept, ({ timeMs }) => timeMs),
  };
}

const itemsOf = ({ item, negatives }: NcfQuestion): string[] => [item, ...negatives];
