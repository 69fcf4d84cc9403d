/** The ratings of the bundled data, as an import would leave them but for the names: films by their MovieLens ids, ascending. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledData } from '../../src/app/import.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import { preferenceOf } from '../../src/dataset/weight.js';

type Rating = readonly [user: number, film: number, rating: number, seconds: number];

export function bundledRatings(): Interactions {
  const lines = readFileSync(join(bundledData, 'ratings.csv'), 'utf8').trimEnd().split('\n').slice(1);
  const ratings = lines.map((line) => line.split(',').map(Number) as unknown as Rating);
  ratings.sort((a, b) => a[0] - b[0] || a[3] - b[3] || a[1] - b[1]);
  const users = [...new Set(ratings.map(([user]) => user))];
  const films = [...new Set(ratings.map(([, film]) => film))].sort((a, b) => a - b);
  const userAt = new Map(users.map((user, at) => [user, at]));
  const filmAt = new Map(films.map((film, at) => [film, at]));
  return {
    users: Float64Array.from(users),
    films: films.map(String),
    userOf: Int32Array.from(ratings, ([user]) => userAt.get(user)!),
    filmOf: Int32Array.from(ratings, ([, film]) => filmAt.get(film)!),
    preference: Float32Array.from(ratings, ([, , rating]) => preferenceOf(rating, NaN, 0, 5)),
    time: Float64Array.from(ratings, ([, , , seconds]) => seconds * 1000),
    ratingHigh: 5,
  };
}
