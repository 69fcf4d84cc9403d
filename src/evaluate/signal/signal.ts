/** Whether a log holds taste beyond popularity at all: how often two users share two films, against chance. */

import { random } from '../../core/random.js';
import type { Interval } from '../bootstrap.js';
import { coincidenceCounter, pairsOf } from './coincidences.js';
import { drawMeetings, type Log } from './meetings.js';
import { shuffle } from './shuffle.js';
import { stretchesOf } from './stretches.js';

export interface Signal {
  /** Users with two films or more whom the test rests on. */
  readonly users: number;
  /** Pairs of films they met. */
  readonly pairs: number;
  /**
   * Coincidences observed over those of chance: 1 + δ² where pairs of films are met together δ more or less often than
   * popularity says, 1 without taste. The interval is what chance alone does to it, 95 %. Absent when chance has none.
   */
  readonly lift: Interval | undefined;
  readonly verdict: Verdict;
}

/** `unclear`: the data is too small to find taste, or to rule it out. */
export type Verdict = 'measurable' | 'none' | 'unclear';

/** Below it even the best use of what is known gains next to nothing (docs/sparse-logs.md). */
const negligible = 1.02;
/** From here on personal models have something to work with. A test that could not have found so much is unclear. */
const moderate = 1.1;
const large = 1.5;
const usersMin = 200;

const shuffles = 20;
/** The first makes the next start from chance, the second makes it independent of the one before. */
const passes = 2;
/** 97.5 % quantile of the next draw of a normal variable of which 20 are known: t₁₉ · √(1 + 1/20). */
const quantile = 2.145;

/** The same log and seed give the same answer. Seconds for any log: of large ones a part is drawn. */
export function signalOf(log: Log, seed: number): Signal {
  const draws = random(seed);
  const meetings = drawMeetings(log, draws);
  const stretches = stretchesOf(meetings.time);
  const coincidences = coincidenceCounter(meetings);
  const observed = coincidences();
  const byChance = Array.from({ length: shuffles }, () => {
    for (let pass = 0; pass < passes; pass++) shuffle(meetings, stretches, draws);
    return coincidences();
  });
  const users = meetings.start.length - 1;
  const lift = liftOf(observed, byChance);
  return { users, pairs: pairsOf(meetings), lift, verdict: users < usersMin ? 'unclear' : verdictOf(lift) };
}

function liftOf(observed: number, byChance: readonly number[]): Interval | undefined {
  const expected = byChance.reduce((sum, x) => sum + x, 0) / byChance.length;
  if (expected === 0) return undefined;
  const variance = byChance.reduce((sum, x) => sum + (x - expected) ** 2, 0) / (byChance.length - 1);
  const [value, margin] = [observed / expected, (quantile * Math.sqrt(variance)) / expected];
  return { value, low: value - margin, high: value + margin };
}

function verdictOf(lift: Interval | undefined): Verdict {
  if (lift === undefined) return 'unclear';
  if (lift.low > negligible) return 'measurable';
  return lift.high < moderate ? 'none' : 'unclear';
}

/** The answer in a line, for people. */
export function signalLine({ users, pairs, lift, verdict }: Signal): string {
  const figures =
    lift === undefined
      ? ''
      : `: two users share two films ${round(lift.value)} times as often as by chance [${round(lift.low)}, ${round(lift.high)}]`;
  return `${wordsFor(verdict, lift)}${figures} (${users} users with two films or more, ${pairs} pairs)`;
}

function wordsFor(verdict: Verdict, lift: Interval | undefined): string {
  if (verdict === 'none') return 'no taste beyond popularity is measurable';
  if (verdict === 'unclear' || lift === undefined) return 'too few users with two films to tell taste from popularity';
  const size = lift.value >= large ? 'large' : lift.value >= moderate ? 'moderate' : 'small';
  return `taste beyond popularity is measurable, its effect ${size}`;
}

const round = (x: number): string => x.toFixed(x < 10 ? 3 : 1);
