/** Counts our answers by status, as the site's log tells them: minute by minute for the last day. */

const MINUTE_MS = 60_000;
export const HOUR_MINUTES = 60;
export const DAY_MINUTES = 1440;

/** The answers of a span of time. */
export interface AnswerCounts {
  readonly requests: number;
  /** By status: 200 is a success, 0 is no answer in time; whatever else there was. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Share of the requests that were answered with status 200; undefined without requests. */
  readonly availability: number | undefined;
}

export class AnswersByMinute {
  /** Minutes since 1970: which one each place counts. */
  readonly #minutes = new Float64Array(DAY_MINUTES);
  readonly #counts = new Map<number, Uint32Array>();

  /** What is older than a day, seen from the newest answer, may be left out. */
  add(timeMs: number, status: number): void {
    const minute = Math.floor(timeMs / MINUTE_MS);
    const place = minute % DAY_MINUTES;
    if (minute < this.#minutes[place]!) return;
    if (minute > this.#minutes[place]!) {
      this.#minutes[place] = minute;
      for (const counts of this.#counts.values()) counts[place] = 0;
    }
    let counts = this.#counts.get(status);
    if (counts === undefined) this.#counts.set(status, (counts = new Uint32Array(DAY_MINUTES)));
    counts[place]!++;
  }

  /** The `minutes` minutes that end with the one of `newestMs`, at most `DAY_MINUTES`. */
  over(minutes: number, newestMs: number): AnswerCounts {
    const newest = Math.floor(newestMs / MINUTE_MS);
    const byStatus: Record<string, number> = {};
    let requests = 0;
    for (const [status, counts] of this.#counts) {
      let sum = 0;
      for (let minute = newest - minutes + 1; minute <= newest; minute++) {
        const place = minute % DAY_MINUTES;
        if (this.#minutes[place] === minute) sum += counts[place]!;
      }
      if (sum > 0) byStatus[status] = sum;
      requests += sum;
    }
    return { requests, byStatus, availability: requests === 0 ? undefined : (byStatus[200] ?? 0) / requests };
  }
}
