/** Cuts interactions into what a model may learn from and what it is asked about. */

import assert from 'node:assert/strict';
import type { Interactions } from './interactions.js';

/** Both halves keep the users and films (dense numbering and vocabulary) of the whole. */
export interface Split {
  readonly train: Interactions;
  readonly test: Interactions;
}

export interface TimeSplit extends Split {
  /** Every training interaction is strictly before it, every test interaction at or after it. */
  readonly cutMs: number;
  /** Interactions of unknown time: in neither half, since they may lie on either side of the cut. */
  readonly untimed: number;
}

/**
 * Global time split: the oldest `trainShare` of all interactions of known time to train on, the rest to test. Where
 * several interactions share the moment of the cut they all go to the test half, so the share is met at most.
 */
export function splitByTime(interactions: Interactions, trainShare: number): TimeSplit {
  assert(trainShare > 0 && trainShare < 1, `trainShare ${trainShare} is not between 0 and 1`);
  const { time } = interactions;
  const sorted = time.slice().sort();
  let untimed = 0;
  while (sorted[untimed] === 0) untimed++;
  const cutMs = sorted[untimed + Math.floor((time.length - untimed) * trainShare)] ?? 0;
  const train = select(interactions, (i) => time[i]! > 0 && time[i]! < cutMs);
  const test = select(interactions, (i) => time[i]! > 0 && time[i]! >= cutMs);

  assert(
    train.time.every((t) => t < cutMs) && test.time.every((t) => t >= cutMs),
    'a training interaction is not before the cut, or a test interaction is',
  );
  return { train, test, cutMs, untimed };
}

/**
 * The newest `count` interactions of each user to test, the rest to train on; a user with no more than `count` stays
 * wholly in training. It mixes times across users: one user's test may be older than another's training.
 */
export function splitLeaveLastOut(interactions: Interactions, count = 1): Split {
  const { userOf, users } = interactions;
  const end = new Int32Array(users.length);
  const length = new Int32Array(users.length);
  for (let i = 0; i < userOf.length; i++) {
    end[userOf[i]!] = i + 1;
    length[userOf[i]!]!++;
  }
  const isTest = (i: number): boolean => {
    const user = userOf[i]!;
    return length[user]! > count && i >= end[user]! - count;
  };
  return { train: select(interactions, (i) => !isTest(i)), test: select(interactions, isTest) };
}

/** The interactions for which `keep` holds, with the users and films of the whole. */
export function select(interactions: Interactions, keep: (i: number) => boolean): Interactions {
  const { users, films, userOf, filmOf, preference, time, ratingHigh } = interactions;
  const kept = new Int32Array(userOf.length);
  let n = 0;
  for (let i = 0; i < userOf.length; i++) if (keep(i)) kept[n++] = i;

  const take = <Column extends Int32Array | Float32Array | Float64Array>(column: Column, into: Column): Column => {
    for (let i = 0; i < n; i++) into[i] = column[kept[i]!]!;
    return into;
  };
  return {
    users,
    films,
    userOf: take(userOf, new Int32Array(n)),
    filmOf: take(filmOf, new Int32Array(n)),
    preference: take(preference, new Float32Array(n)),
    time: take(time, new Float64Array(n)),
    ratingHigh,
  };
}
