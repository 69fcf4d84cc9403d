/** A sparse log with taste of a known strength planted in it, and how much a model that knew all could make of it. */

import { random, shuffled, type Random } from '../../src/core/random.js';
import type { Log } from '../../src/evaluate/signal/meetings.js';

export interface Planting {
  readonly users: number;
  readonly films: number;
  /** Share of the films that a user draws from those of their own taste; the others are drawn from all. */
  readonly share: number;
  readonly seed: number;
}

interface PlantedLog extends Log {
  /** By film: how often it is drawn, as a weight. */
  readonly popularity: Float64Array;
  /** By film: the taste it belongs to. */
  readonly tasteOf: Int32Array;
  /** By taste: the share of the popularity that its films have. */
  readonly shareOf: readonly number[];
}

const tastes = 20;
/** Of a user with two films or more, that there is another one: 2.28 films each, as the real log has. */
const another = 0.22;

/** Popularity falls with the rank as in the real log: the first 20 of 25,000 films have about a quarter. */
export function plantedLog({ users, films, share, seed }: Planting): PlantedLog {
  const draws = random(seed);
  const ranks = shuffled(Array(films).keys(), draws);
  const popularity = Float64Array.from(ranks, (rank) => 1 / (rank + 4));
  const tasteOf = Int32Array.from(popularity, () => draws.integer(tastes));
  const all = wheelOf(Int32Array.from(popularity.keys()), popularity);
  const own = Array.from({ length: tastes }, (_, taste) => wheelOf(filmsOf(tasteOf, taste), popularity));

  const userOf: number[] = [];
  const filmOf: number[] = [];
  for (let user = 0; user < users; user++) {
    const wheel = own[draws.integer(tastes)]!;
    const met = new Set<number>();
    let count = 2;
    while (draws.uniform() < another) count++;
    while (met.size < count) met.add(drawFrom(draws.uniform() < share ? wheel : all, draws));
    for (const film of met) {
      userOf.push(user);
      filmOf.push(film);
    }
  }
  return {
    users: Float64Array.from({ length: users }, (_, user) => user),
    films: Array.from(popularity, (_, film) => `film+${film}`),
    userOf: Int32Array.from(userOf),
    filmOf: Int32Array.from(filmOf),
    time: new Float64Array(userOf.length),
    ...{ popularity, tasteOf, shareOf: own.map(({ ends }) => ends.at(-1)! / all.ends.at(-1)!) },
  };
}

const filmsOf = (tasteOf: Int32Array, taste: number): Int32Array =>
  Int32Array.from(tasteOf.keys()).filter((film) => tasteOf[film] === taste);

/** Films to draw from, each of them up to its end from the end of the one before. */
interface Wheel {
  readonly films: Int32Array;
  readonly ends: Float64Array;
}

function wheelOf(films: Int32Array, popularity: Float64Array): Wheel {
  let end = 0;
  return { films, ends: Float64Array.from(films, (film) => (end += popularity[film]!)) };
}

function drawFrom({ films, ends }: Wheel, { uniform }: Random): number {
  const point = uniform() * ends.at(-1)!;
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > point) high = middle;
    else low = middle + 1;
  }
  return films[low]!;
}

/**
 * HR@20 of the last film of the first `count` users, the others known: by popularity, and by the true probability given
 * what is known, which no model can surpass but by luck.
 */
export function bestPossible(log: PlantedLog, share: number, count: number): { popularity: number; best: number } {
  const { films, userOf, filmOf, popularity, tasteOf, shareOf } = log;
  const byPopularity = Int32Array.from(films.keys()).sort((a, b) => popularity[b]! - popularity[a]!);
  /** How likelier a film of the taste is to one of that taste than to the crowd. */
  const likelier = shareOf.map((of) => 1 - share + share / of);
  let [hits, bestHits] = [0, 0];
  for (let user = 0, start = 0; user < count; user++) {
    let end = start;
    while (userOf[end] === user) end++;
    const known = filmOf.subarray(start, end - 1);
    const asked = filmOf[end - 1]!;
    const belief = shareOf.map((_, taste) =>
      known.reduce((p, film) => p * (tasteOf[film] === taste ? likelier[taste]! : 1 - share), 1),
    );
    const total = belief.reduce((sum, p) => sum + p, 0);
    const factor = belief.map((p, taste) => 1 - share + ((p / total) * share) / shareOf[taste]!);
    hits += isAmong(20, asked, known, byPopularity, (film) => popularity[film]!);
    bestHits += isAmong(20, asked, known, byPopularity, (film) => popularity[film]! * factor[tasteOf[film]!]!);
    start = end;
  }
  return { popularity: hits / count, best: bestHits / count };
}

/** 1 when fewer than k films that are not known score above the one asked for, else 0. */
function isAmong(
  k: number,
  asked: number,
  known: Int32Array,
  films: Int32Array,
  score: (film: number) => number,
): number {
  let above = 0;
  for (const film of films) {
    if (score(film) > score(asked) && !known.includes(film)) above++;
    if (above === k) return 0;
  }
  return 1;
}
