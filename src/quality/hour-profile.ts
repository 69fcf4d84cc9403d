/** The hours between two moments, those without any line included, and what is usual at an hour of the day. */

import { HOUR_MS, hourKinds, type HourKind } from '../store/hour-tally.js';
import type { HourCounts, HourRow } from '../store/hours.js';
import type { Span } from './windows.js';

const NO_LINES = Object.fromEntries(hourKinds.map((kind) => [kind, 0])) as HourCounts;

/** Whole hours only: the first and the last hour of the log are cut off somewhere. */
export function wholeHours(hours: readonly HourRow[], { fromMs, toMs }: Span): HourRow[] {
  if (hours.length === 0) return [];
  const counts = new Map(hours.map((row) => [row.startMs, row.counts]));
  const first = Math.max(hours[0]!.startMs + HOUR_MS, Math.ceil(fromMs / HOUR_MS) * HOUR_MS);
  const end = Math.min(hours.at(-1)!.startMs, Math.floor(toMs / HOUR_MS) * HOUR_MS);
  const length = Math.max(0, (end - first) / HOUR_MS);
  return Array.from({ length }, (_, i) => {
    const startMs = first + i * HOUR_MS;
    return { startMs, counts: counts.get(startMs) ?? NO_LINES };
  });
}

/** 0 to 23, UTC. */
export const hourOfDay = (startMs: number): number => Math.floor(startMs / HOUR_MS) % 24;

export const requestsOf = (counts: HourCounts): number => sumOf(counts, (kind) => kind.startsWith('request '));

export const linesIn = (counts: HourCounts): number => sumOf(counts, () => true);

const sumOf = (counts: HourCounts, counted: (kind: HourKind) => boolean): number =>
  hourKinds.reduce((sum, kind) => sum + (counted(kind) ? counts[kind] : 0), 0);

/** Mean lines an hour by hour of the day; undefined where the hours miss one. */
export function dayProfile(hours: readonly HourRow[], of: (counts: HourCounts) => number): number[] | undefined {
  const [sums, hoursSeen] = [Array<number>(24).fill(0), Array<number>(24).fill(0)];
  for (const { startMs, counts } of hours) {
    sums[hourOfDay(startMs)]! += of(counts);
    hoursSeen[hourOfDay(startMs)]!++;
  }
  return hoursSeen.includes(0) ? undefined : sums.map((sum, hour) => sum / hoursSeen[hour]!);
}
