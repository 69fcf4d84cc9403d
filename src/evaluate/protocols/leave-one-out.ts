/** `leave-one-out`: one interaction of each user, drawn at random, is asked, all else is learned. */

import { random } from '../../core/random.js';
import type { Interactions } from '../../dataset/interactions.js';
import { select } from '../../dataset/split.js';
import { testCases } from '../cases.js';
import { mixesTimes, type Cuts } from './protocol.js';

/** A user with one interaction stays wholly in training. */
export function leaveOneOutCuts(interactions: Interactions, seed: number): Cuts {
  const { userOf } = interactions;
  const { integer } = random(seed);
  const asked = new Uint8Array(userOf.length);
  for (let start = 0, end = 0; start < userOf.length; start = end) {
    while (userOf[end] === userOf[start]) end++;
    if (end - start > 1) asked[start + integer(end - start)] = 1;
  }
  const train = select(interactions, (i) => asked[i] === 0);
  const test = select(interactions, (i) => asked[i] === 1);
  return {
    cuts: [{ name: 'leave-one-out', train, cases: testCases({ train, test }) }],
    notes: [`one random interaction of each user with two or more is the test; ${mixesTimes}`],
  };
}
