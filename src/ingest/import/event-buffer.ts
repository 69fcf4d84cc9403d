/**
 * Collects rows in columns and hands them to the state user by user, so that a user's history is read and written once a
 * flush, in ascending order of user.
 */

import type { HistoryEvent } from '../../store/histories.js';
import type { State } from '../../store/state.js';
import type { ImportedFilms } from './imported-films.js';
import type { Row } from './rows.js';
import { POSITIONS, UserOrder } from './user-order.js';

/** Rows: 117 MB when full. A file in order of time costs a rewrite of most histories each time, so this is large. */
const CAPACITY = POSITIONS;

/** With a full history each (25 pages) these are half of what fits into one transaction. */
const TRANSACTION_USERS = 2048;

export class EventBuffer {
  readonly #state: State;
  readonly #films: ImportedFilms;
  #count = 0;
  readonly #order = new UserOrder();
  readonly #film = new Int32Array(CAPACITY);
  /** NaN when there is none. */
  readonly #rating = new Float32Array(CAPACITY);
  readonly #minutes = new Float32Array(CAPACITY);
  readonly #time = new Float64Array(CAPACITY);

  constructor(state: State, films: ImportedFilms) {
    this.#state = state;
    this.#films = films;
  }

  add({ user, filmId, rating, minutes, timeMs }: Row): void {
    if (this.#count === CAPACITY) this.flush();
    const at = this.#count++;
    this.#order.set(at, user);
    this.#film[at] = this.#films.numberOf(filmId);
    this.#rating[at] = rating ?? NaN;
    this.#minutes[at] = minutes ?? NaN;
    this.#time[at] = timeMs;
  }

  flush(): void {
    const { films, transaction } = this.#state;
    transaction(() => this.#films.save(films));
    this.#order.sort(this.#count);
    for (let start = 0; start < this.#count;) start = transaction(() => this.#mergeUsers(start));
    this.#count = 0;
  }

  /** Merges the next users from `start` on; returns where it stopped. */
  #mergeUsers(start: number): number {
    let i = start;
    for (let users = 0; users < TRANSACTION_USERS && i < this.#count; users++) {
      const user = this.#order.user(i);
      const events: HistoryEvent[] = [];
      for (; i < this.#count && this.#order.user(i) === user; i++) events.push(this.#event(this.#order.position(i)));
      this.#state.histories.merge(user, events);
    }
    return i;
  }

  #event(at: number): HistoryEvent {
    const [rating, minutes] = [this.#rating[at]!, this.#minutes[at]!];
    return {
      film: this.#films.stateIndex(this.#film[at]!),
      rating: Number.isNaN(rating) ? null : rating,
      minutes: Number.isNaN(minutes) ? null : minutes,
      timeMs: this.#time[at]!,
    };
  }
}
