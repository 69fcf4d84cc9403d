/** What goes wrong with the look-up APIs. */

import { z } from 'zod';
import type { ApiBehaviour } from '../api/behaviour.js';
import { kind } from './kind.js';
import { number, share, wholeNumber } from './parameters.js';
import type { Settings } from './stage.js';

const change = (settings: Settings, changed: Partial<ApiBehaviour>): void => {
  settings.api = { ...settings.api, ...changed };
};

export const apiFaults = [
  kind({
    name: 'api-errors',
    summary: 'The look-up APIs answer 500, 502 or 503.',
    parameters: z.strictObject({ share: share('of the requests', 0.3) }),
    example: { share: 0.5 },
    set: (settings, { share: errorShare }) => change(settings, { errorShare }),
  }),
  kind({
    name: 'api-rate-limit',
    summary: 'The look-up APIs answer 429 with Retry-After to what comes too fast.',
    parameters: z.strictObject({ perSecond: number(0.01, 10_000, 'requests that are answered', 2) }),
    example: { perSecond: 1 },
    set: (settings, { perSecond }) => change(settings, { requestsPerSecondMax: perSecond }),
  }),
  kind({
    name: 'api-slow',
    summary: 'The look-up APIs answer, but late.',
    parameters: z.strictObject({
      delayMs: wholeNumber(1, 600_000, 'milliseconds, on the clock of the machine', 3_000),
    }),
    example: { delayMs: 8_000 },
    set: (settings, { delayMs }) => change(settings, { delayMs }),
  }),
  kind({
    name: 'api-hanging',
    summary: 'The look-up APIs take requests and never answer.',
    parameters: z.strictObject({}),
    example: {},
    // A port that an outage closed does not hang.
    set: (settings) => {
      if (settings.api.state === 'up') change(settings, { state: 'hanging' });
    },
  }),
  kind({
    name: 'api-truncated',
    summary: 'Answers of the look-up APIs break off in the middle, with or without the connection.',
    parameters: z.strictObject({ share: share('of the answers', 0.3) }),
    example: { share: 0.5 },
    set: (settings, { share: truncatedShare }) => change(settings, { truncatedShare }),
  }),
  kind({
    name: 'api-partial',
    summary: 'Lists of the look-up APIs leave out films and users that exist, and come in another order than asked.',
    parameters: z.strictObject({ share: share('of the ids that a list leaves out', 0.1) }),
    example: { share: 0.2 },
    set: (settings, { share: leftOutShare }) => change(settings, { leftOutShare, unordered: true }),
  }),
  kind({
    name: 'api-changed-types',
    summary: 'The look-up APIs answer with other types than before: words for numbers, text for lists.',
    parameters: z.strictObject({}),
    example: {},
    set: (settings) => change(settings, { changedTypes: true }),
  }),
  kind({
    name: 'api-outage',
    summary: 'The port of the look-up APIs is closed.',
    parameters: z.strictObject({}),
    example: {},
    set: (settings) => change(settings, { state: 'refusing' }),
  }),
];
