/** Tells from the first line what a file holds: formats are known by their headers, never by file names. */

import { splitFields, type Separator } from './fields.js';
import type { Format } from './report.js';
import type { RowColumns } from './rows.js';

export interface FileKind {
  readonly format: Format;
  readonly separator: Separator;
  readonly hasHeader: boolean;
  readonly content:
    | { readonly role: 'rows'; readonly columns: RowColumns; readonly ignoredColumns: readonly string[] }
    | { readonly role: 'films' }
    /** Belongs to the format and holds nothing we use, e.g. tags. */
    | { readonly role: 'unused' };
}

/** Columns of the site's own CSV files; the others are ignored and named. */
const MATINEE_COLUMNS = {
  user: ['user_id'],
  film: ['movie_id'],
  rating: ['rating'],
  minutes: ['max_minute_seen'],
  time: ['timestamp', 'time'],
} as const;

export const MATINEE_HEADERS = ['user_id,movie_id,rating,timestamp', 'time,user_id,movie_id,max_minute_seen'] as const;

const MOVIELENS_ROWS: RowColumns = { width: 4, user: 0, film: 1, rating: 2, minutes: -1, time: 3 };
const MOVIELENS_CONTENT = { role: 'rows', columns: MOVIELENS_ROWS, ignoredColumns: [] } as const;

const MOVIELENS_CSV = new Map<string, FileKind['content']>([
  ['userId,movieId,rating,timestamp', MOVIELENS_CONTENT],
  ['movieId,title,genres', { role: 'films' }],
  ['movieId,imdbId,tmdbId', { role: 'unused' }],
  ['userId,movieId,tag,timestamp', { role: 'unused' }],
  ['tagId,tag', { role: 'unused' }],
  ['movieId,tagId,relevance', { role: 'unused' }],
]);

/** The editions without headers, by how a line begins: 1M and 10M separate with `::`, 100K with tabs and bars. */
const MOVIELENS_PLAIN: readonly (readonly [RegExp, Separator, FileKind['content']])[] = [
  [/^\d+::\d+::[\d.]+::\d+$/, '::', MOVIELENS_CONTENT],
  [/^\d+::\d+::.*::\d+$/, '::', { role: 'unused' }],
  [/^\d+::[FM]::\d+::\d+::/, '::', { role: 'unused' }],
  [/^\d+::.+::/, '::', { role: 'films' }],
  [/^\d+\t\d+\t\d\t\d+$/, '\t', MOVIELENS_CONTENT],
  [/^\d+\|[^|]*\|[^|]*\|[^|]*\|[^|]*(\|[01]){19}$/, '|', { role: 'films' }],
];

/** Undefined when the line begins no file that we read. */
export function fileKind(firstLine: string): FileKind | undefined {
  const header = (splitFields(firstLine, ',') ?? []).map((name) => name.trim());
  const movielens = MOVIELENS_CSV.get(header.join(','));
  if (movielens !== undefined) return { format: 'movielens', separator: ',', hasHeader: true, content: movielens };
  for (const [pattern, separator, content] of MOVIELENS_PLAIN) {
    if (pattern.test(firstLine)) return { format: 'movielens', separator, hasHeader: false, content };
  }
  return matineeKind(header);
}

function matineeKind(header: readonly string[]): FileKind | undefined {
  const find = (names: readonly string[]): number => header.findIndex((name) => names.includes(name));
  const columns: RowColumns = {
    width: header.length,
    user: find(MATINEE_COLUMNS.user),
    film: find(MATINEE_COLUMNS.film),
    rating: find(MATINEE_COLUMNS.rating),
    minutes: find(MATINEE_COLUMNS.minutes),
    time: find(MATINEE_COLUMNS.time),
  };
  const complete = columns.user >= 0 && columns.film >= 0 && columns.time >= 0;
  if (!complete || (columns.rating < 0 && columns.minutes < 0)) return undefined;
  const used = new Set<number>([columns.user, columns.film, columns.rating, columns.minutes, columns.time]);
  const ignoredColumns = header.filter((_, i) => !used.has(i));
  return { format: 'matinee', separator: ',', hasHeader: true, content: { role: 'rows', columns, ignoredColumns } };
}
