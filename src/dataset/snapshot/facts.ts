/** The facts of films and users that a snapshot holds. */

import { join } from 'node:path';
import { unknownFilm, type FilmFacts, type UserFacts } from '../facts.js';
import { filmTable } from './film-table.js';
import { readRows } from './read-table.js';
import { fileOf } from './tables.js';
import { userTable } from './user-table.js';

/** Facts of each of `films`, in their order. The snapshot is proven already: what cannot be read of it is thrown. */
export async function snapshotFilms(folder: string, films: readonly string[]): Promise<FilmFacts[]> {
  const facts = new Map<string, FilmFacts>();
  const { movie_id, year, genres, language, cost } = filmTable.columns;
  for await (const rows of readRows(join(folder, fileOf(filmTable)), { movie_id, year, genres, language, cost })) {
    for (const { movie_id: id, ...known } of rows) facts.set(id, known);
  }
  return films.map((id) => facts.get(id) ?? unknownFilm);
}

/** By user id; who has no profile is not in it. */
export async function snapshotUsers(folder: string): Promise<Map<number, UserFacts>> {
  const users = new Map<number, UserFacts>();
  const { user_id, age, gender, occupation, created_ts, has_profile } = userTable.columns;
  const columns = { user_id, age, gender, occupation, created_ts, has_profile };
  for await (const rows of readRows(join(folder, fileOf(userTable)), columns)) {
    for (const row of rows) {
      if (!row.has_profile) continue;
      const { created_ts: createdMs } = row;
      users.set(Number(row.user_id), { age: row.age, gender: row.gender, occupation: row.occupation, createdMs });
    }
  }
  return users;
}
