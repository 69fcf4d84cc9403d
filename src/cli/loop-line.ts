/** One line about the whole loop: what the world did, and what its log says of the service. */

import type { WorldStatus } from '../app/world-messages.js';
import type { IngestStatus } from '../ingest/ingester.js';

export function loopLine(
  world: WorldStatus | undefined,
  ingest: IngestStatus | undefined,
  model: string | undefined,
): string {
  if (world === undefined) return 'the world begins';
  const time = new Date(world.timeMs).toISOString().slice(0, 16).replace('T', ' ');
  const asked = Object.values(world.requests).reduce((sum, count) => sum + count, 0);
  const seen = ingest?.observed;
  return [
    time,
    `${world.lines} lines`,
    `${asked} requests`,
    `availability ${percent(seen?.hour.availability)}`,
    `personal ${percent(seen?.personalShare)}`,
    `watched after ${percent(seen?.watchedAfterShare)}`,
    `model ${model ?? 'none'}`,
  ].join(' · ');
}

const percent = (share: number | undefined): string => (share === undefined ? '–' : `${(100 * share).toFixed(1)} %`);
