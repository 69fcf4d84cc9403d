/** `strong` generalisation (Marlin 2004): the test users are strangers, of whom a part of the history is told when asked. */

import { random } from '../../core/random.js';
import type { Interactions } from '../../dataset/interactions.js';
import { select } from '../../dataset/split.js';
import { testCases, type Cut } from '../cases.js';
import { folds, seededFolds } from './folds.js';
import { mixesTimes, type Cuts } from './protocol.js';

/** Of a test user's history, the oldest: what is told. */
const toldPercent = 80;

/** Every user is a test user in one fold and trained on in the others. */
export function strongCuts(interactions: Interactions, seed: number): Cuts {
  const { users, userOf } = interactions;
  const foldOf = seededFolds(users.length, random(seed));
  const isTold = oldest(interactions, toldPercent);
  const cuts = Array.from({ length: folds }, (_, fold): Cut => {
    const isTest = (i: number): boolean => foldOf[userOf[i]!] === fold;
    const told = select(interactions, (i) => isTest(i) && isTold(i));
    const asked = select(interactions, (i) => isTest(i) && !isTold(i));
    return {
      name: `strong fold ${fold + 1}`,
      train: select(interactions, (i) => !isTest(i)),
      cases: testCases({ train: told, test: asked }),
      strangers: true,
    };
  });
  return {
    cuts,
    notes: [
      `${folds} seeded folds over users: test users are absent from training; the oldest ${toldPercent} % of their history is folded in, the rest is the test`,
      mixesTimes,
    ],
  };
}

/** Whether an interaction is among the oldest `percent` of its user's, rounded down. */
function oldest({ users, userOf }: Interactions, percent: number): (i: number) => boolean {
  const start = new Int32Array(users.length);
  const length = new Int32Array(users.length);
  for (let i = userOf.length - 1; i >= 0; i--) {
    start[userOf[i]!] = i;
    length[userOf[i]!]! += 1;
  }
  return (i) => i - start[userOf[i]!]! < Math.floor((length[userOf[i]!]! * percent) / 100);
}
