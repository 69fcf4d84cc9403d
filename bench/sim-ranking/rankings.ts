/** Five ways to rank the films of a world for a viewer, from the best that can be known to nothing at all. */

import { unwrap } from '../../src/core/errors.js';
import type { Random } from '../../src/core/random.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import { createLocalEngine } from '../../src/engine/local.js';
import type { SimWorld } from '../../src/sim/world.js';
import type { Model } from '../../src/registry/model.js';
import { trainIals } from '../../src/train/ials.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';
import { linearDefaults } from '../../src/train/linear-parameters.js';
import { trainLinear } from '../../src/train/linear.js';
import { filmCounts } from '../../src/train/popularity.js';

export const ways = ['true taste', 'iALS', 'linear', 'popularity', 'chance'] as const;
export type Way = (typeof ways)[number];

export interface Asked {
  readonly user: number;
  /** Indexes, oldest first. */
  readonly watched: readonly number[];
  /** World time, ms since 1970. */
  readonly timeMs: number;
}

/** Indexes of films that were not watched, best first, `length` at most. */
export type Ranking = (asked: Asked, length: number) => readonly number[];

/** @param histories what the viewers to learn from watched: films that none of them did have no popularity, and no factors */
export async function rankingsOf(
  world: SimWorld,
  histories: ReadonlyMap<number, readonly number[]>,
  draws: Random,
): Promise<Record<Way, Ranking>> {
  const everyFilm = [...world.ids.keys()];
  const known = [...new Set([...histories.values()].flat())].sort((a, b) => a - b);
  const rowOf = new Map(known.map((film, row) => [film, row]));
  const interactions = interactionsOf(world, histories, known, rowOf);
  const counts = filmCounts(interactions);
  const byPopularity = [...known.keys()].sort((a, b) => counts[b]! - counts[a]!).map((row) => known[row]!);

  const without = (films: readonly number[], watched: readonly number[], length: number): number[] => {
    const seen = new Set(watched);
    const unseen: number[] = [];
    for (const film of films) if (unseen.length < length && !seen.has(film)) unseen.push(film);
    return unseen;
  };
  const popular: Ranking = ({ watched }, length) => without(byPopularity, watched, length);
  const served = (model: Model): Ranking => {
    const engine = unwrap(createLocalEngine(model));
    // As in service, whoever has watched nothing that the model knows gets what is popular.
    return (asked, length) => {
      const { watched } = asked;
      const rows = Int32Array.from(watched.flatMap((film) => rowOf.get(film) ?? []));
      const [answer] = engine.topK([{ rows, weights: new Float32Array(rows.length).fill(1), seen: rows }], length);
      return rows.length === 0 ? popular(asked, length) : Array.from(answer!.rows, (row) => known[row]!);
    };
  };
  const factors = unwrap(await trainIals(interactions, ialsDefaults, { trackLoss: false }));
  return {
    'true taste': ({ user, watched, timeMs }, length) => {
      const pleasure = Float64Array.from(everyFilm, (film) => world.tastes.satisfaction(user, film, timeMs));
      const best = everyFilm.toSorted((a, b) => pleasure[b]! - pleasure[a]!);
      return without(best, watched, length);
    },
    linear: served(unwrap(trainLinear(interactions, linearDefaults))),
    iALS: served(factors.model),
    popularity: popular,
    chance: ({ watched }, length) => {
      const some = Array.from({ length: 2 * length }, () => draws.integer(everyFilm.length));
      return without([...new Set(some)], watched, length);
    },
  };
}

function interactionsOf(
  world: SimWorld,
  histories: ReadonlyMap<number, readonly number[]>,
  known: readonly number[],
  rowOf: ReadonlyMap<number, number>,
): Interactions {
  const lists = [...histories.values()];
  const filmOf = Int32Array.from(lists.flat(), (film) => rowOf.get(film)!);
  return {
    users: Float64Array.from(histories.keys()),
    films: known.map((film) => world.ids[film]!),
    userOf: Int32Array.from(lists.flatMap((films, user) => films.map(() => user))),
    filmOf,
    preference: new Float32Array(filmOf.length).fill(NaN),
    time: new Float64Array(filmOf.length),
    ratingHigh: 5,
  };
}
