/**
 * The share of our answers that were personal, as the site's log shows it: of all requests of an hour, those that were
 * answered with another list than that hour's most frequent one.
 */

import type { Requests } from '../../store/requests.js';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export class PersonalShare {
  readonly #requests: Requests;
  #hour = NaN;
  #minute = NaN;
  #full: number | undefined;
  #running: number | undefined;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /**
   * Of the last full hour before `newestMs`, and of the running one while there were no requests in that; undefined without any.
   * Computed once an hour, and the running one's once a minute.
   */
  at(newestMs: number): number | undefined {
    const hour = Math.floor(newestMs / HOUR_MS);
    const minute = Math.floor(newestMs / MINUTE_MS);
    if (hour !== this.#hour) this.#full = personalShare(this.#requests, (hour - 1) * HOUR_MS, hour * HOUR_MS);
    if (this.#full === undefined && minute !== this.#minute) {
      this.#running = personalShare(this.#requests, hour * HOUR_MS, newestMs + 1);
    }
    this.#hour = hour;
    this.#minute = minute;
    return this.#full ?? this.#running;
  }
}

function personalShare(requests: Requests, fromMs: number, toMs: number): number | undefined {
  const lists = new Map<number, number>();
  let all = 0;
  let answered = 0;
  for (const { status, list } of requests.between(fromMs, toMs)) {
    all++;
    if (status !== 200) continue;
    answered++;
    lists.set(list, (lists.get(list) ?? 0) + 1);
  }
  let mostFrequent = 0;
  for (const count of lists.values()) mostFrequent = Math.max(mostFrequent, count);
  return all === 0 ? undefined : (answered - mostFrequent) / all;
}
