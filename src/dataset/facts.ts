/** What is known of films and of users beside their interactions: for figures about lists, and to tell groups apart. */

export interface FilmFacts {
  /** Of release; null when unknown. */
  readonly year: number | null;
  /** Empty when unknown. */
  readonly genres: readonly string[];
  /** ISO 639-1; null when unknown. */
  readonly language: string | null;
  /** Licence fee, USD a view; null when unknown, which is not 0. */
  readonly cost: number | null;
}

/** Null when unknown. */
export interface UserFacts {
  /** Years. */
  readonly age: number | null;
  readonly gender: string | null;
  readonly occupation: string | null;
  /** When the account was created, milliseconds since 1970. */
  readonly createdMs: number | null;
}

export const unknownFilm: FilmFacts = { year: null, genres: [], language: null, cost: null };
export const unknownUser: UserFacts = { age: null, gender: null, occupation: null, createdMs: null };
