/** What the film API says of a film: its JSON, in either type style, as plain facts. */

import { z } from 'zod';
import { filmBytesEnd, isFilmLength } from './film-bytes.js';
import { filmFromId } from './film-id.js';
import {
  optionalDate,
  optionalNames,
  optionalNumber,
  optionalText,
  readRecord,
  type RecordReading,
} from './record-fields.js';

export interface FilmRecord {
  /** As the log spells it. */
  readonly id: string;
  readonly title: string;
  readonly year: number | null;
  readonly genres: readonly string[];
  /** Minutes, above 0. */
  readonly runtime: number | null;
  /** ISO 639-1, e.g. `en`. */
  readonly language: string | null;
  readonly overview: string | null;
  /** Licence fee in USD per view; null when the record does not say, 0 when the film is free. */
  readonly cost: number | null;
}

function isLoggedId(id: string): boolean {
  const bytes = Buffer.from(id);
  return isFilmLength(bytes.length) && filmBytesEnd(bytes, 0, bytes.length) === bytes.length;
}

const filmSchema = z.object({
  id: z.string('is no text').refine(isLoggedId, 'is not spelt like a film id'),
  title: optionalText(1_000),
  release_date: optionalDate,
  genres: optionalNames(100),
  runtime: optionalNumber(0, 65_534),
  original_language: optionalText(20),
  overview: optionalText(10_000),
  cost: optionalNumber(0, 1_000_000),
  license_cost: optionalNumber(0, 1_000_000),
});

/** Unknown fields are ignored. Without an id there is no film; without a title the id lends one. */
export function readFilmRecord(value: unknown): RecordReading<FilmRecord> {
  const { fields, violations } = readRecord(filmSchema, value);
  if (fields === null) return { fields, violations };
  const { id, title, release_date, genres, runtime, original_language, overview, cost, license_cost } = fields;
  return {
    fields: {
      id,
      title: title ?? filmFromId(id).title,
      year: release_date === null ? null : Number(release_date.slice(0, 4)),
      genres,
      runtime: runtime === 0 ? null : runtime,
      language: original_language,
      overview,
      cost: cost ?? license_cost,
    },
    violations,
  };
}
