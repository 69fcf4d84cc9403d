/**
 * Rungs of successive halving (Jamieson and Talwalkar 2016): first many candidates on few test cases, then half of them
 * on twice as many, until the last ones see all.
 */

import { random, shuffled } from '../../core/random.js';
import { isCold, type Cut } from '../cases.js';

/** Part of the cuts, or where there are too few to leave some out, of the users: 1/4, 1/2, all. */
const steps = [4, 2, 1] as const;

export interface Rung {
  readonly cuts: readonly Cut[];
  /** What part it is. */
  readonly name: string;
}

/** Each holds the one before it. A rung at which nobody would be asked is left out. */
export function rungsOf(cuts: readonly Cut[], seed: number): Rung[] {
  const byCuts = cuts.length >= steps[0];
  return steps
    .map((step) => (byCuts ? everyCut(cuts, step) : everyUser(cuts, step, seed)))
    .filter((rung) => rung.cuts.length > 0);
}

/** Counted from the newest, which is most like the future. */
function everyCut(cuts: readonly Cut[], step: number): Rung {
  const kept = cuts.filter((_, i) => (cuts.length - 1 - i) % step === 0);
  return { cuts: kept, name: `${kept.length} of ${cuts.length} cuts` };
}

function everyUser(cuts: readonly Cut[], step: number, seed: number): Rung {
  if (step === 1) return { cuts, name: 'all test users' };
  const turn = turns(
    cuts.flatMap(({ cases }) => cases.map(({ user }) => user)),
    seed,
  );
  const parts = cuts.map((cut) => ({ ...cut, cases: cut.cases.filter(({ user }) => turn.get(user)! % step === 0) }));
  return {
    cuts: parts.filter(({ cases }) => cases.some((test) => !isCold(test))),
    name: `1/${step} of the test users`,
  };
}

/** Every user's place in a seeded order. */
function turns(users: readonly number[], seed: number): ReadonlyMap<number, number> {
  const order = shuffled(new Set(users), random(seed));
  return new Map(order.map((user, place) => [user, place]));
}
