/** One row of a file as one event of a user and a film, or the reason why not. */

import { MINUTES_MAX } from '../../store/history-codec.js';
import { parseUserId } from '../../world/user-id.js';
import { parseDecimal, parseTimeMs } from './numbers.js';
import type { Reason } from './report.js';

export interface Row {
  readonly user: number;
  /** In the site's vocabulary. */
  readonly filmId: string;
  readonly rating: number | null;
  readonly minutes: number | null;
  /** 0 when the file does not say. */
  readonly timeMs: number;
}

/** Where the fields stand; −1 where the file has no such column. */
export interface RowColumns {
  readonly width: number;
  readonly user: number;
  readonly film: number;
  readonly rating: number;
  readonly minutes: number;
  readonly time: number;
}

/** What a format says of its fields. */
export interface RowRules {
  readonly ratingMin: number;
  readonly ratingMax: number;
  /** The site's id of what stands in the film column; undefined is refused for `filmReason`. */
  readonly filmId: (text: string) => string | undefined;
  readonly filmReason: Reason;
}

export function readRow(fields: readonly string[], columns: RowColumns, rules: RowRules): Row | Reason {
  if (fields.length > columns.width) return 'row-unreadable';
  if (fields.length < columns.width) return 'fields-missing';
  const field = (column: number): string => fields[column]?.trim() ?? '';

  const user = parseUserId(field(columns.user));
  if (user === null) return 'user-invalid';
  const filmId = rules.filmId(field(columns.film));
  if (filmId === undefined) return rules.filmReason;
  const rating = optionalNumber(field(columns.rating), rules.ratingMin, rules.ratingMax);
  if (Number.isNaN(rating)) return 'rating-invalid';
  const minutes = optionalNumber(field(columns.minutes), 0, MINUTES_MAX);
  if (Number.isNaN(minutes)) return 'minute-invalid';
  // Without a minute a watch is still a watch; a rating without its number is nothing.
  if (rating === null && columns.minutes < 0) return 'fields-missing';
  const time = field(columns.time);
  const timeMs = time === '' ? 0 : parseTimeMs(time);
  if (timeMs === null) return 'time-invalid';
  return { user, filmId, rating, minutes, timeMs };
}

/** null for an empty field, NaN for what is not a number from `min` to `max`. */
function optionalNumber(text: string, min: number, max: number): number | null {
  if (text === '') return null;
  const value = parseDecimal(text) ?? NaN;
  return value >= min && value <= max ? value : NaN;
}
