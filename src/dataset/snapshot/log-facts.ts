/** What the manifest keeps of a state beside its tables: how far the log was read, and what was learned on the way. */

import type { State } from '../../store/state.js';
import type { SnapshotManifest } from './manifest.js';

export type LogFacts = Pick<SnapshotManifest, 'topic' | 'ratingHigh' | 'offsets' | 'coverage' | 'lines' | 'imports'>;

export function logFactsOf({ meta, partitions, lines, imports }: State): LogFacts {
  const all = Array.from(partitions.all(), ([partition, state]) => ({ partition: String(partition), ...state }));
  return {
    topic: meta.topic() ?? null,
    ratingHigh: meta.ratingHigh() ?? null,
    offsets: Object.fromEntries(all.map(({ partition, from, next }) => [partition, { from, to: next }])),
    coverage: Object.fromEntries(
      all.map(({ partition, sinceMs, newestMs, ratings }) => [partition, { sinceMs, newestMs, ratings }]),
    ),
    lines: Object.fromEntries(lines.all()),
    imports: imports.list().map((record) => ({ ...record })),
  };
}

/** Inside a transaction. */
export function restoreLogFacts({ meta, partitions, lines, imports }: State, facts: LogFacts): void {
  if (facts.topic !== null) meta.setTopic(facts.topic);
  if (facts.ratingHigh !== null) meta.setRatingHigh(facts.ratingHigh);
  for (const [partition, { from, to }] of Object.entries(facts.offsets)) {
    partitions.put(Number(partition), { from, next: to, ...facts.coverage[partition]! });
  }
  for (const [name, count] of Object.entries(facts.lines)) lines.add(name, count);
  for (const record of facts.imports) imports.add(record);
}
