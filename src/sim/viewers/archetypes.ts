/** What real people watch: the users of the bundled MovieLens ratings, reduced to how much, which genres, and from when. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../core/package.js';
import { random } from '../../core/random.js';
import { genreNames, siteGenres } from '../catalogue/genres.js';

export interface Archetype {
  /** Films rated. */
  readonly films: number;
  /**
   * By genre, in the order of `genreNames`, −1 … 1: (share − usual) / (share + usual), where share is the part of the user's
   * films that has the genre, and usual that of everybody's.
   */
  readonly affinities: readonly number[];
  /** Mean year of release of these films. */
  readonly year: number;
}

const folder = join(packageRoot, 'data/movielens-latest-small');
/** As many films of the usual kind are added to everybody's, so that a few films do not make an extreme taste. */
const USUAL_FILMS = 10;
const UNKNOWN_YEAR = 1995;

let archetypes: readonly Archetype[] | undefined;

/**
 * All 671, those who rated the fewest films first; made-up ones when the data was left out of the installation. Read once, in
 * about a tenth of a second.
 */
export const readArchetypes = (): readonly Archetype[] =>
  (archetypes ??= existsSync(folder) ? archetypesOf(readRatings(), readFilms()) : inventArchetypes());

interface FilmFacts {
  /** Indexes into `genreNames`. */
  readonly genres: readonly number[];
  readonly year: number;
}

function archetypesOf(films: readonly (readonly number[])[], facts: ReadonlyMap<number, FilmFacts>): Archetype[] {
  const counts = films.map((rated) => countGenres(rated, facts));
  const total = films.reduce((sum, rated) => sum + rated.length, 0);
  const usual = genreNames.map((_, genre) => counts.reduce((sum, count) => sum + count[genre]!, 0) / total);
  return films
    .map((rated, user) => ({
      films: rated.length,
      affinities: usual.map((expected, genre) => {
        // MovieLens has no History.
        if (expected === 0) return 0;
        const share = (counts[user]![genre]! + USUAL_FILMS * expected) / (rated.length + USUAL_FILMS);
        return (share - expected) / (share + expected);
      }),
      year: rated.reduce((sum, film) => sum + facts.get(film)!.year, 0) / rated.length,
    }))
    .sort((a, b) => a.films - b.films);
}

function inventArchetypes(): Archetype[] {
  const draws = random(1);
  return Array.from({ length: 100 }, (_, i) => ({
    films: Math.round(20 + 1500 / (101 - i)),
    affinities: genreNames.map(() => Math.min(0.9, Math.max(-0.9, 0.3 * draws.normal()))),
    year: UNKNOWN_YEAR + 4 * draws.normal(),
  }));
}

function countGenres(films: readonly number[], facts: ReadonlyMap<number, FilmFacts>): number[] {
  const counts = genreNames.map(() => 0);
  for (const film of films) for (const genre of facts.get(film)!.genres) counts[genre]!++;
  return counts;
}

/** The films of each user, by their numbers in MovieLens. */
export function readRatings(): number[][] {
  const users = new Map<number, number[]>();
  for (const line of linesOf('ratings.csv')) {
    const [user, film] = line.split(',', 2).map(Number) as [number, number];
    const films = users.get(user);
    if (films === undefined) users.set(user, [film]);
    else films.push(film);
  }
  return [...users.values()];
}

/** By the film's number in MovieLens. A title may hold commas, so genres are what stands behind the last one. */
export function readFilms(): Map<number, FilmFacts> {
  return new Map(
    linesOf('movies.csv').map((line) => {
      const genres = siteGenres(line.slice(line.lastIndexOf(',') + 1).split('|'));
      const year = /\((\d{4})\)"?,[^,]*$/.exec(line)?.[1];
      const facts = { genres: genres.map((name) => genreNames.indexOf(name)), year: Number(year ?? UNKNOWN_YEAR) };
      return [Number(line.slice(0, line.indexOf(','))), facts];
    }),
  );
}

const linesOf = (file: string): string[] =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '');
