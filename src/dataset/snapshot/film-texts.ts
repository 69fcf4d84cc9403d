/** What a snapshot holds of films in words. */

import { join } from 'node:path';
import { unknownFilmText, type FilmText } from '../../text/text-encoder.js';
import { filmTable } from './film-table.js';
import { readRows } from './read-table.js';
import { fileOf } from './tables.js';

/** Texts of each of `films`, in their order. The snapshot is proven already: what cannot be read of it is thrown. */
export async function snapshotFilmTexts(folder: string, films: readonly string[]): Promise<FilmText[]> {
  const texts = new Map<string, FilmText>();
  const { movie_id, title, genres, overview } = filmTable.columns;
  for await (const rows of readRows(join(folder, fileOf(filmTable)), { movie_id, title, genres, overview })) {
    for (const row of rows) texts.set(row.movie_id, { title: row.title, genres: row.genres, summary: row.overview });
  }
  return films.map((id) => texts.get(id) ?? unknownFilmText);
}
