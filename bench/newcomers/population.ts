/** The viewers to learn from: what the site knows of their viewings, and of themselves. */

import type { Random } from '../../src/core/random.js';
import type { Person } from '../../src/cold/group-lift.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import { preferenceOf } from '../../src/dataset/weight.js';
import { aliasTable } from '../../src/sim/alias-table.js';
import { ageOf, genderOf } from '../../src/sim/viewers/users.js';
import type { SimWorld } from '../../src/sim/world.js';
import { createSpectator, ratingScale, type Viewing } from './viewings.js';

export interface Population {
  /** All films of the world are in it, under their indexes. */
  readonly interactions: Interactions;
  /** By dense user. */
  readonly people: readonly Person[];
}

interface Past {
  readonly fromMs: number;
  readonly days: number;
}

/** The site's: one rating for so many minutes. */
const MINUTES_A_RATING = 160;

/** The users 1 … viewers, who come as often as they are active, `filmsEach` times on average. */
export function populate(
  world: SimWorld,
  draws: Random,
  viewers: number,
  filmsEach: number,
  { fromMs, days }: Past,
): Population {
  const arrivals = aliasTable(Float64Array.from({ length: viewers }, (_, i) => world.tastes.activity(i + 1)));
  const comes = new Uint32Array(viewers);
  for (let i = 0; i < viewers * filmsEach; i++) comes[arrivals.pick(draws.uniform())]!++;
  const users = [...comes.keys()].filter((i) => comes[i]! > 0).map((i) => i + 1);

  const spectate = createSpectator(world, draws);
  const viewings = users.map((user) => newestOfEachFilm(spectate(user, comes[user - 1]!, fromMs, days)));
  const all = viewings.flat();
  return {
    interactions: {
      users: Float64Array.from(users),
      films: world.ids,
      userOf: Int32Array.from(viewings.flatMap((own, dense) => own.map(() => dense))),
      filmOf: Int32Array.from(all, ({ film }) => film),
      preference: Float32Array.from(all, ({ rating, minutes, runtime }) => {
        const isTold = draws.uniform() < minutes / MINUTES_A_RATING;
        return preferenceOf(isTold ? rating : NaN, minutes, runtime, ratingScale);
      }),
      time: Float64Array.from(all, ({ timeMs }) => timeMs),
      ratingHigh: ratingScale,
    },
    people: users.map((user) => ({ age: ageOf(world.seed, user), gender: genderOf(world.seed, user) })),
  };
}

const newestOfEachFilm = (viewings: readonly Viewing[]): Viewing[] =>
  viewings.filter(({ film }, i) => viewings.findLastIndex((other) => other.film === film) === i);
