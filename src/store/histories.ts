/** What every user watched and rated: user id → packed history. */

import assert from 'node:assert/strict';
import type { Database, RootDatabase } from 'lmdb';
import { BEGAN_UNKNOWN, MINUTES_MAX, NONE, RATING_MAX, TIME_LIMIT_MS } from './history-codec.js';
import { HistoryEditor } from './history-editor.js';
import { HistoryView } from './history-view.js';
import type { Transact } from './transaction.js';
import type { Viewers } from './viewers.js';

/** Something one user certainly did with one film at one moment. */
export interface HistoryEvent {
  /** State index. */
  readonly film: number;
  /** To two decimals, up to RATING_MAX. */
  readonly rating: number | null;
  /** The minute reached, up to MINUTES_MAX; parts of a minute are dropped. */
  readonly minutes: number | null;
  /** 0 when unknown; stored in whole seconds. */
  readonly timeMs: number;
}

export interface Histories {
  /** Users with a history. */
  count(): number;
  /** Leaves of their tree on disk, of 4 KiB: about what a transaction that touches every user writes. */
  pages(): number;
  has(user: number): boolean;
  /**
   * The view is the same each time, over a scratch buffer that this thread's next read from the state overwrites: finish with
   * it first.
   */
  read(user: number): HistoryView | undefined;
  /** Changes one history through an editor that is lent for the call. */
  edit(user: number, change: (editor: HistoryEditor) => void): void;
  /** Joins events into a user's history; in any order and any number of times they leave the same bytes. */
  merge(user: number, events: Iterable<HistoryEvent>): void;
  /** User ids, ascending. */
  users(): Iterable<number>;
}

export function openHistories(root: RootDatabase, transact: Transact, viewers: Viewers): Histories {
  const database: Database<Uint8Array, number> = root.openDB('histories', { encoding: 'binary' });
  const lent = new HistoryView();
  const editor = new HistoryEditor();
  const stats = () => database.getStats() as { entryCount: number; treeLeafPageCount: number };

  const edit: Histories['edit'] = (user, change) =>
    transact(() => {
      change(editor.open(database.getBinaryFast(user)));
      const bytes = editor.finish(viewers.add);
      if (bytes !== undefined) database.putSync(user, bytes);
    });

  return {
    count: () => stats().entryCount,
    pages: () => stats().treeLeafPageCount,
    has: (user) => database.doesExist(user),
    read: (user) => {
      const bytes = database.getBinaryFast(user);
      return bytes && lent.moveTo(bytes);
    },
    edit,
    merge: (user, events) => {
      edit(user, (history) => {
        for (const event of events) applyEvent(history, event);
      });
    },
    users: () => database.getKeys(),
  };
}

function applyEvent(history: HistoryEditor, { film, rating, minutes, timeMs }: HistoryEvent): void {
  assert(timeMs >= 0 && timeMs < TIME_LIMIT_MS, `time ${timeMs} ms is outside 1970 to 2106`);
  assert(rating === null || (rating >= 0 && rating <= RATING_MAX), `rating ${rating} is outside 0 to ${RATING_MAX}`);
  assert(
    minutes === null || (minutes >= 0 && minutes <= MINUTES_MAX),
    `minute ${minutes} is outside 0 to ${MINUTES_MAX}`,
  );
  const seconds = Math.floor(timeMs / 1000);
  if (rating !== null) history.rate(film, Math.round(rating * 100), seconds);
  // A row without a rating says that the film was watched, with or without the minute reached.
  if (rating === null || minutes !== null) {
    const minute = minutes === null ? NONE : Math.floor(minutes);
    history.watch(film, minute, seconds, seconds, beganOf(seconds, minutes));
  }
}

const beganOf = (seconds: number, minutes: number | null): number =>
  seconds === 0 || minutes === null ? BEGAN_UNKNOWN : Math.max(1, seconds - 60 * Math.floor(minutes));
