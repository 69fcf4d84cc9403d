/**
 * One user's history as bytes, and as words to work on.
 *
 * Words: six to an entry, in order of (newest event, film), so that the newest stands at the end.
 *
 *   word    0       1        2         3        4        5
 *           ┌───────┬────────┬─────────┬────────┬────────┬──────────────────┐
 *           │ film  │ rated  │ first   │ last   │ began  │ rating ╎ minutes │
 *           │ u32   │ u32 s  │ u32 s   │ u32 s  │ u32 s  │ u16    ╎ u16     │
 *           └───────┴────────┴─────────┴────────┴────────┴──────────────────┘
 *
 * `film` is a state index; `rated` the time of the newest rating, `first` and `last` those of the watching; times are
 * seconds since 1970 (to February 2106), 0 means unknown or never. `rating` counts hundredths. `began` is when the earliest
 * viewing that the log supports must have begun: see BEGAN_NEVER.
 *
 * Bytes: of each entry a byte that says which fields there are, and the fields as variable-length integers of seven bits a
 * byte, low bits first; times as differences, signed ones folded (0, −1, 1, −2, …):
 *
 *   flags │ film │ newest − newest before │ rated − last? │ last − first? │ first − began? │ minutes? │ rating?
 *
 * A film watched once and not rated takes some 11 bytes, with its rating 15.
 */

import assert from 'node:assert/strict';

export const ENTRY_WORDS = 6;
export const FILM = 0;
export const RATED = 1;
export const FIRST = 2;
export const LAST = 3;
export const BEGAN = 4;
/** Rating in the lower half, minutes in the upper. */
export const VALUES = 5;

/** Bounds the work of one request: beyond it the entries whose newest event is oldest leave first. */
export const HISTORY_CAPACITY = 4096;

export const TIME_LIMIT_MS = 2 ** 32 * 1000;

/** No rating, or no minutes. */
export const NONE = 0xffff;
export const MINUTES_MAX = NONE - 1;
export const RATING_MAX = (NONE - 1) / 100;

/** `began` of a film whose watching nothing supports yet: never watched, or only seen in passing. */
export const BEGAN_NEVER = 0;
/** `began` of a film whose watching is certain while its time is not, as of an imported row. */
export const BEGAN_UNKNOWN = 2 ** 32 - 1;

const HAS_RATED = 1;
const HAS_LAST = 2;
const HAS_SPAN = 4;
const HAS_BEGAN = 8;
const IS_BEGAN_UNKNOWN = 16;
const HAS_MINUTES = 32;
const HAS_RATING = 64;
/** The rating counts hundredths; without it, halves. */
const IS_RATING_FINE = 128;

const HALF = 50;

/** Flags and seven integers, five bytes at the most each. */
export const ENTRY_BYTES_MAX = 36;

/** Seven bits a byte, low bits first. */
function writeInteger(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  while (rest >= 0x80) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  bytes[at++] = rest;
  return at;
}

const fold = (signed: number): number => (signed < 0 ? -2 * signed - 1 : 2 * signed);
const unfold = (folded: number): number => (folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2);

/** Writes the entries [from, count) of `words` to the beginning of `bytes`, which has room for them; returns their length. */
export function packHistory(words: Uint32Array, from: number, count: number, bytes: Uint8Array): number {
  let at = 0;
  let before = 0;
  for (let entry = from * ENTRY_WORDS; entry < count * ENTRY_WORDS; entry += ENTRY_WORDS) {
    const [rated, first, last] = [words[entry + RATED]!, words[entry + FIRST]!, words[entry + LAST]!];
    const [began, values] = [words[entry + BEGAN]!, words[entry + VALUES]!];
    const [rating, minutes] = [values & NONE, values >>> 16];
    const newest = Math.max(last, rated);
    const hasBegan = began !== BEGAN_NEVER && began !== BEGAN_UNKNOWN;
    const isFine = rating % HALF !== 0;
    bytes[at++] =
      (rated === 0 ? 0 : HAS_RATED) |
      (last === 0 ? 0 : HAS_LAST) |
      (last === first ? 0 : HAS_SPAN) |
      (hasBegan ? HAS_BEGAN : began === BEGAN_UNKNOWN ? IS_BEGAN_UNKNOWN : 0) |
      (minutes === NONE ? 0 : HAS_MINUTES) |
      (rating === NONE ? 0 : isFine ? HAS_RATING | IS_RATING_FINE : HAS_RATING);
    at = writeInteger(bytes, at, words[entry + FILM]!);
    at = writeInteger(bytes, at, newest - before);
    if (rated !== 0 && last !== 0) at = writeInteger(bytes, at, fold(rated - last));
    if (last !== first) at = writeInteger(bytes, at, last - first);
    if (hasBegan) at = writeInteger(bytes, at, fold(first - began));
    if (minutes !== NONE) at = writeInteger(bytes, at, minutes);
    if (rating !== NONE) at = writeInteger(bytes, at, isFine ? rating : rating / HALF);
    before = newest;
  }
  return at;
}

/** Reads packed entries one after the other. One reader for all histories, so that nothing is made for each. */
class PackedReader {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;

  /** Takes `length`, not `byteLength`: a buffer lent by LMDB is longer than its value. Returns the number of entries. */
  unpack(bytes: Uint8Array, words: Uint32Array): number {
    this.#bytes = bytes;
    this.#at = 0;
    let before = 0;
    let entry = 0;
    while (this.#at < bytes.length) {
      before = this.#readEntry(words, entry, before);
      entry += ENTRY_WORDS;
    }
    assert(this.#at === bytes.length, 'a history ends in the middle of an entry');
    return entry / ENTRY_WORDS;
  }

  #readEntry(words: Uint32Array, entry: number, before: number): number {
    const flags = this.#bytes[this.#at++]!;
    words[entry + FILM] = this.#integer();
    const newest = before + this.#integer();
    let rated = (flags & HAS_RATED) === 0 ? 0 : newest;
    let last = (flags & HAS_LAST) === 0 ? 0 : newest;
    if (rated !== 0 && last !== 0) {
      const later = unfold(this.#integer());
      if (later < 0) rated += later;
      else last -= later;
    }
    const first = (flags & HAS_SPAN) === 0 ? last : last - this.#integer();
    words[entry + RATED] = rated;
    words[entry + LAST] = last;
    words[entry + FIRST] = first;
    words[entry + BEGAN] =
      (flags & HAS_BEGAN) !== 0
        ? first - unfold(this.#integer())
        : (flags & IS_BEGAN_UNKNOWN) !== 0
          ? BEGAN_UNKNOWN
          : BEGAN_NEVER;
    const minutes = (flags & HAS_MINUTES) === 0 ? NONE : this.#integer();
    const rating = (flags & HAS_RATING) === 0 ? NONE : this.#integer() * ((flags & IS_RATING_FINE) === 0 ? HALF : 1);
    words[entry + VALUES] = minutes * 2 ** 16 + rating;
    return newest;
  }

  #integer(): number {
    let byte = this.#bytes[this.#at++]!;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let scale = 0x80; byte >= 0x80; scale *= 0x80) {
      byte = this.#bytes[this.#at++]!;
      value += (byte & 0x7f) * scale;
    }
    return value;
  }
}

const reader = new PackedReader();

/** Fills `words` from their beginning; returns the number of entries. */
export const unpackHistory = (bytes: Uint8Array, words: Uint32Array): number => reader.unpack(bytes, words);
