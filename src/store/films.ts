/** The catalogue: film id ↔ dense state index, with what the site knows of each film. */

import type { Database, RootDatabase } from 'lmdb';
import type { Transact } from './transaction.js';

export interface Film {
  /** In the site's vocabulary, e.g. `fight+club+1999`. */
  readonly id: string;
  readonly title: string;
  readonly year: number | null;
  readonly genres: readonly string[];
}

export interface Films {
  count(): number;
  get(index: number): Film | undefined;
  /** The state index of a film id, −1 when the catalogue does not hold it. */
  indexOf(id: string): number;
  /** In order of index. */
  all(): Iterable<readonly [index: number, film: Film]>;
  /** Adds a film at the end, or replaces the fields of the film with the same id; its index never changes. */
  put(film: Film): number;
}

type Row = readonly [id: string, title: string, year: number | null, genres: readonly string[]];

const toRow = (film: Film): Row => [film.id, film.title, film.year, film.genres];
const toFilm = ([id, title, year, genres]: Row): Film => ({ id, title, year, genres });

/** Two databases: `films` (index → row, append only) and `film-index` (id → index). */
export function openFilms(root: RootDatabase, transact: Transact): Films {
  const rows: Database<Row, number> = root.openDB('films', {});
  const indexes: Database<number, string> = root.openDB('film-index', {});

  const count = (): number => {
    for (const last of rows.getKeys({ reverse: true, limit: 1 })) return last + 1;
    return 0;
  };

  return {
    count,
    get: (index) => {
      const row = rows.get(index);
      return row && toFilm(row);
    },
    indexOf: (id) => indexes.get(id) ?? -1,
    all: () => rows.getRange().map(({ key, value }) => [key, toFilm(value)] as const),
    put: (film) =>
      transact(() => {
        const index = indexes.get(film.id) ?? count();
        rows.putSync(index, toRow(film));
        indexes.putSync(film.id, index);
        return index;
      }),
  };
}
