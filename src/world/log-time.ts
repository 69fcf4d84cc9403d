/** Times of the log: `YYYY-MM-DDTHH:MM`, then nothing, `:SS`, or `:SS` with 3, 6 or 9 decimals. */

import { isDigit, numberIn } from './digits.js';

const DASH = 0x2d;
const DOT = 0x2e;
const COLON = 0x3a;
const T = 0x54;
const DAY_MS = 86_400_000;

/**
 * Reads times. Nearly all lines are of the day of the line before, or of a few days in turn: the day read last is kept as the
 * eleven bytes `YYYY-MM-DDT` in three words, and only another one goes through the calendar.
 */
export class LogTime {
  /** Of the time read last, since 1970 in UTC; what is smaller than a millisecond is dropped. */
  ms = 0;
  readonly #zoneMs: number;
  #year = 0;
  #month = 0;
  /** Three bytes are never −1: no date is like the day before the first one. */
  #day = -1;
  #midnight = 0;

  /** `zoneMs`: how far the site's clock stands east of UTC. */
  constructor(zoneMs = 0) {
    this.#zoneMs = zoneMs;
  }

  /** Returns where the time that begins at `start` ends, or −1 when none does. */
  read(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < 16 || !this.#turnTo(bytes, start) || bytes[start + 13] !== COLON) return -1;
    const hour = twoDigits(bytes, start + 11);
    const minute = twoDigits(bytes, start + 14);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return -1;
    const minuteMs = this.#midnight + (hour * 60 + minute) * 60_000;

    let at = start + 16;
    if (at >= end || bytes[at] !== COLON) {
      this.ms = minuteMs;
      return at;
    }
    const second = at + 3 <= end ? twoDigits(bytes, at + 1) : -1;
    if (second < 0 || second > 59) return -1;
    at += 3;
    if (at >= end || bytes[at] !== DOT) {
      this.ms = minuteMs + second * 1000;
      return at;
    }
    const decimals = ++at;
    while (at < end && at - decimals < 10 && isDigit(bytes[at]!)) at++;
    const count = at - decimals;
    if (count !== 3 && count !== 6 && count !== 9) return -1;
    this.ms = minuteMs + second * 1000 + numberIn(bytes, decimals, decimals + 3);
    return at;
  }

  /** Makes the date at `start` the day kept; false when it is none. */
  #turnTo(bytes: Uint8Array, start: number): boolean {
    const year = (bytes[start]! << 24) | (bytes[start + 1]! << 16) | (bytes[start + 2]! << 8) | bytes[start + 3]!;
    const month = (bytes[start + 4]! << 24) | (bytes[start + 5]! << 16) | (bytes[start + 6]! << 8) | bytes[start + 7]!;
    const day = (bytes[start + 8]! << 16) | (bytes[start + 9]! << 8) | bytes[start + 10]!;
    if (year === this.#year && month === this.#month && day === this.#day) return true;

    const days = daysSince1970(bytes, start);
    if (Number.isNaN(days)) return false;
    this.#year = year;
    this.#month = month;
    this.#day = day;
    this.#midnight = days * DAY_MS - this.#zoneMs;
    return true;
  }
}

/** −1 when one of the two is no digit. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]!;
  const ones = bytes[at + 1]!;
  return isDigit(tens) && isDigit(ones) ? (tens - 0x30) * 10 + (ones - 0x30) : -1;
}

/** Of the date `YYYY-MM-DDT` at `at`; NaN when there is none. */
function daysSince1970(bytes: Uint8Array, at: number): number {
  if (bytes[at + 4] !== DASH || bytes[at + 7] !== DASH || bytes[at + 10] !== T) return NaN;
  const century = twoDigits(bytes, at);
  const yearOfCentury = twoDigits(bytes, at + 2);
  const month = twoDigits(bytes, at + 5);
  const day = twoDigits(bytes, at + 8);
  if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12) return NaN;
  const year = century * 100 + yearOfCentury;
  if (day < 1 || day > daysIn(year, month)) return NaN;

  // Years that begin in March end with the leap day, and their months have a regular pattern of lengths.
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return marchYear * 365 + leapDaysUntil(marchYear) + dayOfYear - 719_468;
}

const leapDaysUntil = (year: number): number => Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);

function daysIn(year: number, month: number): number {
  if (month === 2) return leapDaysUntil(year) > leapDaysUntil(year - 1) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
