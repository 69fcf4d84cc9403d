/** `leave-last-out`: each user's newest interaction is asked, all else is learned. */

import type { Interactions } from '../../dataset/interactions.js';
import { splitLeaveLastOut } from '../../dataset/split.js';
import { testCases } from '../cases.js';
import { mixesTimes, type Cuts } from './protocol.js';

export function leaveLastOutCuts(interactions: Interactions): Cuts {
  const split = splitLeaveLastOut(interactions);
  return {
    cuts: [{ name: 'leave-last-out', train: split.train, cases: testCases(split) }],
    notes: [`each user's newest interaction is the test; ${mixesTimes}`],
  };
}
