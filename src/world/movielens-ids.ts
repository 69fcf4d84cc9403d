/** The ids that the site gives the films of MovieLens, which numbers them. */

import { FILM_ID_BYTES_MAX, filmIdFor } from './film-id.js';
import type { FilmRecord } from './film-record.js';

/** A film under the number that MovieLens gives it. */
export interface NumberedFilm {
  readonly number: number;
  readonly title: string;
  readonly year: number | null;
  readonly genres: readonly string[];
}

type NamedFilm = Pick<FilmRecord, 'id' | 'title' | 'year' | 'genres'>;

export interface NamedFilms {
  /** The site's id by MovieLens number, as the ratings spell it. */
  readonly ids: ReadonlyMap<string, string>;
  /** In order of number. */
  readonly films: readonly NamedFilm[];
  /** Films whose id another film has too. */
  readonly renamed: number;
}

/** Of films with the same id the one with the lowest number keeps it; the others get `+<number>` appended. */
export function nameFilms(numbered: readonly NumberedFilm[]): NamedFilms {
  const byNumber = new Map(numbered.map((film) => [film.number, film]));
  const taken = new Set<string>();
  const ids = new Map<string, string>();
  const films: NamedFilm[] = [];
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
