/** What an import says about itself. */

export type Format = 'matinee' | 'movielens';

/** Why a row was refused: a closed list. */
export type Reason =
  | 'row-unreadable' // broken quotes, not UTF-8, too long, or more fields than columns
  | 'fields-missing' // fewer fields than columns, or no rating in a file of ratings
  | 'user-invalid' // not one to ten digits
  | 'film-invalid' // not spelt like a film id, or a film row without a number
  | 'film-unknown' // a rating of a film that the films file does not list, an annotation of one that is not in the catalogue
  | 'rating-invalid' // not a number, or outside the scale of the format
  | 'maturity-invalid' // neither a class of ours nor a rating of the Motion Picture Association
  | 'minute-invalid' // not a number from 0 to 65,534
  | 'time-invalid'; // not unix seconds, unix milliseconds or ISO 8601, or outside 1970 to 2106

export interface RejectedExample {
  readonly file: string;
  /** 1 for the first line. */
  readonly line: number;
  /** At most 120 characters, control characters escaped. */
  readonly text: string;
}

export interface Rejected {
  readonly reason: Reason;
  readonly count: number;
  /** The first three. */
  readonly examples: readonly RejectedExample[];
}

export interface ImportedFile {
  readonly name: string;
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string;
  /** Lines below the header that are not blank. */
  readonly rows: number;
  readonly accepted: number;
}

export interface ImportReport {
  readonly format: Format;
  readonly files: readonly ImportedFile[];
  /** rows = accepted + the sum of rejected, over all files. */
  readonly rows: number;
  readonly accepted: number;
  /** Most frequent first. */
  readonly rejected: readonly Rejected[];
  readonly ignoredColumns: readonly string[];
  /** Files of the format that hold nothing we use, such as tags.csv. */
  readonly ignoredFiles: readonly string[];
  /** Films whose title and year another film has too: they got their number appended to the id. */
  readonly renamedFilms: number;
  /** In the state after the import. */
  readonly users: number;
  readonly films: number;
  readonly seconds: number;
}
