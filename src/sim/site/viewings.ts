/**
 * The viewings that run at the same time, and which of them has a line next: a time wheel over typed arrays.
 *
 * 1. The wheel has one place for each of the next 4,096 seconds; a place is the head of a list of viewings, chained
 *    through `#next`, whose lines are due in that second.
 * 2. `take` gives the viewings of the current second one by one, spread evenly over it, and then turns the wheel.
 * 3. Whoever took a viewing puts it back with `again`, a number of seconds ahead.
 */

import assert from 'node:assert/strict';

const WHEEL_SECONDS = 4096;
const NONE = -1;

export class Viewings {
  readonly user: Uint32Array;
  /** Index of the film. */
  readonly film: Uint32Array;
  /** Of the next line. */
  readonly minute: Uint16Array;
  readonly last: Uint16Array;
  /** What is due: one of the phases of seats.ts. */
  readonly phase: Uint8Array;

  /** Seconds since the log began. */
  second = 0;
  readonly #next: Int32Array;
  readonly #heads = new Int32Array(WHEEL_SECONDS).fill(NONE);
  readonly #sizes = new Uint32Array(WHEEL_SECONDS);
  #current = NONE;
  #taken = 0;
  #size = 0;

  constructor(count: number) {
    this.user = new Uint32Array(count);
    this.film = new Uint32Array(count);
    this.minute = new Uint16Array(count);
    this.last = new Uint16Array(count);
    this.phase = new Uint8Array(count);
    this.#next = new Int32Array(count);
  }

  /** How far the current second has gone, 0 … 999 ms. */
  get ms(): number {
    return this.#size === 0 ? 0 : Math.floor((this.#taken * 1000) / this.#size);
  }

  /** Whether the current second has no viewing left: `turn` the wheel. */
  get exhausted(): boolean {
    return this.#current === NONE;
  }

  /** On to the next second. */
  turn(): void {
    this.second++;
    const place = this.second % WHEEL_SECONDS;
    this.#current = this.#heads[place]!;
    this.#size = this.#sizes[place]!;
    this.#taken = 0;
    this.#heads[place] = NONE;
    this.#sizes[place] = 0;
  }

  /** The next viewing of the current second. */
  take(): number {
    const viewing = this.#current;
    assert(viewing !== NONE, 'the second is exhausted: turn the wheel first');
    this.#current = this.#next[viewing]!;
    this.#taken++;
    return viewing;
  }

  again(viewing: number, seconds: number): void {
    assert(seconds >= 1 && seconds < WHEEL_SECONDS, 'a viewing is put back within the wheel');
    const place = (this.second + seconds) % WHEEL_SECONDS;
    this.#next[viewing] = this.#heads[place]!;
    this.#heads[place] = viewing;
    this.#sizes[place]!++;
  }
}
