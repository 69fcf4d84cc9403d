/** Which films a film is like, by what it is about: words, genres and years. */

import assert from 'node:assert/strict';
import { textOfFilm, type FilmText } from '../text/text-encoder.js';
import { learnTerms, termsOf, type SparseVector } from '../text/tf-idf.js';
import { genreNumbers } from './film-columns.js';

export interface FilmAbout extends FilmText {
  /** Of release; null when unknown. */
  readonly year: number | null;
}

export interface Likeness {
  /** Of the known films. */
  readonly film: number;
  /** More than LEAST. */
  readonly value: number;
}

/** Against the full likeness of two texts, which is 1; chosen as docs/overlays.md says. */
const GENRES_WEIGHT = 0.15;
const YEARS_WEIGHT = 0.3;
/** Films this many years apart are 1/e as like as films of one year. */
const YEARS = 10;
/** Less is no likeness. */
const LEAST = 1e-3;

/** @returns for a film, the `count` most like it of the known ones, best first, ties by number */
export function likenesses(
  known: readonly FilmAbout[],
  fresh: readonly FilmAbout[],
): (film: FilmAbout, count: number) => Likeness[] {
  const terms = learnTerms([...known, ...fresh].map(textOfFilm));
  const postings = postingsOf(
    known.map((film) => termsOf(textOfFilm(film), terms)),
    terms.size,
  );
  const genres = known.map((film) => genresOf(film));
  return (film, count) => {
    const values = new Float64Array(known.length);
    addTexts(values, termsOf(textOfFilm(film), terms), postings);
    const own = genresOf(film);
    for (const [i, { year }] of known.entries()) {
      values[i]! += GENRES_WEIGHT * shared(own, genres[i]!);
      if (year === null || film.year === null) continue;
      values[i]! += YEARS_WEIGHT * Math.exp(-Math.abs(year - film.year) / YEARS);
    }
    return best(values, count);
  };
}

/** Films and values by term. */
type Postings = readonly { readonly films: number[]; readonly values: number[] }[];

function postingsOf(vectors: readonly SparseVector[], terms: number): Postings {
  const postings = Array.from({ length: terms }, () => ({ films: [] as number[], values: [] as number[] }));
  for (const [film, { indices, values }] of vectors.entries()) {
    for (const [i, term] of indices.entries()) {
      postings[term]!.films.push(film);
      postings[term]!.values.push(values[i]!);
    }
  }
  return postings;
}

function addTexts(into: Float64Array, { indices, values }: SparseVector, postings: Postings): void {
  for (const [i, term] of indices.entries()) {
    const { films, values: theirs } = postings[term]!;
    for (let p = 0; p < films.length; p++) into[films[p]!]! += values[i]! * theirs[p]!;
  }
}

/** Genres as bits, and their number. */
interface GenreSet {
  readonly bits: number;
  readonly count: number;
}

function genresOf({ genres }: FilmText): GenreSet {
  const numbers = genreNumbers(genres);
  assert(
    numbers.every((number) => number < 32),
    'a set of genres is a number of 32 bits',
  );
  return { bits: numbers.reduce((bits, number) => bits | (1 << number), 0), count: numbers.length };
}

/** Cosine of two sets. */
const shared = (a: GenreSet, b: GenreSet): number =>
  a.count > 0 && b.count > 0 ? ones(a.bits & b.bits) / Math.sqrt(a.count * b.count) : 0;

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function best(values: Float64Array, count: number): Likeness[] {
  const films = Array.from(values.keys()).filter((film) => values[film]! > LEAST);
  films.sort((a, b) => values[b]! - values[a]! || a - b);
  return films.slice(0, count).map((film) => ({ film, value: values[film]! }));
}
