/**
 * Watched after recommended: the share of answers after which the user began to watch a film of the list within two hours.
 *
 * An answer is a line with status 200 and a list. A viewing began when its lines say so, and it must show one of its first minutes
 * (plausibility.ts). It belongs to one answer: the newest before it, to its user, within the two hours, that lists its film. An
 * answer counts once, however many viewings belong to it. Answers that are younger than two hours count for as long as they have
 * been there, so that the share is neither late nor too high (life-table.ts). All times are the log's.
 *
 * In which order lines come does not matter, as long as they are still remembered. Nothing depends on this share: it is kept in
 * bounded memory alone, and begins anew with the process.
 */

import { LifeTable } from './life-table.js';
import { NONE, UserRing } from './user-ring.js';

export const WINDOW_SECONDS = 7200;
/** Answers count for a day, or until so many others have come. */
const DAY_SECONDS = 86_400;
const ANSWERS = 2 ** 17;
/** Remembered for answers that are read after them, from a partition that is behind. */
const BEGINNINGS = 2 ** 16;
const LIST_MAX = 20;
const STEP_SECONDS = 10;

/** Nothing was watched after it. */
const NEVER = Infinity;

export class WatchedAfter {
  readonly #answers = new UserRing(ANSWERS);
  readonly #lists = new Int32Array(ANSWERS * LIST_MAX);
  /** Seconds from the answer to the first viewing that belongs to it. */
  readonly #delays = new Float64Array(ANSWERS);
  readonly #beginnings = new UserRing(BEGINNINGS);
  readonly #films = new Int32Array(BEGINNINGS);
  /** Number of the answer that the viewing belongs to. */
  readonly #belongs = new Float64Array(BEGINNINGS);

  /** `films`: the marks of one or more (film-table.ts); beyond the twentieth they are left out. */
  answered(user: number, timeMs: number, films: readonly number[]): void {
    const answer = this.#answers.add(user, timeMs / 1000);
    const slot = this.#answers.slot(answer);
    // A shorter list is filled up with its first film.
    for (let i = 0; i < LIST_MAX; i++) this.#lists[slot * LIST_MAX + i] = films[i] ?? films[0]!;
    this.#delays[slot] = NEVER;
    this.#beginnings.forEach(user, (beginning) => {
      if (this.#isBetter(answer, this.#belongs[this.#beginnings.slot(beginning)]!, beginning))
        this.#give(beginning, answer);
    });
  }

  /** Known from any line of the viewing's first minutes; told again it changes nothing. `seconds` since 1970. */
  began(user: number, film: number, seconds: number): void {
    const beginning = this.#beginnings.add(user, seconds);
    const slot = this.#beginnings.slot(beginning);
    this.#films[slot] = film;
    this.#belongs[slot] = NONE;
    let best = NONE;
    this.#answers.forEach(user, (answer) => {
      if (this.#isBetter(answer, best, beginning)) best = answer;
    });
    if (best !== NONE) this.#give(beginning, best);
  }

  /** Of the last day before `newestMs`; undefined while there are too few answers to say. */
  share(newestMs: number): number | undefined {
    const now = Math.floor(newestMs / 1000);
    const table = new LifeTable(WINDOW_SECONDS, STEP_SECONDS);
    for (let answer = this.#answers.oldest; answer <= this.#answers.newest; answer++) {
      const age = Math.max(0, now - Math.floor(this.#answers.time(answer)));
      if (age >= DAY_SECONDS) continue;
      const delay = this.#delays[this.#answers.slot(answer)]!;
      if (delay === NEVER) table.none(age);
      else table.event(delay);
    }
    return table.share();
  }

  /** Whether the viewing may belong to the answer, and rather to it than to `other`. */
  #isBetter(answer: number, other: number, beginning: number): boolean {
    const delay = this.#delay(answer, beginning);
    if (delay < 0 || delay > WINDOW_SECONDS) return false;
    if (!this.#isListed(answer, this.#films[this.#beginnings.slot(beginning)]!)) return false;
    return !this.#answers.has(other) || this.#answers.time(answer) > this.#answers.time(other);
  }

  #give(beginning: number, answer: number): void {
    const slot = this.#beginnings.slot(beginning);
    const before = this.#belongs[slot]!;
    this.#belongs[slot] = answer;
    const to = this.#answers.slot(answer);
    this.#delays[to] = Math.min(this.#delays[to]!, this.#delay(answer, beginning));
    if (this.#answers.has(before)) this.#measureAgain(before);
  }

  /** A viewing that belonged to it belongs to another one now. */
  #measureAgain(answer: number): void {
    let delay = NEVER;
    this.#beginnings.forEach(this.#answers.user(answer), (beginning) => {
      if (this.#belongs[this.#beginnings.slot(beginning)] === answer) {
        delay = Math.min(delay, this.#delay(answer, beginning));
      }
    });
    this.#delays[this.#answers.slot(answer)] = delay;
  }

  /** Whole seconds, since lines of viewings may tell no others. */
  #delay(answer: number, beginning: number): number {
    return this.#beginnings.time(beginning) - Math.floor(this.#answers.time(answer));
  }

  #isListed(answer: number, film: number): boolean {
    const from = this.#answers.slot(answer) * LIST_MAX;
    for (let i = from; i < from + LIST_MAX; i++) if (this.#lists[i] === film) return true;
    return false;
  }
}
