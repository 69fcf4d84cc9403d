/** `interactions.parquet`: one row for each user and film, by user, then in the order of the history (oldest first). */

import { NONE } from '../../store/history-codec.js';
import type { HistoryView } from '../../store/history-view.js';
import type { HistoryEditor } from '../../store/history-editor.js';
import type { Table, Row } from './table.js';

const columns = {
  user_id: 'int64',
  movie_id: 'string',
  share: 'float?', // of the running time, where that is known
  minutes: 'int32?',
  rating: 'float?',
  first_ts: 'timestamp?', // of everything the user did with the film
  last_ts: 'timestamp?',
  arm: 'string?', // from here to `flags` kept for what will be known of our own answers
  model: 'string?',
  tier: 'string?',
  request_id: 'string?',
  propensity: 'float?',
  weight: 'float?',
  flags: 'int32?',
  rated_s: 'int32?', // from here on as the state holds it: seconds since 1970, wrapped to 32 bits, null for unknown or never
  watched_first_s: 'int32?',
  watched_last_s: 'int32?',
  began_s: 'int32?', // of the earliest viewing that is certain; −1: it is certain, its time is not
} as const;

type InteractionRow = Row<typeof columns>;

export const interactionTable: Table<typeof columns> = {
  name: 'interactions',
  columns,
  *rows({ films, histories }) {
    const ids: string[] = [];
    const runtimes: (number | null)[] = [];
    for (const [, { id, runtime }] of films.all()) {
      ids.push(id);
      runtimes.push(runtime);
    }
    for (const user of histories.users()) {
      const user_id = BigInt(user);
      const history = histories.read(user)!;
      for (let i = 0; i < history.count; i++) {
        const film = history.film(i);
        yield rowOf(history, i, user_id, ids[film]!, runtimes[film]!);
      }
    }
  },
  restore: ({ films, histories }, rows) => {
    const indexes = new Map(Array.from(films.all(), ([index, { id }]) => [id, index]));
    for (const [user, entries] of byUser(rows)) {
      histories.edit(user, (history) => {
        for (const entry of entries) restoreEntry(history, indexes.get(entry.movie_id)!, entry);
      });
    }
  },
};

/** One literal without parts: it is made for every interaction there is. */
function rowOf(
  history: HistoryView,
  i: number,
  user_id: bigint,
  movie_id: string,
  runtime: number | null,
): InteractionRow {
  const minutes = orNull(history.minutes(i));
  return {
    user_id,
    movie_id,
    share: minutes === null || runtime === null ? null : Math.min(1, minutes / runtime),
    minutes,
    rating: orNull(history.rating(i)),
    first_ts: history.firstMs(i) || null,
    last_ts: history.lastMs(i) || null,
    arm: null,
    model: null,
    tier: null,
    request_id: null,
    propensity: null,
    weight: null,
    flags: null,
    rated_s: history.rated(i) | 0 || null,
    watched_first_s: history.first(i) | 0 || null,
    watched_last_s: history.last(i) | 0 || null,
    began_s: history.began(i) | 0 || null,
  };
}

function restoreEntry(history: HistoryEditor, film: number, entry: InteractionRow): void {
  const { minutes, rating, rated_s, watched_first_s, watched_last_s, began_s } = entry;
  history.watch(film, minutes ?? NONE, seconds(watched_first_s), seconds(watched_last_s), seconds(began_s));
  if (rating !== null) history.rate(film, Math.round(rating * 100), seconds(rated_s));
}

/** Runs of rows of one user. */
function* byUser(rows: Iterable<InteractionRow>): Generator<[user: number, entries: InteractionRow[]]> {
  let entries: InteractionRow[] = [];
  for (const row of rows) {
    if (entries.length > 0 && entries[0]!.user_id !== row.user_id) {
      yield [Number(entries[0]!.user_id), entries];
      entries = [];
    }
    entries.push(row);
  }
  if (entries.length > 0) yield [Number(entries[0]!.user_id), entries];
}

const seconds = (wrapped: number | null): number => (wrapped ?? 0) >>> 0;
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
