/**
 * Joins events into a history. Every field is a maximum or a minimum over all events of one user and one film, so the
 * order of events, their repetition and their grouping into batches do not matter: at-least-once delivery and repeated
 * imports are without effect. (Only beyond HISTORY_CAPACITY do bytes depend on the order: what has left is forgotten.)
 */

import assert from 'node:assert/strict';
import {
  decodeHistory,
  encodeHistory,
  HISTORY_CAPACITY,
  TIME_LIMIT_MS,
  type HistoryEntry,
  type HistoryView,
} from './history-codec.js';

/** Something one user did with one film at one moment. */
export interface HistoryEvent {
  /** State index. */
  readonly film: number;
  readonly rating: number | null;
  /** The minute reached. */
  readonly minutes: number | null;
  /** 0 when unknown; stored in whole seconds. */
  readonly timeMs: number;
}

export interface MergeCount {
  /** Films new to this history. */
  readonly added: number;
  /** Films that were in it and changed. */
  readonly updated: number;
}

export function mergeHistory(
  stored: HistoryView | undefined,
  events: Iterable<HistoryEvent>,
): MergeCount & { readonly bytes: Uint8Array } {
  const before = new Map<number, HistoryEntry>();
  for (const entry of stored === undefined ? [] : decodeHistory(stored)) before.set(entry.film, entry);

  const after = new Map(before);
  for (const event of events) {
    const entry = toEntry(event);
    const known = after.get(event.film);
    after.set(event.film, known === undefined ? entry : join(known, entry));
  }

  const kept = [...after.values()].sort(byTime).slice(-HISTORY_CAPACITY);
  let [added, updated] = [0, 0];
  for (const entry of kept) {
    const old = before.get(entry.film);
    if (old === undefined) added++;
    else if (!equal(old, entry)) updated++;
  }
  return { added, updated, bytes: encodeHistory(kept) };
}

function toEntry({ film, rating, minutes, timeMs }: HistoryEvent): HistoryEntry {
  assert(timeMs >= 0 && timeMs < TIME_LIMIT_MS, `time ${timeMs} ms is outside 1970 to 2106`);
  const seconds = Math.floor(timeMs / 1000);
  return {
    film,
    rating: rating === null ? NaN : Math.fround(rating),
    minutes: minutes === null ? NaN : Math.fround(minutes),
    rated: rating === null ? 0 : seconds,
    first: seconds,
    last: seconds,
  };
}

function join(a: HistoryEntry, b: HistoryEntry): HistoryEntry {
  const rated = newerRating(a, b);
  return {
    film: a.film,
    rating: rated.rating,
    minutes: Number.isNaN(a.minutes) || b.minutes > a.minutes ? b.minutes : a.minutes,
    rated: rated.rated,
    first: a.first === 0 || (b.first !== 0 && b.first < a.first) ? b.first : a.first,
    last: Math.max(a.last, b.last),
  };
}

/** Of two ratings in the same second the higher one counts: any rule would do that does not depend on the order. */
function newerRating(a: HistoryEntry, b: HistoryEntry): HistoryEntry {
  if (Number.isNaN(a.rating)) return b;
  if (Number.isNaN(b.rating)) return a;
  if (a.rated !== b.rated) return a.rated > b.rated ? a : b;
  return a.rating >= b.rating ? a : b;
}

const byTime = (a: HistoryEntry, b: HistoryEntry): number => a.last - b.last || a.film - b.film;

const equal = (a: HistoryEntry, b: HistoryEntry): boolean =>
  Object.is(a.rating, b.rating) &&
  Object.is(a.minutes, b.minutes) &&
  a.rated === b.rated &&
  a.first === b.first &&
  a.last === b.last;
