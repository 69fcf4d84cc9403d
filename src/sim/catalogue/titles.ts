/** Invents titles, some as odd as the real catalogue's. */

import type { Random } from '../../core/random.js';
import { oneOf } from '../mix.js';
import { adjectives, doings, names, nouns, places } from './words.js';

export interface Title {
  readonly title: string;
  /** Null where the site does not know it: such an id ends with its `+`. */
  readonly year: number | null;
}

const shapes: readonly ((draws: Random) => string)[] = [
  (draws) => `The ${oneOf(draws, adjectives)} ${oneOf(draws, nouns)}`,
  (draws) => `The ${oneOf(draws, nouns)} of ${oneOf(draws, places)}`,
  (draws) => `${oneOf(draws, names)} and the ${oneOf(draws, adjectives)} ${oneOf(draws, nouns)}`,
  (draws) => `${oneOf(draws, doings)} ${oneOf(draws, names)}`,
  (draws) => `${oneOf(draws, adjectives)} ${oneOf(draws, nouns)}s`,
  (draws) => `A ${oneOf(draws, nouns)} in ${oneOf(draws, places)}`,
  (draws) => `${oneOf(draws, names)}, ${oneOf(draws, names)} and the ${oneOf(draws, nouns)}`,
  (draws) => `${oneOf(draws, nouns)}-${oneOf(draws, nouns)}`,
  (draws) => `${oneOf(draws, names)}: ${oneOf(draws, doings)} the ${oneOf(draws, nouns)}`,
  (draws) => `${2 + draws.integer(98)} ${oneOf(draws, nouns)}s`,
  (draws) => `${oneOf(draws, nouns)} ${oneOf(draws, ['II', 'III', '2', '3', 'Returns', 'Forever'])}`,
  (draws) => `${oneOf(draws, adjectives)} ${oneOf(draws, nouns)}: The ${oneOf(draws, nouns)} of ${oneOf(draws, names)}`,
];

// The site drops an accent with its letter: the first of these becomes an id that begins with `+`.
const odd: readonly ((plain: Title, draws: Random) => Title)[] = [
  ({ title, year }) => ({ title: `À ${title}`, year }),
  ({ title, year }) => ({ title: `...and ${title}`, year }),
  ({ title }) => ({ title, year: null }),
  ({ title, year }) => ({ title: `${title} ${year ?? ''}`, year }),
  ({ year }, draws) => ({ title: oneOf(draws, nouns).replace(/(?<=.)(?=.)/g, '*'), year }),
  ({ title, year }, draws) => ({ title: `${draws.integer(99)}.${draws.integer(99)} ${title}`, year }),
];

const ODD_SHARE = 0.006;
const OLDEST_YEAR = 1915;
export const NEWEST_YEAR = 2026;

export function inventTitle(draws: Random): Title {
  // The square root of a uniform number leans towards recent years.
  const year = OLDEST_YEAR + Math.floor(Math.sqrt(draws.uniform()) * (NEWEST_YEAR + 1 - OLDEST_YEAR));
  const plain = { title: oneOf(draws, shapes)(draws), year };
  return draws.uniform() < ODD_SHARE ? oneOf(draws, odd)(plain, draws) : plain;
}
