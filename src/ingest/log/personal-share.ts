/**
 * The share of our answers that were personal, as the site's log shows it: of all requests of an hour, those that were
 * answered with another list than that hour's most frequent one.
 */

import type { Requests } from '../../store/requests.js';

const HOUR_MS = 3_600_000;

export class PersonalShare {
  readonly #requests: Requests;
  #hour = NaN;
  #share: number | undefined;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** Of the last full hour before `newestMs`; undefined without requests. Computed once an hour. */
  at(newestMs: number): number | undefined {
    const hour = Math.floor(newestMs / HOUR_MS) - 1;
    if (hour === this.#hour) return this.#share;
    this.#hour = hour;
    return (this.#share = personalShare(this.#requests, hour * HOUR_MS, (hour + 1) * HOUR_MS));
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
