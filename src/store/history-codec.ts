/**
 * One user's history as bytes: 24 bytes an entry, little endian, no header.
 *
 *   offset  0       4        8         12       16       20       24
 *           ┌───────┬────────┬─────────┬────────┬────────┬────────┐
 *           │ film  │ rating │ minutes │ rated  │ first  │ last   │
 *           │ u32   │ f32    │ f32     │ u32 s  │ u32 s  │ u32 s  │
 *           └───────┴────────┴─────────┴────────┴────────┴────────┘
 *
 * `film` is a state index; NaN means no rating, no minutes; times are seconds since 1970 (to February 2106), 0 means
 * unknown. One entry a film, in order of (last, film), so the newest stands at the end.
 */

import assert from 'node:assert/strict';

export const ENTRY_BYTES = 24;

/** Bounds the work of one request: beyond it the entries with the oldest `last` leave first. */
export const HISTORY_CAPACITY = 4096;

export const TIME_LIMIT_MS = 2 ** 32 * 1000;

/** Everything known of one user and one film. Times in whole seconds. */
export interface HistoryEntry {
  readonly film: number;
  readonly rating: number;
  readonly minutes: number;
  readonly rated: number;
  readonly first: number;
  readonly last: number;
}

export function encodeHistory(entries: readonly HistoryEntry[]): Uint8Array {
  const bytes = new Uint8Array(entries.length * ENTRY_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [i, entry] of entries.entries()) {
    const at = i * ENTRY_BYTES;
    view.setUint32(at, entry.film, true);
    view.setFloat32(at + 4, entry.rating, true);
    view.setFloat32(at + 8, entry.minutes, true);
    view.setUint32(at + 12, entry.rated, true);
    view.setUint32(at + 16, entry.first, true);
    view.setUint32(at + 20, entry.last, true);
  }
  return bytes;
}

export function decodeHistory(view: HistoryView): HistoryEntry[] {
  return Array.from({ length: view.count }, (_, i) => ({
    film: view.film(i),
    rating: view.rating(i),
    minutes: view.minutes(i),
    rated: view.ratedMs(i) / 1000,
    first: view.firstMs(i) / 1000,
    last: view.lastMs(i) / 1000,
  }));
}

/** Takes `length`, not `byteLength`: a buffer lent by LMDB is longer than its value. */
function entriesIn({ length }: Uint8Array): number {
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

  /** The newest rating, on the scale it was given in; NaN when there is none. */
  rating(i: number): number {
    return this.#view.getFloat32(i * ENTRY_BYTES + 4, true);
  }

  /** The highest minute watched; NaN when none is known. */
  minutes(i: number): number {
    return this.#view.getFloat32(i * ENTRY_BYTES + 8, true);
  }

  /** When that rating was given; 0 when there is none or its time is unknown. */
  ratedMs(i: number): number {
    return this.#view.getUint32(i * ENTRY_BYTES + 12, true) * 1000;
  }

  /** The first event of this user with this film; 0 when unknown. Whole seconds. */
  firstMs(i: number): number {
    return this.#view.getUint32(i * ENTRY_BYTES + 16, true) * 1000;
  }

  /** The newest event of this user with this film; 0 when unknown. Whole seconds. */
  lastMs(i: number): number {
    return this.#view.getUint32(i * ENTRY_BYTES + 20, true) * 1000;
  }
}
