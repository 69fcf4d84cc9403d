/** How far each partition of the log has been read: written in the same transaction as what was read. */

import type { Database, RootDatabase } from 'lmdb';

export interface PartitionState {
  /** Offset of the first line that was read. */
  readonly from: number;
  /** Offset of the first line not yet in the state. */
  readonly next: number;
  /** Time of the first line that was read, ms since 1970; 0 before it. What began earlier was not seen to begin. */
  readonly sinceMs: number;
  /** Time of the newest line, ms since 1970. */
  readonly newestMs: number;
  /** Ratings by value since the rating scale was last thought over. */
  readonly ratings: Readonly<Record<string, number>>;
}

export interface Partitions {
  get(partition: number): PartitionState | undefined;
  put(partition: number, state: PartitionState): void;
  /** Of all partitions, ms since 1970; 0 before the first line. */
  newestMs(): number;
  /** In order of partition. */
  all(): Iterable<readonly [partition: number, state: PartitionState]>;
}

export function openPartitions(root: RootDatabase): Partitions {
  const database: Database<PartitionState, number> = root.openDB('partitions', {});
  return {
    get: (partition) => database.get(partition),
    put: (partition, state) => {
      database.putSync(partition, state);
    },
    newestMs: () => {
      let newest = 0;
      for (const { value } of database.getRange()) newest = Math.max(newest, value.newestMs);
      return newest;
    },
    all: () => database.getRange().map(({ key, value }) => [key, value] as const),
  };
}
