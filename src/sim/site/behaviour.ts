/** What a viewer does: what to watch, how far, and what to think of it. Two kinds of people live here. */

import type { Random } from '../../core/random.js';
import { aliasTable } from '../alias-table.js';
import { explore } from '../viewers/choice.js';
import { ratingOf, shareWatched } from '../viewers/reactions.js';
import type { SimWorld } from '../world.js';
import type { Conditions } from './conditions.js';
import { Seen } from './seen.js';

export interface Choice {
  /** Index. */
  readonly film: number;
  /** Where it stood in the list, from 0; −1 when the viewer found it elsewhere. */
  readonly place: number;
}

export interface Behaviour {
  /** What the viewer begins to watch. @param list what was recommended, best first; empty when nothing was */
  choose(user: number, list: readonly number[], timeMs: number): Choice;
  /** The last minute that will be watched, below `runtime`. */
  lastMinute(user: number, film: number, runtime: number, timeMs: number): number;
  /** 1 … the scale's highest. */
  rating(user: number, film: number, timeMs: number): number;
}

/** People without tastes, who pick by popularity alone: enough for a log whose only reader counts lines, and four times as fast. */
export function indifferent(world: SimWorld, draws: Random, ratingScale: number): Behaviour {
  return {
    choose: () => ({ film: world.pickFilm(draws.uniform()), place: -1 }),
    lastMinute: (_user, _film, runtime) =>
      draws.uniform() < 0.4 ? Math.max(0, runtime - 1 - draws.integer(8)) : draws.integer(Math.ceil(runtime * 0.8)),
    rating: () => Math.min(ratingScale, Math.max(1, Math.round(ratingScale * (0.74 + 0.2 * draws.normal())))),
  };
}

/** How fast attention falls along a list: the film at place i is looked at 1 / (1 + i / 5) times as much as the first. */
const ATTENTION_PLACES = 5;
/** Films that a viewer passes over because they have been seen, before any will do. */
const TRIES = 40;

/** The viewers of the simulated site: they follow the list or explore, in either case by how much they would enjoy a film. */
export function tasteful(world: SimWorld, draws: Random, ratingScale: number, conditions: Conditions): Behaviour {
  const seen = new Seen();
  const { tastes, weights } = world;
  const enjoys = (user: number, film: number, timeMs: number): number =>
    tastes.satisfaction(user, film, timeMs, conditions.tasteShift);
  const isNew = (user: number, film: number): boolean => film < conditions.filmsAvailable && !seen.has(user, film);

  let comingAcross = aliasTable(weights);
  let [pull, available] = [1, weights.length];

  /** By popularity to the power of `popularityPull`, of those that exist. */
  function comeAcross(): number {
    const { popularityPull, filmsAvailable } = conditions;
    if (popularityPull !== pull || filmsAvailable !== available) {
      [pull, available] = [popularityPull, filmsAvailable];
      comingAcross = aliasTable(weights.map((weight, film) => (film < available ? weight ** pull : 0)));
    }
    return comingAcross.pick(draws.uniform());
  }

  function candidate(user: number): number {
    for (let tries = 0; ; tries++) {
      const film = comeAcross();
      if (tries === TRIES || isNew(user, film)) return film;
    }
  }

  /** Index into the list, −1 when nothing of it will do. */
  function pickFrom(list: readonly number[], user: number, timeMs: number): number {
    const weights = list.map((film, place) => {
      if (!isNew(user, film)) return 0;
      const pleasure = enjoys(user, film, timeMs);
      return (pleasure * pleasure) / (1 + place / ATTENTION_PLACES);
    });
    let left = draws.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
    if (left === 0) return -1;
    for (const [place, weight] of weights.entries()) if ((left -= weight) < 0) return place;
    return weights.findLastIndex((weight) => weight > 0);
  }

  return {
    choose: (user, list, timeMs) => {
      const follows = list.length > 0 && draws.uniform() < conditions.followShare;
      const place = follows ? pickFrom(list, user, timeMs) : -1;
      const film =
        place >= 0
          ? list[place]!
          : explore(
              draws,
              () => candidate(user),
              (film) => enjoys(user, film, timeMs),
            );
      seen.add(user, film);
      return { film, place };
    },
    lastMinute: (user, film, runtime, timeMs) =>
      Math.min(runtime - 1, Math.floor(runtime * shareWatched(enjoys(user, film, timeMs), draws))),
    rating: (user, film, timeMs) => ratingOf(enjoys(user, film, timeMs), draws, ratingScale),
  };
}
