/**
 * Which ids the look-up APIs still have to be asked for, and which ids they said do not exist. Two databases a kind:
 * `lookups-…` (id → row) and `lookup-queue-…` ([lane, due time, id], so that what is due stands in front).
 */

import type { RootDatabase } from 'lmdb';
import { decodeRow, encodeRow, idOfQueueKey, queueKey, type LookupLane, type LookupRow } from './lookup-codec.js';
import type { Transact } from './transaction.js';

/** Each has its own API, queue and pace. Film ids and user ids alike are ASCII text here. */
export type LookupKind = 'film' | 'user';

/** An id that does not exist is not asked for again before this; twice as long after each further such answer. */
export const MISSING_MS_FIRST = 3_600_000;
export const MISSING_MS_MAX = 86_400_000;

/** After a request in vain, and twice as long after each further one. */
export const RETRY_MS_FIRST = 10_000;
export const RETRY_MS_MAX = 900_000;

/** An id that was part of so many requests in vain may be their cause: it is asked for alone. */
export const TRIES_IN_LISTS = 3;

export interface Lookups {
  /** No effect when the id is in the queue already, or when it is known not to exist and that is fresh. */
  want(kind: LookupKind, id: string, nowMs: number, lane?: 'new' | 'again'): void;
  /** Ids of a lane whose time has come, the longest due first. They stay in the queue until they are settled. */
  due(kind: LookupKind, lane: LookupLane, nowMs: number, limit: number): string[];
  /** The API has said what there is to say: the id leaves the queue. */
  settled(kind: LookupKind, id: string, answer: 'found' | 'missing', nowMs: number): void;
  /** To be asked for alone and at once: a list came back without it. */
  askAlone(kind: LookupKind, id: string, nowMs: number): void;
  /** To be asked for later: a request was in vain, perhaps because of this id. */
  postpone(kind: LookupKind, id: string, nowMs: number): void;
  /** Whatever is known of the id is forgotten: it may be wanted anew. */
  forget(kind: LookupKind, id: string): void;
  /** The API said so, and it is too early to ask again. */
  isMissing(kind: LookupKind, id: string, nowMs: number): boolean;
  /** How often in a row the API said so. */
  timesMissing(kind: LookupKind, id: string): number;
  /** Ids in the queue. */
  count(kind: LookupKind): number;
  /** All that is stored, in order of id. */
  all(kind: LookupKind): Iterable<readonly [id: string, row: LookupRow]>;
  /** Replaces what is stored of the id. */
  put(kind: LookupKind, id: string, row: LookupRow): void;
}

const NOTHING: LookupRow = { lane: null, dueMs: 0, tries: 0, missings: 0, missingUntilMs: 0 };

/** `first`, doubled with every repetition, up to `max`. */
const doubling = (first: number, max: number, times: number): number => Math.min(max, first * 2 ** (times - 1));

export function openLookups(root: RootDatabase, transact: Transact): Lookups {
  const openKind = (kind: LookupKind) => ({
    rows: root.openDB<Uint8Array, string>(`lookups-${kind}`, { encoding: 'binary' }),
    queue: root.openDB<Uint8Array, Buffer>(`lookup-queue-${kind}`, { encoding: 'binary', keyEncoding: 'binary' }),
  });
  const databases = { film: openKind('film'), user: openKind('user') };
  const noValue = new Uint8Array(0);

  const read = (kind: LookupKind, id: string): LookupRow => {
    const bytes = databases[kind].rows.getBinaryFast(id);
    return bytes === undefined ? NOTHING : decodeRow(bytes);
  };

  /** Replaces an id's row, and its place in the queue with it. */
  const write = (kind: LookupKind, id: string, before: LookupRow, after: LookupRow): void => {
    const { rows, queue } = databases[kind];
    if (before.lane !== null) queue.removeSync(queueKey(before.lane, before.dueMs, id));
    if (after.lane !== null) queue.putSync(queueKey(after.lane, after.dueMs, id), noValue);
    if (after.lane === null && after.missings === 0) rows.removeSync(id);
    else rows.putSync(id, encodeRow(after));
  };

  const change = (kind: LookupKind, id: string, changed: (before: LookupRow) => LookupRow): void => {
    transact(() => {
      const before = read(kind, id);
      const after = changed(before);
      if (after !== before) write(kind, id, before, after);
    });
  };

  return {
    want: (kind, id, nowMs, lane = 'new') => {
      change(kind, id, (row) =>
        row.lane !== null || nowMs < row.missingUntilMs ? row : { ...row, lane, dueMs: nowMs, tries: 0 },
      );
    },
    due: (kind, lane, nowMs, limit) => {
      const range = { start: queueKey(lane, 0, ''), end: queueKey(lane, nowMs + 1, ''), limit };
      return [...databases[kind].queue.getKeys(range).map(idOfQueueKey)];
    },
    settled: (kind, id, answer, nowMs) => {
      change(kind, id, ({ missings }) => {
        if (answer === 'found') return NOTHING;
        const missingUntilMs = nowMs + doubling(MISSING_MS_FIRST, MISSING_MS_MAX, missings + 1);
        return { ...NOTHING, missings: missings + 1, missingUntilMs };
      });
    },
    askAlone: (kind, id, nowMs) => {
      change(kind, id, (row) => (row.lane === null ? row : { ...row, lane: 'alone', dueMs: nowMs }));
    },
    postpone: (kind, id, nowMs) => {
      change(kind, id, (row) => {
        if (row.lane === null) return row;
        const tries = row.tries + 1;
        const lane = tries < TRIES_IN_LISTS ? row.lane : 'alone';
        return { ...row, lane, tries, dueMs: nowMs + doubling(RETRY_MS_FIRST, RETRY_MS_MAX, tries) };
      });
    },
    forget: (kind, id) => {
      change(kind, id, () => NOTHING);
    },
    isMissing: (kind, id, nowMs) => nowMs < read(kind, id).missingUntilMs,
    timesMissing: (kind, id) => read(kind, id).missings,
    all: (kind) => databases[kind].rows.getRange().map(({ key, value }) => [key, decodeRow(value)] as const),
    put: (kind, id, row) => {
      change(kind, id, () => row);
    },
    count: (kind) => (databases[kind].queue.getStats() as { entryCount: number }).entryCount,
  };
}
