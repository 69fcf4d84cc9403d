/**
 * What a user says of themselves, as bytes: what a request reads of somebody without a history.
 *
 *   flags │ age? u8 │ era? u8 from, u8 to │ genres? u8 count, u8… │ films? u8 liked, u8 disliked, u24… │ gender? UTF-8, to the end
 *
 * Years of an era count from 1850. A genre's byte is its index times 4 plus the place of its strength in `strengths`. Films
 * are state indexes, little endian. Age and gender alone take some 3 bytes, with three genres and two films 15.
 */

import assert from 'node:assert/strict';

export interface StoredProfile {
  /** State indexes in order of mention, up to FILMS_MAX of each. */
  readonly likedFilms: readonly number[];
  readonly dislikedFilms: readonly number[];
  /** Index into `genreNames` of src/text, each once, and one of −1, −0.5, 0.5, 1: below 0 is disliked. */
  readonly genres: readonly (readonly [genre: number, strength: number])[];
  /** Years of release, both included. */
  readonly era: { readonly from: number; readonly to: number } | null;
  /** Whether what is popular is liked; null when nothing is said. */
  readonly popular: boolean | null;
  /** Whole years. */
  readonly age: number | null;
  readonly gender: string | null;
}

/** Of each side; who names more has said enough. */
export const FILMS_MAX = 20;

const HAS_AGE = 1;
const HAS_ERA = 2;
const HAS_GENRES = 4;
const HAS_FILMS = 8;
const HAS_GENDER = 16;
const SAYS_POPULAR = 32;
const IS_POPULAR = 64;

const YEAR_FIRST = 1850;
const strengths = [-1, -0.5, 0.5, 1];
const FILM_BYTES = 3;

export function encodeProfile({ likedFilms, dislikedFilms, ...profile }: StoredProfile): Uint8Array {
  const { genres, era, popular, age, gender } = profile;
  const films = [...likedFilms, ...dislikedFilms];
  const flags =
    (age === null ? 0 : HAS_AGE) |
    (era === null ? 0 : HAS_ERA) |
    (genres.length === 0 ? 0 : HAS_GENRES) |
    (films.length === 0 ? 0 : HAS_FILMS) |
    (gender === null ? 0 : HAS_GENDER) |
    (popular === null ? 0 : popular ? SAYS_POPULAR | IS_POPULAR : SAYS_POPULAR);
  const bytes = [
    flags,
    ...(age === null ? [] : [age]),
    ...(era === null ? [] : [era.from - YEAR_FIRST, era.to - YEAR_FIRST]),
    ...(genres.length === 0 ? [] : [genres.length, ...genres.map(genreByte)]),
    ...(films.length === 0 ? [] : [likedFilms.length, dislikedFilms.length, ...films.flatMap(filmBytes)]),
    ...Buffer.from(gender ?? ''),
  ];
  assert(Math.max(likedFilms.length, dislikedFilms.length) <= FILMS_MAX, 'a profile names too many films');
  assert(bytes.every(isByte), 'a profile holds an age, a year or a genre that does not fit');
  return Uint8Array.from(bytes);
}

const isByte = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 0xff;

function genreByte([genre, strength]: readonly [number, number]): number {
  const place = strengths.indexOf(strength);
  assert(place >= 0, `a genre of strength ${strength}`);
  return genre * strengths.length + place;
}

function filmBytes(film: number): number[] {
  assert(film >= 0 && film < 2 ** (8 * FILM_BYTES), `film ${film} is beyond what a profile can name`);
  return [film & 0xff, (film >>> 8) & 0xff, film >>> 16];
}

/** Takes `length`, not `byteLength`: a buffer lent by LMDB is longer than its value. */
export function decodeProfile(bytes: Buffer): StoredProfile {
  const flags = bytes[0]!;
  let at = 1;
  const age = (flags & HAS_AGE) === 0 ? null : bytes[at++]!;
  let era: StoredProfile['era'] = null;
  if ((flags & HAS_ERA) !== 0) {
    era = { from: YEAR_FIRST + bytes[at]!, to: YEAR_FIRST + bytes[at + 1]! };
    at += 2;
  }
  const genres: [number, number][] = [];
  if ((flags & HAS_GENRES) !== 0) {
    for (const end = at + 1 + bytes[at++]!; at < end; at++) {
      genres.push([bytes[at]! >>> 2, strengths[bytes[at]! & 3]!]);
    }
  }
  const [likedFilms, dislikedFilms]: [number[], number[]] = [[], []];
  if ((flags & HAS_FILMS) !== 0) {
    const disliked = at + 2 + FILM_BYTES * bytes[at]!;
    const end = disliked + FILM_BYTES * bytes[at + 1]!;
    for (at += 2; at < end; at += FILM_BYTES) {
      const film = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
      (at < disliked ? likedFilms : dislikedFilms).push(film);
    }
  }
  return {
    ...{ likedFilms, dislikedFilms, genres, era, age },
    popular: (flags & SAYS_POPULAR) === 0 ? null : (flags & IS_POPULAR) !== 0,
    gender: (flags & HAS_GENDER) === 0 ? null : bytes.toString('utf8', at, bytes.length),
  };
}
