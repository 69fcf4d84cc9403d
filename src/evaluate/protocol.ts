/** The offline protocols: how interactions are cut, and what a reader must know about the cut. */

import type { Interactions } from '../dataset/interactions.js';
import { splitByTime, splitLeaveLastOut, type Split } from '../dataset/split.js';

export const protocols = ['time', 'leave-last-out'] as const;
export type Protocol = (typeof protocols)[number];

export interface Cut {
  readonly split: Split;
  readonly notes: readonly string[];
}

const trainShare = 0.8;

export function cutBy(protocol: Protocol, interactions: Interactions): Cut {
  if (protocol === 'leave-last-out') {
    return {
      split: splitLeaveLastOut(interactions),
      notes: [
        "each user's newest interaction is the test; this mixes times: the test of one may precede training of another",
      ],
    };
  }
  const split = splitByTime(interactions, trainShare);
  const untimed = split.untimed > 0 ? [`${split.untimed} interactions of unknown time are left out`] : [];
  return {
    split,
    notes: [`trained strictly before, tested from ${new Date(split.cutMs).toISOString()} on`, ...untimed],
  };
}
