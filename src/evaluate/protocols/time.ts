/** `time`: one global cut. What is asked lies wholly after what was learned, as in service. */

import type { Interactions } from '../../dataset/interactions.js';
import { splitByTime } from '../../dataset/split.js';
import { testCases } from '../cases.js';
import type { Cuts } from './protocol.js';

const trainShare = 0.8;

export function timeCuts(interactions: Interactions): Cuts {
  const { cutMs, untimed, ...split } = splitByTime(interactions, trainShare);
  return {
    cuts: [{ name: 'time', train: split.train, cases: testCases(split), cutMs }],
    notes: [
      `trained strictly before, tested from ${new Date(cutMs).toISOString()} on`,
      ...(untimed > 0 ? [`${untimed} interactions of unknown time are left out`] : []),
    ],
  };
}
