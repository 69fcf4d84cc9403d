/**
 * Makes data/wikipedia-movies/films.jsonl.gz: the films of MovieLens latest-small that the lists of American films in
 * English Wikipedia have too, by title and year, with their genres, cast and summary.
 *
 *   npm run build:ts && node scripts/join-summaries.mjs FOLDER
 *
 * FOLDER holds movies-1900s.json to movies-2020s.json of https://github.com/prust/wikipedia-movie-data at 91ae721.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { parseMovieLensTitle } from '../dist/src/world/movielens-text.js';

const data = join(import.meta.dirname, '../data');
const YEARS_APART_MAX = 1;
const NAMES_MAX = 10;

/** What two spellings of one title have in common: letters and digits of ASCII, `&` being `and`. */
const keyOf = (title) =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^a-z0-9]/g, '');

/** `Seven (a.k.a. Se7en) (1995)` → `Seven`, then `Se7en`. */
function titlesIn(text) {
  const others = [...text.matchAll(/\((?:a\.k\.a\. )?([^()]*)\)/g)].map(([, title]) => title);
  return [text, ...others.filter((title) => !/^\d{4}/.test(title))].map((title) => parseMovieLensTitle(title).title);
}

/** The lists part `Robert Downey, Jr.` at its comma, and say `(voices)`. */
function wholeNames(cast) {
  const names = [];
  for (const name of cast.map((text) => text.trim()).filter((text) => /^[^(]/.test(text))) {
    if (/^[JS]r\.?$/.test(name) && names.length > 0) names.push(`${names.pop()}, ${name}`);
    else names.push(name);
  }
  return names.slice(0, NAMES_MAX);
}

function readArticles(folder) {
  const files = readdirSync(folder).filter((name) => /^movies-\d{4}s\.json$/.test(name));
  const articles = files.sort().flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  return articles.map(({ title, year, genres, cast, extract }) => ({
    title,
    year,
    genres,
    cast: wholeNames(cast),
    summary: extract?.replace(/\s+/g, ' ').trim() || null,
  }));
}

/** Main titles first, then closest years, then summaries before none: a film or an article is paired once. */
function pairUp(films, articles) {
  const byTitle = new Map(articles.map(({ title }) => [keyOf(title), []]));
  for (const article of articles) byTitle.get(keyOf(article.title)).push(article);
  const pairs = films.flatMap((film) =>
    film.titles.flatMap((title, place) =>
      (byTitle.get(keyOf(title)) ?? []).map((article) => {
        const order = [place, Math.abs(film.year - article.year), article.summary === null ? 1 : 0];
        return { film, article, order };
      }),
    ),
  );
  pairs.sort(({ order: a }, { order: b }) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  const taken = new Set();
  return pairs.filter(({ film, article, order }) => {
    if (film.year === null || order[1] > YEARS_APART_MAX || taken.has(film) || taken.has(article)) return false;
    taken.add(film).add(article);
    return true;
  });
}

const rows = parse(readFileSync(join(data, 'movielens-latest-small/movies.csv')), { from_line: 2 });
const films = rows.map(([movieId, text]) => ({
  movieId: Number(movieId),
  year: parseMovieLensTitle(text).year,
  titles: titlesIn(text),
}));
const pairs = pairUp(films, readArticles(process.argv[2]));
const lines = pairs
  .sort((a, b) => a.film.movieId - b.film.movieId)
  .map(({ film, article }) => `${JSON.stringify({ movieId: film.movieId, ...article })}\n`);
writeFileSync(join(data, 'wikipedia-movies/films.jsonl.gz'), gzipSync(lines.join(''), { level: 9 }));
console.log(`${pairs.length} of ${films.length} films`);
