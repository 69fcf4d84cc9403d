/** What an outside database says of a film: votes that are not those of the site's viewers, money, makers; much of it is missing. */

import type { Random } from '../../core/random.js';
import { oneOf } from '../mix.js';
import { fame, newness } from './licence.js';
import type { Title } from './titles.js';
import { adjectives, nouns, places, turns } from './words.js';

/** As that database writes it: a sum or a number of votes that it does not know is 0. */
export interface OutsideFacts {
  readonly voteCount: number;
  /** Of 10, with one decimal; 0 without votes. */
  readonly voteAverage: number;
  readonly popularity: number;
  /** USD; unknown for 65 % and 67 %. */
  readonly budget: number;
  readonly revenue: number;
  /** Null for 79 %. */
  readonly homepage: string | null;
  readonly tagline: string | null;
  readonly companies: readonly string[];
  /** Of the series of films that it belongs to. */
  readonly collection: string | null;
  /** `MM-DD` */
  readonly releaseDay: string;
}

/** Where a film stands among all `of` films; rank 0 is the most popular. */
export interface Standing {
  readonly rank: number;
  readonly of: number;
}

const NO_VOTES_SHARE = 0.024;

/** The better a film is known, the more is known of it: a share of (1 − place in the ranking), twice its mean. */
export function outsideFacts(draws: Random, { title, year }: Title, { rank, of }: Standing): OutsideFacts {
  const rest = 1 - rank / of;
  const known = draws.uniform() / rest;
  const popular = fame(rank, 1500);
  const voteCount = draws.uniform() < NO_VOTES_SHARE ? 0 : 1 + Math.round(6000 * popular * popular * spread(draws));
  const opinion = Math.min(9.5, Math.max(1, 6.2 + popular + 0.9 * draws.normal()));
  const budget = Math.round(200 * newness(year, 20) * spread(draws)) * 100_000 + 100_000;
  const revenue = Math.round(budget * 2.2 * spread(draws));
  return {
    voteCount,
    voteAverage: voteCount === 0 ? 0 : Math.round(opinion * 10) / 10,
    popularity: Math.round((0.5 + 30 * popular * (0.5 + draws.uniform())) * 1e6) / 1e6,
    budget: known < 0.7 ? budget : 0,
    revenue: known < 0.66 ? revenue : 0,
    homepage: draws.uniform() / rest < 0.42 ? `http://${hostOf(title)}.example/` : null,
    tagline: draws.uniform() < 0.6 ? oneOf(draws, turns) : null,
    companies: Array.from({ length: draws.integer(4) }, () => companyName(draws)),
    collection: draws.uniform() < 0.1 ? `${title} Collection` : null,
    releaseDay: `${twoDigits(1 + draws.integer(12))}-${twoDigits(1 + draws.integer(28))}`,
  };
}

/** Around 1 with long tails on both sides: the root of a log-logistic number, at most 100. */
function spread(draws: Random): number {
  const uniform = draws.uniform();
  return Math.min(100, Math.sqrt(uniform / (1 - uniform)));
}

const companyName = (draws: Random): string =>
  `${oneOf(draws, adjectives)} ${oneOf(draws, nouns)} ${oneOf(draws, ['Pictures', 'Films', 'Entertainment', `of ${oneOf(draws, places)}`])}`;

const hostOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
    .slice(0, 60) || 'film';
const twoDigits = (number: number): string => String(number).padStart(2, '0');
