/** What came of asking a look-up API: facts and failures as plain values, never an exception. */

import type { FieldViolation } from '../world/record-fields.js';
import type { FilmRecord } from '../world/film-record.js';
import type { UserRecord } from '../world/user-record.js';

export interface LookupFailure {
  readonly code:
    | 'rate-limited' // 429
    | 'timeout' // no whole answer in time
    | 'unreachable' // no connection
    | 'server-error' // 5xx
    | 'bad-answer'; // an answer that breaks off, cannot be understood, or refuses
  /** What the API asked for by Retry-After, bounded; 0 when it did not. */
  readonly retryAfterMs: number;
  /** For a person, e.g. `HTTP 503`. */
  readonly detail: string;
}

export interface LookupViolation extends FieldViolation {
  /** The id of the record, or empty when it has none that can be used. */
  readonly id: string;
}

export interface LookupOutcome {
  readonly found: ReadonlyMap<string, FilmRecord | UserRecord>;
  /** Asked for alone, and said not to exist. */
  readonly missing: readonly string[];
  /** Asked for, neither found nor said not to exist: to be asked for again. */
  readonly open: readonly string[];
  readonly failure?: LookupFailure;
  readonly violations: readonly LookupViolation[];
}
