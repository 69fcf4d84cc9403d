/** The catalogue: film id ↔ dense state index, with what the site knows of each film. */

import type { Database, RootDatabase } from 'lmdb';
import type { FilmRecord } from '../world/film-record.js';
import type { Transact } from './transaction.js';

export const maturityClasses = ['unknown', 'all', 'teen', 'adult'] as const;
export type MaturityClass = (typeof maturityClasses)[number];

/** For whom a film is, and who says so. */
export interface Maturity {
  readonly class: MaturityClass;
  /** E.g. the file it was annotated from; empty while the class is unknown. */
  readonly source: string;
}

/**
 * Whether the film exists at the site: `listed` by its API or by a films file; `unverified` when only its id was met in an imported
 * file; `missing` when the API was asked and does not know it.
 */
export type Listing = 'listed' | 'unverified' | 'missing';

/** What the site says of it, and what we know beside. */
export interface Film extends FilmRecord {
  readonly maturity: Maturity;
  readonly listing: Listing;
  /** When the film API last told of it, 0 for never. */
  readonly lookedUpMs: number;
}

/** What is not given stays as it is stored, or unknown. */
export type FilmFacts = Pick<Film, 'id' | 'title' | 'year' | 'genres'> & Partial<Film>;

export interface Films {
  count(): number;
  get(index: number): Film | undefined;
  /** The state index of a film id, −1 when the catalogue does not hold it. */
  indexOf(id: string): number;
  /** In order of index. */
  all(): Iterable<readonly [index: number, film: Film]>;
  /** Adds a film at the end, or replaces facts of the film with the same id; its index never changes. */
  put(facts: FilmFacts): number;
}

type Row = readonly [
  ...[id: string, title: string, year: number | null, genres: readonly string[]],
  ...[runtime: number | null, language: string | null, overview: string | null, cost: number | null],
  ...[maturity: MaturityClass, maturitySource: string, listing: Listing, lookedUpMs: number],
];

const toRow = (film: Film): Row => [
  ...([film.id, film.title, film.year, film.genres] as const),
  ...([film.runtime, film.language, film.overview, film.cost] as const),
  ...([film.maturity.class, film.maturity.source, film.listing, film.lookedUpMs] as const),
];

function toFilm(row: Row): Film {
  const [id, title, year, genres, runtime, language, overview, cost, maturity, source, listing, lookedUpMs] = row;
  const facts = { id, title, year, genres, runtime, language, overview, cost };
  return { ...facts, maturity: { class: maturity, source }, listing, lookedUpMs };
}

const unknownFacts: Omit<Film, 'id' | 'title' | 'year' | 'genres'> = {
  ...{ runtime: null, language: null, overview: null, cost: null },
  ...{ maturity: { class: 'unknown', source: '' }, listing: 'listed', lookedUpMs: 0 },
};

/** Two databases: `films` (index → row, append only) and `film-index` (id → index). */
export function openFilms(root: RootDatabase, transact: Transact): Films {
  const rows: Database<Row, number> = root.openDB('films', {});
  const indexes: Database<number, string> = root.openDB('film-index', {});

  const count = (): number => {
    for (const last of rows.getKeys({ reverse: true, limit: 1 })) return last + 1;
    return 0;
  };
  const get = (index: number): Film | undefined => {
    const row = rows.get(index);
    return row && toFilm(row);
  };

  return {
    count,
    get,
    indexOf: (id) => indexes.get(id) ?? -1,
    all: () => rows.getRange().map(({ key, value }) => [key, toFilm(value)] as const),
    put: (facts) =>
      transact(() => {
        const index = indexes.get(facts.id) ?? count();
        rows.putSync(index, toRow({ ...unknownFacts, ...get(index), ...facts }));
        indexes.putSync(facts.id, index);
        return index;
      }),
  };
}
