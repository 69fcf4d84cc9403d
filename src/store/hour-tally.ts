/** Counts lines by the hour in which they were written, in memory: for each line a comparison and an increment. */

export const HOUR_MS = 3_600_000;

/** What a line of the log is when it comes; the numbers below are places in this list. */
export const hourKinds = [
  'watch',
  'rate',
  'create',
  'request 200',
  'request 400',
  'request 500',
  'request 0', // no answer in time
  'request other',
  'rejected', // breaks the grammar
  'held', // its film is not known, or its time cannot be
] as const;
export type HourKind = (typeof hourKinds)[number];

export const HOUR_WATCH = hourKinds.indexOf('watch');
export const HOUR_RATE = hourKinds.indexOf('rate');
export const HOUR_CREATE = hourKinds.indexOf('create');
export const HOUR_REJECTED = hourKinds.indexOf('rejected');
export const HOUR_HELD = hourKinds.indexOf('held');

const HOUR_OTHER_STATUS = hourKinds.indexOf('request other');
const kindOfStatus = new Map(
  [200, 400, 500, 0].map((status) => [status, hourKinds.indexOf(`request ${status}` as HourKind)]),
);

/** Of a recommendation request with that status. */
export const hourKindOf = (status: number): number => kindOfStatus.get(status) ?? HOUR_OTHER_STATUS;

export class HourTally {
  readonly #hours = new Map<number, Uint32Array>();
  #counts: Uint32Array = new Uint32Array(hourKinds.length);
  /** The hour that `#counts` belongs to, in ms; none before the first line that tells its time. */
  #from = Infinity;
  #to = -Infinity;

  /** A line that was written at `timeMs`. */
  count(timeMs: number, kind: number): void {
    if (timeMs < this.#from || timeMs >= this.#to) this.#moveTo(Math.floor(timeMs / HOUR_MS));
    this.#counts[kind]!++;
  }

  /** A line that does not tell its time: it counts in the hour of the line before it, the very first such lines nowhere. */
  countTimeless(kind: number): void {
    if (this.#from !== Infinity) this.#counts[kind]!++;
  }

  /** Hours since 1970, each with its counts in the order of `hourKinds`. */
  all(): Iterable<readonly [hour: number, counts: Uint32Array]> {
    return this.#hours;
  }

  /** Begins anew, in the same hour. */
  clear(): void {
    this.#hours.clear();
    if (this.#from !== Infinity) this.#moveTo(this.#from / HOUR_MS);
  }

  #moveTo(hour: number): void {
    let counts = this.#hours.get(hour);
    if (counts === undefined) this.#hours.set(hour, (counts = new Uint32Array(hourKinds.length)));
    this.#counts = counts;
    this.#from = hour * HOUR_MS;
    this.#to = this.#from + HOUR_MS;
  }
}
