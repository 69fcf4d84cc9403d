/** Drift of what the log consists of: kinds of lines, how requests end, and when in the day they come. */

import type { HourCounts, HourRow } from '../store/hours.js';
import { hourKinds, type HourKind } from '../store/hour-tally.js';
import type { Finding } from './finding.js';
import { dayProfile, linesIn, requestsOf, wholeHours } from './hour-profile.js';
import { mixFinding, type Mix } from './mix-checks.js';
import type { Windows } from './windows.js';

export function findLineMixes(hours: readonly HourRow[], windows: Windows): Finding[] {
  const sides: Sides = { current: wholeHours(hours, windows.current), reference: wholeHours(hours, windows.reference) };
  const about = (check: string) => ({ check, measure: 'JS' }) as const;
  return [
    mixFinding({ interface: 'log', ...about('kinds of lines') }, kindMix(sides, hourKinds, linesIn)),
    mixFinding({ interface: 'answers', ...about('status by hours') }, kindMix(sides, requestKinds, requestsOf)),
    mixFinding({ interface: 'log', ...about('lines by hour of the day') }, dayMix(sides, linesIn)),
    mixFinding({ interface: 'answers', ...about('requests by hour of the day') }, dayMix(sides, requestsOf)),
  ];
}

const requestKinds = hourKinds.filter((kind) => kind.startsWith('request '));

interface Sides {
  readonly current: readonly HourRow[];
  readonly reference: readonly HourRow[];
}

const sum = (hours: readonly HourRow[], of: (counts: HourCounts) => number): number =>
  hours.reduce((total, { counts }) => total + of(counts), 0);

const samplesOf = ({ current, reference }: Sides, of: (counts: HourCounts) => number) => ({
  currentSamples: sum(current, of),
  referenceSamples: sum(reference, of),
});

function kindMix(sides: Sides, kinds: readonly HourKind[], of: (counts: HourCounts) => number): Mix {
  const categories = kinds.map((kind) => ({
    name: kind,
    current: sum(sides.current, (counts) => counts[kind]),
    reference: sum(sides.reference, (counts) => counts[kind]),
  }));
  return { categories: categories.filter(isThere), ...samplesOf(sides, of) };
}

/** By the mean of each hour of the day: neither window need be a number of whole days. */
function dayMix(sides: Sides, of: (counts: HourCounts) => number): Mix {
  const [current, reference] = [dayProfile(sides.current, of), dayProfile(sides.reference, of)];
  if (current === undefined || reference === undefined)
    return { categories: [], currentSamples: 0, referenceSamples: 0 };
  const categories = current.map((mean, hour) => ({ name: `${hour}:00`, current: mean, reference: reference[hour]! }));
  return { categories, ...samplesOf(sides, of) };
}

const isThere = ({ current, reference }: Mix['categories'][number]): boolean => current + reference > 0;
