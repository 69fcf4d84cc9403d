/** Named counts, each changed in the transaction of what it counts. */

import type { Database, RootDatabase } from 'lmdb';

export interface Tallies {
  get(name: string): number;
  add(name: string, n: number): void;
  /** In order of name. */
  all(): Iterable<readonly [name: string, count: number]>;
}

export function openTallies(root: RootDatabase, database: string): Tallies {
  const counts: Database<number, string> = root.openDB(database, {});
  return {
    get: (name) => counts.get(name) ?? 0,
    add: (name, n) => {
      if (n !== 0) counts.putSync(name, (counts.get(name) ?? 0) + n);
    },
    all: () => counts.getRange().map(({ key, value }) => [key, value] as const),
  };
}
