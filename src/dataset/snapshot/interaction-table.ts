/** `interactions.parquet`: one row for each user and film, by user, then in the order of the history (oldest first). */

import { BEGAN_NEVER, BEGAN_UNKNOWN, NONE, type HistoryView } from '../../store/history-codec.js';
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
  rated_ts: 'timestamp?',
  watched_first_ts: 'timestamp?',
  watched_last_ts: 'timestamp?',
  watched: 'boolean', // that it was watched is certain, not only seen in passing
  began_ts: 'timestamp?', // when the earliest certain viewing began, where that is known
} as const;

const notKnownYet = {
  ...{ arm: null, model: null, tier: null, request_id: null },
  ...{ propensity: null, weight: null, flags: null },
};

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
        yield { user_id, movie_id: ids[film]!, ...entryFacts(history, i, runtimes[film]!), ...notKnownYet };
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

function entryFacts(history: HistoryView, i: number, runtime: number | null) {
  const minutes = orNull(history.minutes(i));
  const began = history.began(i);
  return {
    share: minutes === null || runtime === null ? null : Math.min(1, minutes / runtime),
    minutes,
    rating: orNull(history.rating(i)),
    first_ts: history.firstMs(i) || null,
    last_ts: history.lastMs(i) || null,
    rated_ts: history.rated(i) * 1000 || null,
    watched_first_ts: history.first(i) * 1000 || null,
    watched_last_ts: history.last(i) * 1000 || null,
    watched: began !== BEGAN_NEVER,
    began_ts: began === BEGAN_NEVER || began === BEGAN_UNKNOWN ? null : began * 1000,
  };
}

function restoreEntry(history: HistoryEditor, film: number, entry: InteractionRow): void {
  const { minutes, rating, watched, began_ts } = entry;
  const began = began_ts === null ? BEGAN_UNKNOWN : seconds(began_ts);
  const [first, last] = [seconds(entry.watched_first_ts), seconds(entry.watched_last_ts)];
  history.watch(film, minutes ?? NONE, first, last, watched ? began : BEGAN_NEVER);
  if (rating !== null) history.rate(film, Math.round(rating * 100), seconds(entry.rated_ts));
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

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
const seconds = (ms: number | null): number => (ms ?? 0) / 1000;
