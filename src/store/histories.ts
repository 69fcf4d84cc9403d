/** What every user watched and rated: user id → packed history. */

import type { Database, RootDatabase } from 'lmdb';
import { HistoryView } from './history-codec.js';
import { mergeHistory, type HistoryEvent, type MergeCount } from './history-merge.js';
import type { Transact } from './transaction.js';

export interface Histories {
  /** Users with a history. */
  count(): number;
  /**
   * The view is the same each time, over a scratch buffer that this thread's next read from the state overwrites: finish with
   * it first.
   */
  read(user: number): HistoryView | undefined;
  /** Joins events into a user's history; in any order and any number of times they leave the same bytes. */
  merge(user: number, events: Iterable<HistoryEvent>): MergeCount;
  /** User ids, ascending. */
  users(): Iterable<number>;
}

export function openHistories(root: RootDatabase, transact: Transact): Histories {
  const database: Database<Uint8Array, number> = root.openDB('histories', { encoding: 'binary' });

  const lent = new HistoryView(new Uint8Array(0));

  return {
    count: () => (database.getStats() as { entryCount: number }).entryCount,
    read: (user) => {
      const bytes = database.getBinaryFast(user);
      return bytes && lent.moveTo(bytes);
    },
    merge: (user, events) =>
      transact(() => {
        const stored = database.getBinaryFast(user);
        const merged = mergeHistory(stored && new HistoryView(stored), events);
        if (merged.added + merged.updated > 0) database.putSync(user, merged.bytes);
        return { added: merged.added, updated: merged.updated };
      }),
    users: () => database.getKeys(),
  };
}
