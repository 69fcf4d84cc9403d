/**
 * What strangers of the protocol `cold-text` say of themselves, in the simulated viewers' held-out patterns, which nobody
 * who wrote the parser has read.
 */

import { random, type Random } from '../core/random.js';
import type { Stranger } from '../evaluate/protocols/cold-text.js';
import { describeTastes, heldOutPatterns } from '../sim/viewers/voices.js';

export interface Description {
  readonly likes: string | null;
  readonly dislikes: string | null;
}

/** In which set of patterns to hold out: any would do, since none was read. */
const HELD_OUT_SEED = 1;
export const allPatterns: readonly number[] = [...heldOutPatterns(HELD_OUT_SEED)];

const wording = (genres: readonly string[], titles: readonly string[], draws: Random, pattern: number): Description =>
  describeTastes(
    {
      ...{ likedGenres: genres, dislikedGenres: [], likedTitles: titles, dislikedTitles: [] },
      ...{ likesPopular: false, era: null },
    },
    draws,
    pattern,
  );

/** Those held-out patterns that tell both titles they are given; others tell one or none. Found out by asking them. */
export const tellingPatterns = (): number[] =>
  allPatterns.filter((pattern) => {
    const draws = random(pattern);
    const told = Array.from({ length: 10 }, () => {
      const { likes } = wording(['Drama'], ['Casablanca', 'Goodfellas'], draws, pattern);
      return /casabl/i.test(likes ?? '') && /goodfel/i.test(likes ?? '');
    });
    return told.filter(Boolean).length > 5;
  });

/** @param stranger of one favourite genre at least; a film whose title is empty is not told */
export function describe(
  { favouriteGenres, bestFilms, user }: Stranger,
  titleOf: (film: number) => string,
  patterns: readonly number[],
  seed: number,
): Description {
  const draws = random(seed * 1_000_003 + user);
  const titles = bestFilms.map(titleOf).filter((title) => title !== '');
  return wording(favouriteGenres, titles, draws, patterns[draws.integer(patterns.length)]!);
}
