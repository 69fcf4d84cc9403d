/** What goes wrong with the log: damaged lines, lines that come twice, lines that come late. */

import { z } from 'zod';
import { measuredFaults, type FaultKind } from '../log/fault-rates.js';
import { kind } from './kind.js';
import { noted, share } from './parameters.js';

const faultNames = Object.keys(measuredFaults) as FaultKind[];

const rates = z.partialRecord(z.enum(faultNames), z.number().min(0).max(1)).refine(
  // They are shares of the same lines.
  (given) => Object.values(given).reduce((sum, rate) => sum + rate, 0) <= 1,
);

export const logFaults = [
  kind({
    name: 'line-faults',
    summary: 'Single lines are damaged, doubled or empty, at the rates measured in a real log or at any other.',
    parameters: z.strictObject({
      rates: noted(
        z.union([z.literal('measured'), rates]).default('measured'),
        `"measured", or shares of the lines, together at most 1, by fault: ${faultNames.join(', ')}`,
        'share of the lines with each fault; a fault that is not named does not happen',
        'measured',
      ),
    }),
    example: { rates: { insertion: 0.01, 'film-id': 0.005 } },
    set: ({ log }, parameters) => {
      log.faults = parameters.rates;
    },
  }),
  kind({
    name: 'duplicate-batches',
    summary: 'Whole batches of lines are delivered a second time, as after a rebalance of consumers.',
    parameters: z.strictObject({ share: share('of the batches', 0.005) }),
    example: { share: 0.05 },
    set: ({ log }, parameters) => {
      log.duplicateBatchShare = parameters.share;
    },
  }),
  kind({
    name: 'log-outage',
    summary: 'The log brings nothing; when it is over, all lines come in their order.',
    parameters: z.strictObject({}),
    example: {},
    set: ({ log }) => {
      log.withheld = true;
    },
  }),
];
