/**
 * One user's history as bytes: 24 bytes an entry, little endian, no header.
 *
 *   offset  0       4        8         12       16       20       22        24
 *           ┌───────┬────────┬─────────┬────────┬────────┬────────┬─────────┐
 *           │ film  │ rated  │ first   │ last   │ began  │ rating │ minutes │
 *           │ u32   │ u32 s  │ u32 s   │ u32 s  │ u32 s  │ u16    │ u16     │
 *           └───────┴────────┴─────────┴────────┴────────┴────────┴─────────┘
 *
 * `film` is a state index; `rated` the time of the newest rating, `first` and `last` those of the watching; times are
 * seconds since 1970 (to February 2106), 0 means unknown or never. `rating` counts hundredths. `began` is when the earliest
 * viewing that the log supports must have begun: see BEGAN_NEVER. One entry a film, in order of (newest event, film), so the newest
 * stands at the end.
 */

import assert from 'node:assert/strict';

export const ENTRY_BYTES = 24;
export const ENTRY_WORDS = ENTRY_BYTES / 4;

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

export function decodeHistory(view: HistoryView): HistoryEntry[] {
  return Array.from({ length: view.count }, (_, i) => ({
    film: view.film(i),
    rating: view.rating(i),
    rated: view.rated(i),
    minutes: view.minutes(i),
    first: view.first(i),
    last: view.last(i),
    began: view.began(i),
  }));
}

/** Takes `length`, not `byteLength`: a buffer lent by LMDB is longer than its value. */
export function entriesIn({ length }: Uint8Array): number {
  assert(length % ENTRY_BYTES === 0, `a history of ${length} bytes is no multiple of ${ENTRY_BYTES}`);
  return length / ENTRY_BYTES;
}

/** Reads packed entries in place, without an object for each. Entry 0 is the oldest, `count − 1` the newest. */
export class HistoryView {
  #count: number;
  #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#count = entriesIn(bytes);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset);
  }

  /** Looks at other bytes from now on; nothing is made when they begin where the last ones did, as what LMDB lends does. */
  moveTo(bytes: Uint8Array): this {
    const sameStart = bytes.buffer === this.#view.buffer && bytes.byteOffset === this.#view.byteOffset;
    if (!sameStart) this.#view = new DataView(bytes.buffer, bytes.byteOffset);
    this.#count = entriesIn(bytes);
    return this;
  }

  get count(): number {
    return this.#count;
  }

  /** State index of the film. */
  film(i: number): number {
    return this.#view.getUint32(i * ENTRY_BYTES, true);
  }

  /** When the newest rating was given, in seconds; 0 when there is none or its time is unknown. */
  rated(i: number): number {
    return this.#view.getUint32(i * ENTRY_BYTES + 4, true);
  }

  /** The first moment of watching, in seconds; 0 when unknown. */
  first(i: number): number {
    return this.#view.getUint32(i * ENTRY_BYTES + 8, true);
  }

  /** The newest moment of watching, in seconds; 0 when unknown. */
  last(i: number): number {
    return this.#view.getUint32(i * ENTRY_BYTES + 12, true);
  }

  /** Seconds, or BEGAN_NEVER, or BEGAN_UNKNOWN. */
  began(i: number): number {
    return this.#view.getUint32(i * ENTRY_BYTES + 16, true);
  }

  /** The newest rating, on the scale it was given in; NaN when there is none. */
  rating(i: number): number {
    const hundredths = this.#view.getUint16(i * ENTRY_BYTES + 20, true);
    return hundredths === NONE ? NaN : hundredths / 100;
  }

  /** The highest minute watched; NaN when none is known. */
  minutes(i: number): number {
    const minutes = this.#view.getUint16(i * ENTRY_BYTES + 22, true);
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
}
