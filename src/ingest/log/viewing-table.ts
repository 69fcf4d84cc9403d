/**
 * The watched minutes of a batch, collapsed: one row for each user, film and moment of beginning, in memory that is
 * allocated once. Lines that disagree on when the viewing began get rows of their own, linked from the pair's first row.
 */

import type { Evidence } from './evidence.js';
import { STUTTER, beganOf } from './plausibility.js';

export const VIEWINGS_MAX = 65_536;
const SLOTS = VIEWINGS_MAX * 4;

/** Stands for no row and no line. */
export const NOTHING = -1;

/** Words of a row, which lie together because a line needs most of them. The user takes the first two, as a double. */
const FILM = 2;
/** The earliest and the latest beginning, seconds since 1970. */
const LOW = 3;
const HIGH = 4;
const MINUTE_LOW = 5;
const MINUTE_HIGH = 6;
/** Times of the first and the last line, seconds since 1970. */
const FIRST = 7;
const LAST = 8;
/** The line that came last; the batch knows the one before each. */
const NEWEST_LINE = 9;
/** Another row of the same pair, or NOTHING. */
const NEXT = 10;
/** 1 in a pair's first row. */
const IS_HEAD = 11;
const WORDS = 12;

export class ViewingTable {
  readonly #users = new Float64Array((VIEWINGS_MAX * WORDS) / 2);
  readonly #words = new Int32Array(this.#users.buffer);
  /** The same words, for times: they go on after 2038. */
  readonly #times = new Uint32Array(this.#users.buffer);
  /** Row + 1 of a pair's first row; 0 is free. */
  readonly #slots = new Int32Array(SLOTS);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#slots.fill(0);
    this.#count = 0;
  }

  /** Takes one line in; returns the line of the same row before it, or NOTHING. Wants room for one more row. */
  add(user: number, film: number, seconds: number, minute: number, line: number): number {
    const began = beganOf(seconds, minute);
    const slot = this.#slotOf(user, film);
    const head = this.#slots[slot]! - 1;
    if (head < 0) {
      this.#slots[slot] = this.#count + 1;
      this.#append(user, film, seconds, minute, began, line, 1);
      return NOTHING;
    }
    for (let row = head; ; row = this.next(row)) {
      const at = row * WORDS;
      if (began >= this.#times[at + LOW]! - STUTTER && began <= this.#times[at + HIGH]! + STUTTER) {
        return this.#join(at, seconds, minute, began, line);
      }
      if (this.#words[at + NEXT] === NOTHING) {
        this.#words[at + NEXT] = this.#count;
        this.#append(user, film, seconds, minute, began, line, 0);
        return NOTHING;
      }
    }
  }

  user(row: number): number {
    return this.#users[(row * WORDS) / 2]!;
  }

  film(row: number): number {
    return this.#words[row * WORDS + FILM]!;
  }

  /** Time of the first line, seconds since 1970. */
  first(row: number): number {
    return this.#times[row * WORDS + FIRST]!;
  }

  /** Time of the last line, seconds since 1970. */
  last(row: number): number {
    return this.#times[row * WORDS + LAST]!;
  }

  /** The line that came last; the batch knows the one before each. */
  newestLine(row: number): number {
    return this.#words[row * WORDS + NEWEST_LINE]!;
  }

  /** Another row of the same pair, or NOTHING. */
  next(row: number): number {
    return this.#words[row * WORDS + NEXT]!;
  }

  /** Whether this is its pair's first row. */
  isHead(row: number): boolean {
    return this.#words[row * WORDS + IS_HEAD] === 1;
  }

  /** The earliest beginning, seconds since 1970. */
  low(row: number): number {
    return this.#times[row * WORDS + LOW]!;
  }

  minuteLow(row: number): number {
    return this.#words[row * WORDS + MINUTE_LOW]!;
  }

  evidence(row: number): Evidence {
    const at = row * WORDS;
    return {
      low: this.low(row),
      high: this.#times[at + HIGH]!,
      minuteLow: this.minuteLow(row),
      minuteHigh: this.#words[at + MINUTE_HIGH]!,
    };
  }

  #slotOf(user: number, film: number): number {
    const low = user >>> 0;
    const mixed = Math.imul(low ^ Math.imul(film + 1, 0x9e3779b1), 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
    for (;;) {
      const row = this.#slots[slot]! - 1;
      if (row < 0 || (this.user(row) === user && this.film(row) === film)) return slot;
      slot = (slot + 1) & (SLOTS - 1);
    }
  }

  #join(at: number, seconds: number, minute: number, began: number, line: number): number {
    const words = this.#words;
    const times = this.#times;
    if (began < times[at + LOW]!) times[at + LOW] = began;
    if (began > times[at + HIGH]!) times[at + HIGH] = began;
    if (minute < words[at + MINUTE_LOW]!) words[at + MINUTE_LOW] = minute;
    if (minute > words[at + MINUTE_HIGH]!) words[at + MINUTE_HIGH] = minute;
    if (seconds < times[at + FIRST]!) times[at + FIRST] = seconds;
    if (seconds > times[at + LAST]!) times[at + LAST] = seconds;
    const before = words[at + NEWEST_LINE]!;
    words[at + NEWEST_LINE] = line;
    return before;
  }

  #append(user: number, film: number, seconds: number, minute: number, began: number, line: number, head: 0 | 1): void {
    const at = this.#count++ * WORDS;
    const words = this.#words;
    this.#users[at / 2] = user;
    words[at + FILM] = film;
    words[at + LOW] = words[at + HIGH] = began;
    words[at + MINUTE_LOW] = words[at + MINUTE_HIGH] = minute;
    words[at + FIRST] = words[at + LAST] = seconds;
    words[at + NEWEST_LINE] = line;
    words[at + NEXT] = NOTHING;
    words[at + IS_HEAD] = head;
  }
}
