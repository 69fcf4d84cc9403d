/**
 * `cold-text`: strangers who say what they like. Nothing of a test user is in training; of half of their ratings
 * comes what they say of themselves, the liked films of the other half are to be found. What is said is data here:
 * this room does not word it.
 */

import { random, shuffled } from '../../core/random.js';
import type { Interactions } from '../../dataset/interactions.js';
import { select } from '../../dataset/split.js';
import { folds, seededFolds } from './folds.js';

export interface Stranger {
  /** User id. */
  readonly user: number;
  /** Up to three genres in which the user liked most films, most first; of who liked none, met most. */
  readonly favouriteGenres: readonly string[];
  /** Up to two dense films, rated best; never to be found nor answered. */
  readonly bestFilms: readonly number[];
  /** Dense films to be found, at least one. */
  readonly relevant: ReadonlySet<number>;
}

export interface ColdTextCut {
  readonly name: string;
  /** Without the users of `strangers`. */
  readonly train: Interactions;
  readonly strangers: readonly Stranger[];
}

const [GENRES_TOLD, FILMS_TOLD] = [3, 2];
/** Of the rating scale: 4 of 5. */
const LIKED = 0.8;

/** Whether the user is known to have liked what they met. */
const isLiked = (preference: number): boolean => preference >= LIKED;

/** What nothing is known of comes after what was liked not at all. */
const known = (preference: number): number => (Number.isNaN(preference) ? -1 : preference);

/** @param genresOf names of a dense film's genres, in any words */
export function coldTextCuts(
  interactions: Interactions,
  genresOf: (film: number) => readonly string[],
  seed: number,
): ColdTextCut[] {
  const draws = random(seed);
  const foldOf = seededFolds(interactions.users.length, draws);
  const rows = rowsByUser(interactions);
  const strangers = rows.map((own, user) => strangerOf(interactions, user, shuffled(own, draws), genresOf));
  return Array.from({ length: folds }, (_, fold) => ({
    name: `cold-text fold ${fold + 1}`,
    train: select(interactions, (i) => foldOf[interactions.userOf[i]!] !== fold),
    strangers: strangers.filter(({ relevant }, user) => foldOf[user] === fold && relevant.size > 0),
  }));
}

/** @param own the user's interactions in random order: the first half is what they speak of */
function strangerOf(
  { users, filmOf, preference }: Interactions,
  user: number,
  own: readonly number[],
  genresOf: (film: number) => readonly string[],
): Stranger {
  const half = own.length >> 1;
  const told = own.slice(0, half);
  const liked = told.filter((i) => isLiked(preference[i]!));
  const tally = new Map<string, number>();
  for (const i of liked.length > 0 ? liked : told) {
    for (const genre of genresOf(filmOf[i]!)) tally.set(genre, (tally.get(genre) ?? 0) + 1);
  }
  const byLiking = [...tally].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([genre]) => genre);
  return {
    user: users[user]!,
    favouriteGenres: byLiking.slice(0, GENRES_TOLD),
    // The order is random: so is who wins among equals.
    bestFilms: told
      .toSorted((a, b) => known(preference[b]!) - known(preference[a]!))
      .slice(0, FILMS_TOLD)
      .map((i) => filmOf[i]!),
    relevant: new Set(own.slice(half).flatMap((i) => (isLiked(preference[i]!) ? [filmOf[i]!] : []))),
  };
}

function rowsByUser({ users, userOf }: Interactions): number[][] {
  const rows = Array.from(users, (): number[] => []);
  for (const [i, user] of userOf.entries()) rows[user]!.push(i);
  return rows;
}
