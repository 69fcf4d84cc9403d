/** Requests that no viewer of the site made: malformed ones, floods, and children asking. */

import { z } from 'zod';
import { oneOf } from '../mix.js';
import { ageOf } from '../viewers/users.js';
import { due, kind, type Moment } from './kind.js';
import { noted, number, wholeNumber } from './parameters.js';
import type { Stage } from './stage.js';

/** What stands in the path where a user id belongs. */
export const malformedUsers = {
  letters: 'abc',
  negative: '-1',
  exponent: '1e9',
  empty: '',
  /** 10 kB. */
  long: '7'.repeat(10_240),
  'null-byte': '%00',
  /** Two Chinese characters and an emoji. */
  unicode: '%E7%94%A8%E6%88%B7%F0%9F%8E%AC',
} as const;

type Malformation = keyof typeof malformedUsers;
const malformations = Object.keys(malformedUsers) as Malformation[];

const anyViewer = ({ world }: Stage, { draws }: Moment): number => world.firstUser + draws.integer(world.registered);

/** About one viewer in twenty is under 18: so many tries find one all but surely. */
const TRIES = 400;

function youngViewer(stage: Stage, moment: Moment, ageBelow: number): number | undefined {
  for (let tries = 0; tries < TRIES; tries++) {
    const user = anyViewer(stage, moment);
    if (ageOf(stage.world.seed, user) < ageBelow) return user;
  }
  return undefined;
}

export const requests = [
  kind({
    name: 'invalid-requests',
    summary: 'Recommendations are asked for users that are no user ids.',
    parameters: z.strictObject({
      perMinute: number(0, 60_000, 'requests', 10),
      forms: noted(
        z.array(z.enum(malformations)).min(1).default(malformations),
        `a list of ${malformations.join(', ')}`,
        'what is asked instead of a user id',
        malformations,
      ),
    }),
    example: { perMinute: 60, forms: ['letters', 'null-byte'] },
    act: (stage, { perMinute, forms }, { elapsed, draws }) => {
      due(perMinute, 60, elapsed).forEach(() => stage.request(malformedUsers[oneOf(draws, forms)]));
    },
  }),
  kind({
    name: 'request-burst',
    summary: 'Far more recommendations are asked than usual, for any viewers.',
    parameters: z.strictObject({ perSecond: number(0, 10_000, 'requests on top of the usual ones', 50) }),
    example: { perSecond: 200 },
    act: (stage, { perSecond }, moment) => {
      due(perSecond, 1, moment.elapsed).forEach(() => stage.request(String(anyViewer(stage, moment))));
    },
  }),
  kind({
    name: 'minors-asking',
    summary: 'Viewers under age ask for recommendations.',
    parameters: z.strictObject({
      perMinute: number(0, 60_000, 'requests on top of the usual ones', 30),
      ageBelow: wholeNumber(9, 91, 'years', 18),
    }),
    example: { perMinute: 60, ageBelow: 13 },
    act: (stage, { perMinute, ageBelow }, moment) => {
      due(perMinute, 60, moment.elapsed).forEach(() => {
        const user = youngViewer(stage, moment, ageBelow);
        if (user !== undefined) stage.request(String(user));
      });
    },
  }),
];
