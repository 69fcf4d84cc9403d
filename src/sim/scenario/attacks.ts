/** Attacks on what the recommender learns from: accounts that belong to nobody watch and rate with an aim. */

import assert from 'node:assert/strict';
import { z } from 'zod';
import { due, kind, type Moment } from './kind.js';
import { duration, noted, number, oneOfNames, wholeNumber } from './parameters.js';
import type { Stage } from './stage.js';

/** The first visits are one of each account: it signs up. */
function signUp(stage: Stage, moment: Moment, visit: number, accounts: number): number {
  const user = moment.account(visit % accounts);
  if (visit < accounts) stage.inject({ kind: 'create', user });
  return user;
}

const accounts = (fallback: number) => wholeNumber(1, 100_000, 'of the attackers', fallback);

interface Shilling {
  readonly film: string;
  readonly direction: 'push' | 'nuke';
  readonly accounts: number;
  readonly camouflage: number;
  readonly minutes: number;
  readonly over: number;
}

interface Visit {
  readonly user: number;
  readonly film: number;
  readonly rating: number;
  readonly minutes: number;
}

/** Visit n is the (n / accounts)-th of account n % accounts; at a place of its own the account goes for the target. */
function shillingVisit(stage: Stage, parameters: Shilling, moment: Moment, n: number): Visit {
  const { film: id, direction, camouflage, minutes } = parameters;
  const { world, ratingScale, conditions } = stage;
  const target = world.indexOf(id);
  assert(target !== undefined, `shilling: the catalogue has no film ${id}`);
  const account = n % parameters.accounts;
  const user = moment.account(account);
  const isAttack = moment.drawsOf(account).integer(camouflage + 1) === Math.floor(n / parameters.accounts);
  if (isAttack) {
    // Whoever wants a film to sink does not watch it.
    return direction === 'push'
      ? { user, film: target, rating: ratingScale, minutes }
      : { user, film: target, rating: 1, minutes: 0 };
  }
  const draws = moment.drawsOf(parameters.accounts + n);
  const rating = Math.min(ratingScale, Math.max(1, Math.round(ratingScale * (0.74 + 0.2 * draws.normal()))));
  for (;;) {
    const film = world.pickFilm(draws.uniform());
    if (film !== target && film < conditions.filmsAvailable) return { user, film, rating, minutes };
  }
}

export const attacks = [
  kind({
    name: 'rating-spam',
    summary: 'Accounts of attackers rate any films without end.',
    parameters: z.strictObject({
      accounts: accounts(20),
      perMinute: number(0, 600_000, 'ratings of all accounts together', 300),
      rating: noted(
        z.union([z.literal('random'), z.int().min(0).max(999)]).default('random'),
        '"random", or a whole number from 0 to 999',
        'what they give; a number may lie outside the scale',
        'random',
      ),
    }),
    example: { accounts: 50, perMinute: 600, rating: 1 },
    act: (stage, { accounts: count, perMinute, rating }, moment) => {
      const { draws } = moment;
      for (const visit of due(perMinute, 60, moment.elapsed)) {
        const user = signUp(stage, moment, visit, count);
        const film = draws.integer(stage.conditions.filmsAvailable);
        const given = rating === 'random' ? 1 + draws.integer(stage.ratingScale) : rating;
        stage.inject({ kind: 'rate', user, film, rating: given });
      }
    },
  }),
  kind({
    name: 'shilling',
    summary: 'A group of accounts watches and rates popular films as camouflage, and one film to make it rise or sink.',
    parameters: z.strictObject({
      film: noted(z.string().min(1), 'the id of a film of the catalogue', 'what the attack is about'),
      direction: oneOfNames(
        ['push', 'nuke'],
        'push: watched and rated with the highest rating; nuke: rated 1 and not watched',
      ),
      accounts: accounts(50),
      camouflage: wholeNumber(0, 100, 'popular films that each account watches and rates', 4),
      minutes: wholeNumber(1, 300, 'that a film is watched before it is rated', 5),
      over: duration('time over which the accounts spread what they watch', '30m'),
    }),
    example: { film: 'plan+9+from+outer+space+1959', direction: 'push', accounts: 100 },
    act: (stage, parameters, moment) => {
      const { accounts: count, camouflage, minutes, over } = parameters;
      const visits = count * (camouflage + 1);
      const begunAgo = (secondsAgo: number): number[] =>
        due(visits, Math.max(1, over), moment.elapsed - secondsAgo).filter((n) => n >= 0 && n < visits);

      for (const n of begunAgo(0)) signUp(stage, moment, n, count);
      for (let minute = 0; minute <= minutes; minute++) {
        for (const n of begunAgo(60 * minute)) {
          const { user, film, rating, minutes: last } = shillingVisit(stage, parameters, moment, n);
          if (minute < last) stage.inject({ kind: 'watch', user, film, minute });
          else if (minute === last) stage.inject({ kind: 'rate', user, film, rating });
        }
      }
    },
  }),
];
