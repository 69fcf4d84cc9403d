/**
 * The watched minutes of a batch, collapsed: one row for each user, film and moment of beginning, in typed columns. Lines that
 * disagree on when the viewing began get rows of their own, linked from the pair's first row.
 */

import type { Evidence } from './evidence.js';
import { STUTTER, beganOf } from './plausibility.js';

export const VIEWINGS_MAX = 65_536;
const SLOTS = VIEWINGS_MAX * 4;

/** Stands for no row and no line. */
export const NOTHING = -1;

export class ViewingTable {
  readonly user = new Float64Array(VIEWINGS_MAX);
  readonly film = new Int32Array(VIEWINGS_MAX);
  /** The earliest and the latest beginning, seconds since 1970. */
  readonly low = new Uint32Array(VIEWINGS_MAX);
  readonly high = new Uint32Array(VIEWINGS_MAX);
  readonly minuteLow = new Uint16Array(VIEWINGS_MAX);
  readonly minuteHigh = new Uint16Array(VIEWINGS_MAX);
  /** Times of the first and the last line, seconds since 1970. */
  readonly first = new Uint32Array(VIEWINGS_MAX);
  readonly last = new Uint32Array(VIEWINGS_MAX);
  /** The line that came last; the batch knows the one before each. */
  readonly newestLine = new Int32Array(VIEWINGS_MAX);
  /** Another row of the same pair, or NOTHING. */
  readonly next = new Int32Array(VIEWINGS_MAX);
  /** Whether this is its pair's first row. */
  readonly isHead = new Uint8Array(VIEWINGS_MAX);
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
    for (let row = head; ; row = this.next[row]!) {
      if (began >= this.low[row]! - STUTTER && began <= this.high[row]! + STUTTER) {
        return this.#join(row, seconds, minute, began, line);
      }
      if (this.next[row] === NOTHING) {
        this.next[row] = this.#count;
        this.#append(user, film, seconds, minute, began, line, 0);
        return NOTHING;
      }
    }
  }

  evidence(row: number): Evidence {
    return {
      ...{ low: this.low[row]!, high: this.high[row]! },
      ...{ minuteLow: this.minuteLow[row]!, minuteHigh: this.minuteHigh[row]! },
    };
  }

  #slotOf(user: number, film: number): number {
    const low = user >>> 0;
    const mixed = Math.imul(low ^ Math.imul(film + 1, 0x9e3779b1), 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
    for (;;) {
      const row = this.#slots[slot]! - 1;
      if (row < 0 || (this.user[row] === user && this.film[row] === film)) return slot;
      slot = (slot + 1) & (SLOTS - 1);
    }
  }

  #join(row: number, seconds: number, minute: number, began: number, line: number): number {
    if (began < this.low[row]!) this.low[row] = began;
    if (began > this.high[row]!) this.high[row] = began;
    if (minute < this.minuteLow[row]!) this.minuteLow[row] = minute;
    if (minute > this.minuteHigh[row]!) this.minuteHigh[row] = minute;
    if (seconds < this.first[row]!) this.first[row] = seconds;
    if (seconds > this.last[row]!) this.last[row] = seconds;
    const before = this.newestLine[row]!;
    this.newestLine[row] = line;
    return before;
  }

  #append(user: number, film: number, seconds: number, minute: number, began: number, line: number, head: 0 | 1): void {
    const row = this.#count++;
    this.user[row] = user;
    this.film[row] = film;
    this.low[row] = this.high[row] = began;
    this.minuteLow[row] = this.minuteHigh[row] = minute;
    this.first[row] = this.last[row] = seconds;
    this.newestLine[row] = line;
    this.next[row] = NOTHING;
    this.isHead[row] = head;
  }
}
