/**
 * The scale on which the site rates: configured, or learned from what was seen. Learned, it is one of the customary scales and
 * only ever grows: of each hundred ratings of a partition a tenth must lie beyond it. A partition's lines come in one order, so
 * the scale does not depend on how partitions interleave.
 */

import type { PartitionState } from '../../store/partitions.js';

export interface Scale {
  readonly low: number;
  readonly high: number;
}

const CUSTOMARY = [5, 10, 100];
const BLOCK = 100;
const SHARE_BEYOND = 0.1;

type Counts = PartitionState['ratings'];

export const learnedScale = (high: number | undefined): Scale => ({ low: 1, high: high ?? CUSTOMARY[0]! });

export const isOnScale = (rating: number, { low, high }: Scale): boolean => rating >= low && rating <= high;

/** One more rating of a partition: its counts since the scale was last thought over, and the top of the scale thereafter. */
export function afterRating(
  counts: Counts,
  high: number,
  rating: number,
): { readonly counts: Counts; readonly high: number } {
  const grown: Record<string, number> = { ...counts, [rating]: (counts[rating] ?? 0) + 1 };
  const values = Object.entries(grown).map(([value, count]) => [Number(value), count] as const);
  if (values.reduce((sum, [, count]) => sum + count, 0) < BLOCK) return { counts: grown, high };
  const beyond = (top: number): number => values.reduce((sum, [value, count]) => sum + (value > top ? count : 0), 0);
  const fitting = CUSTOMARY.find((top) => top >= high && beyond(top) < SHARE_BEYOND * BLOCK);
  return { counts: {}, high: fitting ?? high };
}
