/** Whether every hour has the lines it usually has: against the same hour of earlier days, kind by kind. */

import type { HourCounts, HourRow } from '../store/hours.js';
import { HOUR_MS } from '../store/hour-tally.js';
import { hourOfDay, linesIn, requestsOf, wholeHours } from './hour-profile.js';
import type { Finding, SiteInterface, Verdict } from './finding.js';
import type { Windows } from './windows.js';

interface VolumeCheck {
  readonly interface: SiteInterface;
  readonly check: string;
  readonly of: (counts: HourCounts) => number;
}

const volumeChecks: readonly VolumeCheck[] = [
  { interface: 'log', check: 'watched minutes', of: ({ watch }) => watch },
  { interface: 'log', check: 'ratings', of: ({ rate }) => rate },
  { interface: 'log', check: 'new accounts', of: ({ create }) => create },
  { interface: 'log', check: 'rejected lines', of: ({ rejected }) => rejected },
  { interface: 'log', check: 'lines of unknown films', of: ({ held }) => held },
  { interface: 'answers', check: 'requests', of: requestsOf },
];

/** Earlier days that must have had an hour before one can say what is usual then. */
const DAYS_MIN = 3;
/** Times the usual, or as many times less. */
const WARN_FACTOR = 2;
const BAD_FACTOR = 5;
/** So many standard deviations of chance: of the thousand hours of a report hardly one goes beyond. */
const Z_NOISE = 4;

const OUTAGE_WARN = 1;
const OUTAGE_BAD = 6;
const EXAMPLES_MAX = 3;

export function findVolumes(hours: readonly HourRow[], { current, reference }: Windows): Finding[] {
  const earlier = wholeHours(hours, { fromMs: reference.fromMs, toMs: current.toMs });
  const now = earlier.filter(({ startMs }) => startMs >= current.fromMs);
  return [outages(now), ...volumeChecks.map((check) => volume(check, now, earlier))];
}

/** Hours in which nothing at all was written. */
function outages(now: readonly HourRow[]): Finding {
  const empty = now.filter(({ counts }) => linesIn(counts) === 0);
  const verdict = empty.length >= OUTAGE_BAD ? 'bad' : empty.length >= OUTAGE_WARN ? 'warn' : 'ok';
  return {
    ...{ interface: 'log', kind: 'volume', check: 'hours without any line', unit: 'count', samples: now.length },
    ...{ value: now.length === 0 ? null : empty.length, verdict: now.length === 0 ? 'too few' : verdict },
    expectation: `none, fault from ${OUTAGE_BAD}`,
    examples: empty.slice(-EXAMPLES_MAX).map(({ startMs }) => hourText(startMs)),
  };
}

interface OddHour {
  readonly startMs: number;
  readonly lines: number;
  readonly usual: number;
  /** Above 1: so many times too many or too few. */
  readonly factor: number;
}

function volume(
  { interface: of, check, of: linesOf }: VolumeCheck,
  now: readonly HourRow[],
  all: readonly HourRow[],
): Finding {
  const compared = now
    .filter(({ counts }) => linesIn(counts) > 0) // told as an outage already
    .flatMap(({ startMs, counts }): OddHour[] => {
      const usual = usualAt(startMs, all, linesOf);
      const lines = linesOf(counts);
      return usual === undefined ? [] : [{ startMs, lines, usual, factor: factorOf(lines, usual) }];
    });
  const odd = compared.filter(({ factor }) => factor >= WARN_FACTOR).sort((a, b) => b.factor - a.factor);
  const samples = compared.length;
  return {
    ...{ interface: of, kind: 'volume', check, unit: 'count', samples, value: samples === 0 ? null : odd.length },
    expectation: `no hour below 1/${WARN_FACTOR} or above ${WARN_FACTOR} times the usual, fault at ${BAD_FACTOR}`,
    verdict: samples === 0 ? 'too few' : verdictOf(odd),
    examples: odd
      .slice(0, EXAMPLES_MAX)
      .map(({ startMs, lines, usual }) => `${hourText(startMs)}: ${lines}, usually ${usual}`),
  };
}

function verdictOf([worst]: readonly OddHour[]): Verdict {
  if (worst === undefined) return 'ok';
  return worst.factor >= BAD_FACTOR ? 'bad' : 'warn';
}

/** The median of the same hour of the day before; undefined when there were too few such days. */
function usualAt(startMs: number, all: readonly HourRow[], of: (counts: HourCounts) => number): number | undefined {
  const same = all
    .filter((row) => row.startMs < startMs && hourOfDay(row.startMs) === hourOfDay(startMs) && linesIn(row.counts) > 0)
    .map(({ counts }) => of(counts))
    .sort((a, b) => a - b);
  return same.length < DAYS_MIN ? undefined : same[same.length >> 1]!;
}

/** 1 where chance explains the difference: twice the root of a count (Anscombe 1948) varies by 1, however large or small it is. */
function factorOf(lines: number, usual: number): number {
  const apart = 2 * (Math.sqrt(lines + 3 / 8) - Math.sqrt(usual + 3 / 8));
  if (Math.abs(apart) <= Z_NOISE) return 1;
  const ratio = (lines + 1) / (usual + 1);
  return Math.max(ratio, 1 / ratio);
}

const hourText = (startMs: number): string =>
  `${new Date(startMs).toISOString().slice(0, 13)}:00–${hourOfDay(startMs + HOUR_MS)}:00`;
