/** What the site's log says of our answers: how many succeeded, how many were personal, and what was watched after them. */

import type { Requests } from '../../store/requests.js';
import { AnswersByMinute, DAY_MINUTES, HOUR_MINUTES, type AnswerCounts } from './answer-counts.js';
import type { ListedRequest } from './batch.js';
import type { FilmTable } from './film-table.js';
import { PersonalShare } from './personal-share.js';
import { isBeginning } from './plausibility.js';
import type { ViewingTable } from './viewing-table.js';
import { WatchedAfter } from './watched-after.js';

/** Times are the log's: what is said of the last hour is said of the hour before its newest line. */
export interface ObservedAnswers {
  readonly hour: AnswerCounts;
  readonly day: AnswerCounts;
  /** See personal-share.ts; undefined without requests. */
  readonly personalShare: number | undefined;
  /** See watched-after.ts; undefined while there are too few answers. */
  readonly watchedAfterShare: number | undefined;
}

/** Shares are looked at again when the log has gone on for so long. */
const STEP_MS = 10_000;
const DAY_MS = 86_400_000;

export class Observed {
  readonly #requests: Requests;
  readonly #films: FilmTable;
  readonly #personalShare: PersonalShare;
  readonly #watchedAfter = new WatchedAfter();
  /** Undefined until somebody asks. */
  #byMinute: AnswersByMinute | undefined;
  #watchedAfterShare: number | undefined;
  #step = NaN;

  constructor(requests: Requests, films: FilmTable) {
    this.#requests = requests;
    this.#films = films;
    this.#personalShare = new PersonalShare(requests);
  }

  /** What a commit has brought: requests that were not known before it, and viewings. */
  take(requests: readonly ListedRequest[], viewings: ViewingTable): void {
    for (const { user, timeMs, status, films } of requests) {
      this.#byMinute?.add(timeMs, status);
      if (films.length > 0) this.#watchedAfter.answered(user, timeMs, films);
    }
    for (let row = 0; row < viewings.count; row++) {
      if (!isBeginning(viewings.minuteLow(row))) continue;
      const film = this.#films.markOf(viewings.film(row));
      this.#watchedAfter.began(viewings.user(row), film, viewings.low(row));
    }
  }

  at(newestMs: number): ObservedAnswers {
    const byMinute = (this.#byMinute ??= this.#countDay(newestMs));
    const step = Math.floor(newestMs / STEP_MS);
    if (step !== this.#step) this.#watchedAfterShare = this.#watchedAfter.share(newestMs);
    this.#step = step;
    return {
      hour: byMinute.over(HOUR_MINUTES, newestMs),
      day: byMinute.over(DAY_MINUTES, newestMs),
      personalShare: this.#personalShare.at(newestMs),
      watchedAfterShare: this.#watchedAfterShare,
    };
  }

  /** From the state: a process that has just begun knows the day all the same. */
  #countDay(newestMs: number): AnswersByMinute {
    const byMinute = new AnswersByMinute();
    for (const { timeMs, status } of this.#requests.between(newestMs - DAY_MS, newestMs + 1))
      byMinute.add(timeMs, status);
    return byMinute;
  }
}
