/**
 * Joins what was watched and rated into one history. Every field is a maximum or a minimum over all events of one user and
 * one film, so the order of events, their repetition and their grouping into batches do not matter: at-least-once delivery
 * and repeated imports are without effect. (Only beyond HISTORY_CAPACITY do bytes depend on the order: what has left is
 * forgotten.) One editor serves one user after another, so that nothing is made for each.
 */

import {
  BEGAN,
  BEGAN_NEVER,
  ENTRY_BYTES_MAX,
  ENTRY_WORDS,
  FILM,
  FIRST,
  HISTORY_CAPACITY,
  LAST,
  NONE,
  packHistory,
  RATED,
  unpackHistory,
  VALUES,
} from './history-codec.js';

const NO_VALUES = NONE * 2 ** 16 + NONE;

export class HistoryEditor {
  /** With room for events beyond what is kept. */
  #words = new Uint32Array(HISTORY_CAPACITY * 2 * ENTRY_WORDS);
  #bytes = new Uint8Array(1024);
  readonly #moved = new Uint32Array(ENTRY_WORDS);
  #count = 0;
  #storedCount = 0;
  #changed = false;

  /** Begins with what is stored, or with nothing. */
  open(stored: Uint8Array | undefined): this {
    this.#count = stored === undefined ? 0 : unpackHistory(stored, this.#words);
    this.#storedCount = this.#count;
    this.#changed = false;
    return this;
  }

  /** Where the film stands until the next `finish`; −1 when it is not in the history. */
  indexOf(film: number): number {
    const words = this.#words;
    for (let at = (this.#count - 1) * ENTRY_WORDS; at >= 0; at -= ENTRY_WORDS) {
      if (words[at + FILM] === film) return at / ENTRY_WORDS;
    }
    return -1;
  }

  /** Seconds, or BEGAN_NEVER, or BEGAN_UNKNOWN. */
  began(index: number): number {
    return this.#words[index * ENTRY_WORDS + BEGAN]!;
  }

  /** Seconds; 0: unknown. */
  first(index: number): number {
    return this.#words[index * ENTRY_WORDS + FIRST]!;
  }

  /** NONE: unknown. */
  minutes(index: number): number {
    return this.#words[index * ENTRY_WORDS + VALUES]! >>> 16;
  }

  /** Watched up to `minutes` (NONE: unknown), between `first` and `last` (seconds, 0: unknown). */
  watch(film: number, minutes: number, first: number, last: number, began: number): void {
    const words = this.#words;
    const at = this.#entryOf(film);
    const values = words[at + VALUES]!;
    const known = values >>> 16;
    if (minutes !== NONE && (known === NONE || minutes > known)) this.#set(at + VALUES, join(values & NONE, minutes));
    if (first !== 0 && (words[at + FIRST] === 0 || first < words[at + FIRST]!)) this.#set(at + FIRST, first);
    if (last > words[at + LAST]!) this.#set(at + LAST, last);
    if (began !== BEGAN_NEVER && (words[at + BEGAN] === BEGAN_NEVER || began < words[at + BEGAN]!)) {
      this.#set(at + BEGAN, began);
    }
  }

  /** Forgets what was said of watching this film, not what was said of rating it. */
  unwatch(film: number): void {
    const at = this.#entryOf(film);
    this.#set(at + VALUES, join(this.#words[at + VALUES]! & NONE, NONE));
    for (const field of [FIRST, LAST, BEGAN]) this.#set(at + field, 0);
  }

  /** Of two ratings in the same second the higher one counts: any rule would do that does not depend on the order. */
  rate(film: number, hundredths: number, rated: number): void {
    const at = this.#entryOf(film);
    const values = this.#words[at + VALUES]!;
    const known = values & NONE;
    const before = this.#words[at + RATED]!;
    if (known !== NONE && (rated < before || (rated === before && hundredths <= known))) return;
    this.#set(at + VALUES, join(hundredths, values >>> 16));
    this.#set(at + RATED, rated);
  }

  /**
   * The bytes to store, valid until the editor is opened again; undefined when nothing changed. `onAdded` is told the films
   * that are new to the history.
   */
  finish(onAdded: (film: number) => void): Uint8Array | undefined {
    if (!this.#changed) return undefined;
    const words = this.#words;
    const added: number[] = [];
    for (let i = this.#storedCount; i < this.#count; i++) added.push(words[i * ENTRY_WORDS + FILM]!);
    this.#sort();
    const surplus = Math.max(0, this.#count - HISTORY_CAPACITY);
    for (const film of added) if (surplus === 0 || this.indexOf(film) >= surplus) onAdded(film);
    const room = (this.#count - surplus) * ENTRY_BYTES_MAX;
    if (room > this.#bytes.length) this.#bytes = new Uint8Array(2 * room);
    return this.#bytes.subarray(0, packHistory(words, surplus, this.#count, this.#bytes));
  }

  #entryOf(film: number): number {
    const index = this.indexOf(film);
    if (index >= 0) return index * ENTRY_WORDS;
    const at = this.#count++ * ENTRY_WORDS;
    if (at === this.#words.length) this.#grow();
    this.#words.fill(0, at, at + ENTRY_WORDS);
    this.#words[at + FILM] = film;
    this.#words[at + VALUES] = NO_VALUES;
    this.#changed = true;
    return at;
  }

  #set(word: number, value: number): void {
    this.#words[word] = value;
    this.#changed = true;
  }

  #grow(): void {
    const before = this.#words;
    this.#words = new Uint32Array(before.length * 2);
    this.#words.set(before);
  }

  /** By newest event, then film. Insertion: all but a few entries stand in order already. */
  #sort(): void {
    const words = this.#words;
    const moved = this.#moved;
    for (let i = 1; i < this.#count; i++) {
      const at = i * ENTRY_WORDS;
      const [time, film] = [this.#newest(at), words[at + FILM]!];
      let to = at;
      while (to > 0) {
        const before = this.#newest(to - ENTRY_WORDS);
        if (before < time || (before === time && words[to - ENTRY_WORDS + FILM]! < film)) break;
        to -= ENTRY_WORDS;
      }
      if (to === at) continue;
      moved.set(words.subarray(at, at + ENTRY_WORDS));
      words.copyWithin(to + ENTRY_WORDS, to, at);
      words.set(moved, to);
    }
  }

  #newest(at: number): number {
    return Math.max(this.#words[at + LAST]!, this.#words[at + RATED]!);
  }
}

const join = (rating: number, minutes: number): number => minutes * 2 ** 16 + rating;
