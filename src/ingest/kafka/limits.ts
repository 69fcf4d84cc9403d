/** What a topic's log holds, and where in it a partition without a stored position begins. */

import type { Admin } from 'kafkajs';
import type { StartAt } from '../source.js';

export interface Limits {
  readonly partition: number;
  /** Offset of the first line that is still there. */
  readonly low: number;
  /** Offset of the next line to come. */
  readonly high: number;
}

export async function limitsOf(admin: Admin, topic: string): Promise<Limits[]> {
  const offsets = await admin.fetchTopicOffsets(topic);
  return offsets.map(({ partition, low, high }) => ({ partition, low: Number(low), high: Number(high) }));
}

/** By partition; one that is not named begins at its `low`. */
export async function startsOf(
  admin: Admin,
  topic: string,
  from: StartAt,
  limits: readonly Limits[],
): Promise<Map<number, number>> {
  if (from === 'latest') return new Map(limits.map(({ partition, high }) => [partition, high]));
  if (typeof from !== 'number') return new Map();
  const offsets = await admin.fetchTopicOffsetsByTimestamp(topic, from);
  return new Map(offsets.map(({ partition, offset }) => [partition, Number(offset)]));
}
