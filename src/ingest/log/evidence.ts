/**
 * Which lines of one user and one film support each other. A viewing that reaches minute m at time t must have begun at
 * t − m, so lines of one viewing agree on that moment and pauses only make it later. Supported are
 *
 *   1. lines that show a beginning,
 *   2. lines of different minutes that agree on when they began,
 *   3. lines that are not faster than the clock: they began no earlier than what is supported.
 *
 * Each rule only ever adds, so there is one smallest set that satisfies all, whatever the order in which it is built.
 */

import { isBeginning, STUTTER } from './plausibility.js';

/** A line, or several that agree on when they began. Times in seconds since 1970. */
export interface Evidence {
  /** The earliest and the latest moment at which these lines say that the viewing began. */
  readonly low: number;
  readonly high: number;
  readonly minuteLow: number;
  readonly minuteHigh: number;
}

export const supportsItself = ({ minuteLow, minuteHigh }: Evidence): boolean =>
  isBeginning(minuteLow) || minuteLow !== minuteHigh;

/** `began` of what is supported: the earliest beginning, Infinity where nothing is. */
export const isNoFasterThanTheClock = ({ high }: Evidence, began: number): boolean => high >= began - STUTTER;

const agree = (a: Evidence, b: Evidence): boolean =>
  a.low <= b.high + STUTTER &&
  b.low <= a.high + STUTTER &&
  (a.minuteLow !== b.minuteLow || a.minuteHigh !== b.minuteHigh);

/** `began`: when what is known already to be supported began, Infinity when nothing is. */
export function supported<E extends Evidence>(all: readonly E[], began: number): Set<E> {
  const found = new Set<E>();
  let earliest = began;
  const add = (one: E): void => {
    found.add(one);
    earliest = Math.min(earliest, one.low);
  };
  for (const one of all) {
    if (supportsItself(one) || all.some((other) => other !== one && agree(one, other))) add(one);
  }
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const one of all) if (!found.has(one) && isNoFasterThanTheClock(one, earliest)) add(one);
  }
  return found;
}
