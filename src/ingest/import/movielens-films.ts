/** Film rows of the MovieLens editions, and the site's id for each of their films. */

import type { FilmFacts } from '../../store/films.js';
import { FILM_ID_BYTES_MAX, filmIdFor } from '../../world/film-id.js';
import type { Separator } from './fields.js';
import { parseMovieLensTitle } from './movielens-title.js';
import type { Reason } from './report.js';

/** A film under the number that MovieLens gives it. */
export interface NumberedFilm {
  readonly number: number;
  readonly title: string;
  readonly year: number | null;
  readonly genres: readonly string[];
}

/** The 19 flags that end a row of the 100K edition's u.item; the first means that the genre is unknown. */
const GENRES_100K = [
  'Action',
  'Adventure',
  'Animation',
  "Children's",
  'Comedy',
  'Crime',
  'Documentary',
  'Drama',
  'Fantasy',
  'Film-Noir',
  'Horror',
  'Musical',
  'Mystery',
  'Romance',
  'Sci-Fi',
  'Thriller',
  'War',
  'Western',
] as const;

/** `number, title, genres`, or `number|title|three fields|19 flags` in the 100K edition. */
export function readFilm(fields: readonly string[], separator: Separator): NumberedFilm | Reason {
  const width = separator === '|' ? 24 : 3;
  if (fields.length < width) return 'fields-missing';
  if (fields.length > width) return 'row-unreadable';
  const [number, title] = fields as [string, string];
  if (!/^\d{1,9}$/.test(number) || title.trim() === '') return 'film-invalid';
  const genres =
    separator === '|' ? GENRES_100K.filter((_, i) => fields[6 + i] === '1') : splitGenres(fields[2]!.trim());
  return { number: Number(number), ...parseMovieLensTitle(title), genres };
}

const splitGenres = (text: string): string[] => (text === '' || text === '(no genres listed)' ? [] : text.split('|'));

export interface NamedFilms {
  /** The site's id by MovieLens number, as the ratings spell it. */
  readonly ids: ReadonlyMap<string, string>;
  /** In order of number. */
  readonly films: readonly FilmFacts[];
  /** Films whose id another film has too. */
  readonly renamed: number;
}

/** Of films with the same id the one with the lowest number keeps it; the others get `+<number>` appended. */
export function nameFilms(numbered: readonly NumberedFilm[]): NamedFilms {
  const byNumber = new Map(numbered.map((film) => [film.number, film]));
  const taken = new Set<string>();
  const ids = new Map<string, string>();
  const films: FilmFacts[] = [];
  let renamed = 0;
  for (const { number, title, year, genres } of [...byNumber.values()].sort((a, b) => a.number - b.number)) {
    const wanted = filmIdFor(title, year);
    const suffix = `+${number}`;
    const id = taken.has(wanted) ? wanted.slice(0, FILM_ID_BYTES_MAX - suffix.length) + suffix : wanted;
    if (id !== wanted) renamed++;
    taken.add(id);
    ids.set(String(number), id);
    films.push({ id, title, year, genres });
  }
  return { ids, films, renamed };
}
