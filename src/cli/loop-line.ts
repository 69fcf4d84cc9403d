/** The whole loop as a table that grows: what the world did, and what its log says of the service. */

import type { WorldStatus } from '../app/world-messages.js';
import type { IngestStatus } from '../ingest/ingester.js';

const columns = [
  { title: 'time of the site', width: 16 },
  { title: 'lines', width: 8 },
  { title: 'requests', width: 8 },
  { title: 'available', width: 9 },
  { title: 'personal', width: 8 },
  { title: 'watched after', width: 13 },
  { title: 'model', width: 0 },
];

const row = (cells: readonly string[]): string =>
  cells.map((cell, column) => cell.padStart(columns[column]!.width)).join('  ');

export const loopHeader = row(columns.map(({ title }) => title));

/** Availability of the last hour, share of personal answers, share of answers after which a film of the list was begun. */
export function loopLine(
  world: WorldStatus | undefined,
  ingest: IngestStatus | undefined,
  model: string | undefined,
): string {
  if (world === undefined) return 'the site opens';
  const asked = Object.values(world.requests).reduce((sum, count) => sum + count, 0);
  const seen = ingest?.observed;
  return row([
    new Date(world.timeMs).toISOString().slice(0, 16).replace('T', ' '),
    String(world.lines),
    String(asked),
    percent(seen?.hour.availability),
    percent(seen?.personalShare),
    percent(seen?.watchedAfterShare),
    model ?? 'none',
  ]);
}

const percent = (share: number | undefined): string => (share === undefined ? '–' : `${(100 * share).toFixed(1)} %`);
