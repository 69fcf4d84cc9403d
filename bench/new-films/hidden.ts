/** A tenth of the films, which a model is not shown: what it learns from, and who likes which of them. */

import { random, shuffled } from '../../src/core/random.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import { likesOf } from '../../src/cold/likes.js';

export interface Hidden {
  /** Of all interactions, those with the other films; films and users keep their order. */
  readonly train: Interactions;
  /** Dense films of all interactions: those of `train`, in its order. */
  readonly known: readonly number[];
  /** The others in random order, so that ties are broken by chance. */
  readonly hidden: readonly number[];
  /** Who likes a hidden film and met another one. */
  readonly judges: readonly Judge[];
}

export interface Judge {
  /** User id. */
  readonly user: number;
  /** What else they met: numbers of interactions in `train`, oldest first. */
  readonly history: readonly number[];
  /** Places in `hidden`. */
  readonly relevant: ReadonlySet<number>;
}

const SHARE = 0.1;

export function hideFilms(all: Interactions, seed: number): Hidden {
  const draws = random(seed);
  const isHidden = all.films.map(() => draws.uniform() < SHARE);
  const known = [...all.films.keys()].filter((film) => !isHidden[film]);
  const hidden = shuffled(
    [...all.films.keys()].filter((film) => isHidden[film]),
    draws,
  );
  const train = withFilms(all, known);
  const histories = Array.from(all.users, (): number[] => []);
  for (const [i, user] of train.userOf.entries()) histories[user]!.push(i);
  const likes = likesOf(all);
  const placeOf = new Map(hidden.map((film, place) => [film, place]));
  const relevant = Array.from(all.users, () => new Set<number>());
  for (const [i, film] of all.filmOf.entries()) {
    const place = placeOf.get(film);
    if (place !== undefined && likes[i] === 1) relevant[all.userOf[i]!]!.add(place);
  }
  const judges = relevant.map((places, user) => ({
    ...{ user: all.users[user]!, history: histories[user]!, relevant: places },
  }));
  return {
    ...{ train, known, hidden },
    judges: judges.filter(({ history, relevant: places }) => history.length > 0 && places.size > 0),
  };
}

function withFilms(all: Interactions, films: readonly number[]): Interactions {
  const denseOf = new Map(films.map((film, dense) => [film, dense]));
  const kept = Int32Array.from(all.filmOf.keys()).filter((i) => denseOf.has(all.filmOf[i]!));
  return {
    ...all,
    films: films.map((film) => all.films[film]!),
    userOf: kept.map((i) => all.userOf[i]!),
    filmOf: kept.map((i) => denseOf.get(all.filmOf[i]!)!),
    preference: Float32Array.from(kept, (i) => all.preference[i]!),
    time: Float64Array.from(kept, (i) => all.time[i]!),
  };
}
