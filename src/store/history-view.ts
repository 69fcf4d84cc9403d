/** A history to read from, without an object for each entry. Entry 0 is the oldest, `count − 1` the newest. */

import {
  BEGAN,
  ENTRY_WORDS,
  FILM,
  FIRST,
  HISTORY_CAPACITY,
  LAST,
  NONE,
  RATED,
  unpackHistory,
  VALUES,
} from './history-codec.js';

/** Everything known of one user and one film. Times in whole seconds. */
export interface HistoryEntry {
  readonly film: number;
  /** NaN when there is none. */
  readonly rating: number;
  readonly rated: number;
  /** NaN when none is known. */
  readonly minutes: number;
  readonly first: number;
  readonly last: number;
  readonly began: number;
}

export class HistoryView {
  count = 0;
  readonly #words = new Uint32Array(HISTORY_CAPACITY * ENTRY_WORDS);

  /** Looks at other bytes from now on; they may be gone afterwards. */
  moveTo(bytes: Uint8Array): this {
    this.count = unpackHistory(bytes, this.#words);
    return this;
  }

  /** State index of the film. */
  film(i: number): number {
    return this.#words[i * ENTRY_WORDS + FILM]!;
  }

  /** When the newest rating was given, in seconds; 0 when there is none or its time is unknown. */
  rated(i: number): number {
    return this.#words[i * ENTRY_WORDS + RATED]!;
  }

  /** The first moment of watching, in seconds; 0 when unknown. */
  first(i: number): number {
    return this.#words[i * ENTRY_WORDS + FIRST]!;
  }

  /** The newest moment of watching, in seconds; 0 when unknown. */
  last(i: number): number {
    return this.#words[i * ENTRY_WORDS + LAST]!;
  }

  /** Seconds, or BEGAN_NEVER, or BEGAN_UNKNOWN. */
  began(i: number): number {
    return this.#words[i * ENTRY_WORDS + BEGAN]!;
  }

  /** The newest rating, on the scale it was given in; NaN when there is none. */
  rating(i: number): number {
    const hundredths = this.#words[i * ENTRY_WORDS + VALUES]! & NONE;
    return hundredths === NONE ? NaN : hundredths / 100;
  }

  /** The highest minute watched; NaN when none is known. */
  minutes(i: number): number {
    const minutes = this.#words[i * ENTRY_WORDS + VALUES]! >>> 16;
    return minutes === NONE ? NaN : minutes;
  }

  /** The first event kept of this user with this film; 0 when unknown. Whole seconds. */
  firstMs(i: number): number {
    const [first, rated] = [this.first(i), this.rated(i)];
    return (first === 0 || (rated !== 0 && rated < first) ? rated : first) * 1000;
  }

  /** The newest event of this user with this film; 0 when unknown. Whole seconds. */
  lastMs(i: number): number {
    return Math.max(this.last(i), this.rated(i)) * 1000;
  }

  entries(): HistoryEntry[] {
    return Array.from({ length: this.count }, (_, i) => ({
      film: this.film(i),
      rating: this.rating(i),
      rated: this.rated(i),
      minutes: this.minutes(i),
      first: this.first(i),
      last: this.last(i),
      began: this.began(i),
    }));
  }
}
