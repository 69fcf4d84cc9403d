/** `rolling`: many global cuts one after the other, so that a log of few simultaneous users still has enough test cases. */

import type { Interactions } from '../../dataset/interactions.js';
import { select } from '../../dataset/split.js';
import { testCases, type Cut } from '../cases.js';
import type { Cuts } from './protocol.js';

/** Of the interactions in order of time, in percent: where the cuts lie, and how far each one's targets reach. */
const [first, last, step] = [30, 95, 5];

/**
 * At each cut the model may learn what is strictly before it; asked are the interactions from there to the next cut, at the
 * last one to the end. Interactions of unknown time are in neither.
 */
export function rollingCuts(interactions: Interactions): Cuts {
  const { time } = interactions;
  const times = time.filter((t) => t > 0).sort();
  const momentAt = (percent: number): number => times[Math.floor((times.length * percent) / 100)] ?? Infinity;
  const cuts: Cut[] = [];
  for (let percent = first; percent <= last; percent += step) {
    const [cutMs, endMs] = [momentAt(percent), momentAt(percent + step)];
    const train = select(interactions, (i) => time[i]! > 0 && time[i]! < cutMs);
    const test = select(interactions, (i) => time[i]! >= cutMs && time[i]! < endMs);
    cuts.push({ name: `rolling ${percent} %`, train, cases: testCases({ train, test }), cutMs });
  }
  const untimed = time.length - times.length;
  return {
    cuts,
    notes: [
      `trained anew strictly before each of ${cuts.length} cuts at ${first} %, ${first + step} %, … ${last} % of the interactions, tested on the next ${step} %`,
      'a user may be tested at several cuts: intervals resample users, not user-windows',
      ...(untimed > 0 ? [`${untimed} interactions of unknown time are left out`] : []),
    ],
  };
}
