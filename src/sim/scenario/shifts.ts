/** How the site and its viewers change: tastes, films, prices, who comes, and whom they follow. */

import { z } from 'zod';
import { kind, progress } from './kind.js';
import { duration, noted, number, share } from './parameters.js';

export const shifts = [
  kind({
    name: 'taste-drift',
    summary: 'The tastes of all viewers move to other films, evenly, and stay there as long as the act lasts.',
    parameters: z.strictObject({
      to: share('how far, where 1 is as far as they can', 1),
      over: duration('time until they are there; 0s is at once', '1d'),
    }),
    example: { to: 0.8, over: '6h' },
    set: ({ conditions }, { to, over }, elapsed) => {
      conditions.tasteShift = to * progress(elapsed, over);
    },
  }),
  kind({
    name: 'catalogue-growth',
    summary: 'The last films of the catalogue do not exist before the act, and come out evenly while it lasts.',
    parameters: z.strictObject({
      share: number(0, 0.9, 'share of the films that are new', 0.1),
      over: duration('time until all are out; 0s is at once', '1d'),
    }),
    example: { share: 0.2, over: '6h' },
    before: ({ conditions }, parameters) => {
      conditions.filmsAvailable -= Math.floor(conditions.filmsAvailable * parameters.share);
    },
    set: ({ conditions }, { share: added, over }, elapsed) => {
      conditions.filmsAvailable -= Math.floor(conditions.filmsAvailable * added * (1 - progress(elapsed, over)));
    },
  }),
  kind({
    name: 'price-change',
    summary: 'The licence cost of every film is multiplied.',
    parameters: z.strictObject({ factor: number(0, 1_000, 'what costs are multiplied by', 2) }),
    example: { factor: 3 },
    set: ({ conditions }, { factor }) => {
      conditions.costFactor *= factor;
    },
  }),
  kind({
    name: 'biased-population',
    summary: 'Only some of the viewers sit down; at least one of the parameters says which.',
    parameters: z
      .strictObject({
        minAge: noted(z.int().min(0).max(150).optional(), 'a whole number from 0 to 150', 'years, at least'),
        maxAge: noted(z.int().min(8).max(150).optional(), 'a whole number from 8 to 150', 'years, at most'),
        gender: noted(z.enum(['F', 'M']).optional(), 'F or M', 'of the viewers'),
      })
      .refine((given) => Object.keys(given).length > 0, 'name minAge, maxAge or gender')
      .refine(({ minAge = 0, maxAge = Infinity }) => minAge <= maxAge, 'minAge is above maxAge'),
    example: { minAge: 18, maxAge: 24, gender: 'M' },
    set: ({ conditions }, arrivals) => {
      conditions.arrivals = arrivals;
    },
  }),
  kind({
    name: 'popularity-loop',
    summary: 'Viewers take what the list gives them, and else what everybody watches: what is popular becomes more so.',
    parameters: z.strictObject({
      followShare: share('probability that a viewer with a list picks from it', 0.95),
      popularityPull: number(0, 10, 'exponent of popularity where viewers explore; usually 1', 2),
    }),
    example: { followShare: 1, popularityPull: 1.5 },
    set: ({ conditions }, { followShare, popularityPull }) => {
      conditions.followShare = followShare;
      conditions.popularityPull = popularityPull;
    },
  }),
];
