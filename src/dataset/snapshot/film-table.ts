/** `films.parquet`: the catalogue, in the order in which the films came to the state. */

import type { Listing, MaturityClass } from '../../store/films.js';
import type { State } from '../../store/state.js';
import type { Row, Table } from './table.js';

const columns = {
  movie_id: 'string',
  title: 'string',
  year: 'int32?',
  genres: 'strings',
  runtime: 'double?', // minutes
  language: 'string?',
  overview: 'string?',
  cost: 'double?', // USD a view; null: the site does not say, which is not 0
  maturity_class: 'string',
  maturity_source: 'string',
  listing: 'string', // listed, unverified or missing
  looked_up_ts: 'timestamp?',
  viewers: 'int32', // users who met the film
} as const;

type FilmRow = Row<typeof columns>;

export const filmTable: Table<typeof columns> = {
  name: 'films',
  columns,
  *rows({ films, viewers }) {
    const counts = viewers.counts(films.count());
    for (const [index, { id, maturity, lookedUpMs, ...facts }] of films.all()) {
      const judged = { maturity_class: maturity.class, maturity_source: maturity.source };
      yield { movie_id: id, ...facts, ...judged, looked_up_ts: lookedUpMs || null, viewers: counts[index]! };
    }
  },
  restore: ({ films }, rows) => {
    for (const { movie_id, maturity_class, maturity_source, looked_up_ts, listing, ...facts } of rows) {
      const { title, year, genres, runtime, language, overview, cost } = facts;
      films.put({
        ...{ id: movie_id, title, year, genres, runtime, language, overview, cost, lookedUpMs: looked_up_ts ?? 0 },
        ...{ maturity: { class: maturity_class as MaturityClass, source: maturity_source } },
        ...{ listing: listing as Listing },
      });
    }
  },
};

/**
 * Raises the counts to what they were. After the histories, which brought most of it: only who met so many films that the
 * oldest left the history is missing.
 */
export function restoreViewers({ films, viewers }: State, rows: Iterable<FilmRow>): void {
  const counts = viewers.counts(films.count());
  for (const row of rows) {
    const index = films.indexOf(row.movie_id);
    for (let count = counts[index]!; count < row.viewers; count++) viewers.add(index);
  }
}
