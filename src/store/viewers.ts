/** How many users met each film: kept as histories grow, so that nobody has to read them all to know what is popular. */

import type { Database, RootDatabase } from 'lmdb';

export interface Viewers {
  /** One more user met the film; written with the transaction that is open. */
  add(film: number): void;
  /** By state index, `films` long. */
  counts(films: number): Uint32Array;
  /** Called by the transaction: before its commit, and instead of it when it fails. */
  flush(): void;
  forget(): void;
}

export function openViewers(root: RootDatabase): Viewers {
  const database: Database<number, number> = root.openDB('viewers', {});
  const pending = new Map<number, number>();

  return {
    add: (film) => void pending.set(film, (pending.get(film) ?? 0) + 1),
    counts: (films) => {
      const counts = new Uint32Array(films);
      for (const { key, value } of database.getRange()) counts[key] = value;
      return counts;
    },
    flush: () => {
      for (const [film, count] of pending) database.putSync(film, (database.get(film) ?? 0) + count);
      pending.clear();
    },
    forget: () => {
      pending.clear();
    },
  };
}
