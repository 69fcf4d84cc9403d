/** The films that come with the product: MovieLens' of the bundled edition, with what Wikipedia tells of two thirds of them. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { packageRoot } from '../../core/package.js';
import { nameFilms } from '../../world/movielens-ids.js';
import { parseMovieLensGenres, parseMovieLensTitle } from '../../world/movielens-text.js';
import type { KnownFilm } from './film.js';

const movieLens = join(packageRoot, 'data/movielens-latest-small');
const wikipedia = join(packageRoot, 'data/wikipedia-movies/films.jsonl.gz');

/** A line of the joined file. */
interface Article {
  readonly movieId: number;
  readonly genres: readonly string[];
  readonly cast: readonly string[];
  readonly summary: string | null;
}

/**
 * In order of their MovieLens numbers, under the ids that an import gives them. Genres are MovieLens' and then Wikipedia's, in
 * the words of each. None when the data was left out of the installation: all films are then invented.
 */
export function bundledCatalogue(): readonly KnownFilm[] {
  if (!existsSync(movieLens)) return [];
  const rows = rowsOf('movies.csv').map(([number, title, genres]) => ({
    number: Number(number),
    ...parseMovieLensTitle(title!),
    genres: parseMovieLensGenres(genres!),
  }));
  const { ids } = nameFilms(rows);
  const links = new Map(rowsOf('links.csv').map(([number, imdb, tmdb]) => [Number(number), { imdb, tmdb }]));
  const ratings = countRatings();
  const articles = readArticles();
  return rows
    .sort((a, b) => a.number - b.number)
    .map(({ number, title, year, genres }) => {
      const article = articles.get(number);
      const { imdb, tmdb } = links.get(number) ?? {};
      return {
        id: ids.get(String(number))!,
        title,
        year,
        genres: [...genres, ...(article?.genres ?? [])],
        summary: article?.summary ?? null,
        cast: article?.cast ?? [],
        imdbId: imdb ? `tt${imdb}` : null,
        tmdbId: tmdb ? Number(tmdb) : null,
        ratings: ratings.get(number) ?? 0,
      };
    });
}

const rowsOf = (name: string): string[][] => parse(readFileSync(join(movieLens, name)), { from_line: 2 });

/** By MovieLens number. Nothing is quoted in this file, and of a hundred thousand rows one field is wanted. */
function countRatings(): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const [, number] of readFileSync(join(movieLens, 'ratings.csv'), 'latin1').matchAll(/^\d+,(\d+),/gm)) {
    counts.set(Number(number), (counts.get(Number(number)) ?? 0) + 1);
  }
  return counts;
}

function readArticles(): ReadonlyMap<number, Article> {
  if (!existsSync(wikipedia)) return new Map();
  const lines = gunzipSync(readFileSync(wikipedia)).toString('utf8').trimEnd().split('\n');
  return new Map(lines.map((line) => JSON.parse(line) as Article).map((article) => [article.movieId, article]));
}
