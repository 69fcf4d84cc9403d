/**
 * What the site's log says of our own answers: request → outcome, for the last days. The key is the time and a fingerprint
 * of the line, so that a line which is delivered again is the same request.
 */

import type { Database, RootDatabase } from 'lmdb';

/** Requests are kept so long, seen from the newest line of the log. */
export const REQUESTS_KEPT_MS = 7 * 86_400_000;

export interface ObservedRequest {
  readonly timeMs: number;
  /** Of the line's bytes. */
  readonly fingerprint: number;
  readonly user: number;
  /** 200, 400, 500 …; 0 when no answer came in time. */
  readonly status: number;
  readonly latencyMs: number;
  /** Films in the list, 0 when the status is not 200. */
  readonly listLength: number;
  /** Equal lists have equal fingerprints. */
  readonly list: number;
}

export interface Requests {
  /** False when it was known already. */
  add(request: ObservedRequest): boolean;
  /** In order of time, from `fromMs` on, before `toMs`. */
  between(fromMs: number, toMs: number): Iterable<ObservedRequest>;
  count(): number;
  /** Forgets the requests before `beforeMs`; at most `limit`, so that no transaction grows too large. */
  forget(beforeMs: number, limit: number): void;
}

type Key = [timeMs: number, fingerprint: number];
type Row = readonly [user: number, status: number, latencyMs: number, listLength: number, list: number];

export function openRequests(root: RootDatabase): Requests {
  const database: Database<Row, Key> = root.openDB('requests', {});
  return {
    add: ({ timeMs, fingerprint, user, status, latencyMs, listLength, list }) => {
      const key: Key = [timeMs, fingerprint];
      if (database.doesExist(key)) return false;
      database.putSync(key, [user, status, latencyMs, listLength, list]);
      return true;
    },
    between: (fromMs, toMs) =>
      database.getRange({ start: [fromMs, 0], end: [toMs, 0] }).map(({ key: [timeMs, fingerprint], value }) => {
        const [user, status, latencyMs, listLength, list] = value;
        return { timeMs, fingerprint, user, status, latencyMs, listLength, list };
      }),
    count: () => (database.getStats() as { entryCount: number }).entryCount,
    forget: (beforeMs, limit) => {
      const old = [...database.getKeys({ end: [beforeMs, 0], limit })];
      for (const key of old) database.removeSync(key);
    },
  };
}
