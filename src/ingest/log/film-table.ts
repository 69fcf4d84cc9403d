/**
 * Film ids as bytes in a line → state indexes, without a string for each line: a hash table with open addressing whose slots hold
 * all but the ids themselves, so that a line costs two looks into memory, one of them into the arena of ids.
 */

/** FNV-1a over [start, end). */
export function hashBytes(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let hash = seed;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash >>> 0;
}

const SEED = 0x811c9dc5;

/** Stands for the id in [start, end) where nothing depends on it: two ids may share it, which among 30,000 is rare. */
export const filmMark = (bytes: Uint8Array, start: number, end: number): number =>
  hashBytes(bytes, start, end, SEED) | 0;

/** Words of a slot: the id's hash, where it begins in the arena, its length (0: the slot is free), its state index (−1: taken out). */
const HASH = 0;
const START = 1;
const LENGTH = 2;
const INDEX = 3;
const WORDS = 4;

export class FilmTable {
  #arena = new Uint8Array(1 << 20);
  #used = 0;
  /** A power of two of them, never more than half taken. */
  #slots = new Int32Array(WORDS << 16);
  #size = 0;
  /** By state index. */
  #marks = new Int32Array(1 << 15);

  get size(): number {
    return this.#size;
  }

  add(id: string, index: number): void {
    const bytes = Buffer.from(id, 'latin1');
    const hash = filmMark(bytes, 0, bytes.length);
    const slot = this.#slotOf(bytes, 0, bytes.length, hash);
    if (this.#slots[slot + LENGTH] === 0) {
      this.#slots.set([hash, this.#keep(bytes), bytes.length], slot);
      this.#size++;
    }
    this.#slots[slot + INDEX] = index;
    if (index >= this.#marks.length) this.#marks = doubled(this.#marks, index);
    this.#marks[index] = hash;
    if (this.#size * 2 * WORDS > this.#slots.length) this.#grow();
  }

  /** From now on the id is not found. */
  remove(id: string): void {
    const bytes = Buffer.from(id, 'latin1');
    const slot = this.#slotOf(bytes, 0, bytes.length, filmMark(bytes, 0, bytes.length));
    if (this.#slots[slot + LENGTH] !== 0) this.#slots[slot + INDEX] = -1;
  }

  /** The state index of the id in [start, end), −1 when there is none. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const slot = this.#slotOf(bytes, start, end, filmMark(bytes, start, end));
    return this.#slots[slot + LENGTH] === 0 ? -1 : this.#slots[slot + INDEX]!;
  }

  /** Of a film that was added under that state index: see `filmMark`. */
  markOf(index: number): number {
    return this.#marks[index]!;
  }

  /** First word of the slot that holds the id, or of the free one where it would be. */
  #slotOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = Math.imul(hash, WORDS) & mask; ; slot = (slot + WORDS) & mask) {
      const length = slots[slot + LENGTH]!;
      if (length === 0) return slot;
      if (slots[slot + HASH] !== hash || length !== end - start) continue;
      if (this.#holds(slots[slot + START]!, bytes, start, end)) return slot;
    }
  }

  #holds(at: number, bytes: Uint8Array, start: number, end: number): boolean {
    const arena = this.#arena;
    for (let i = start; i < end; i++, at++) if (bytes[i] !== arena[at]) return false;
    return true;
  }

  /** Where the id begins in the arena. */
  #keep(id: Uint8Array): number {
    const start = this.#used;
    this.#used += id.length;
    while (this.#used > this.#arena.length) {
      const larger = new Uint8Array(this.#arena.length * 2);
      larger.set(this.#arena);
      this.#arena = larger;
    }
    this.#arena.set(id, start);
    return start;
  }

  #grow(): void {
    const larger = new Int32Array(this.#slots.length * 2);
    const mask = larger.length - 1;
    for (let from = 0; from < this.#slots.length; from += WORDS) {
      const slot = this.#slots.subarray(from, from + WORDS);
      if (slot[LENGTH] === 0) continue;
      let to = Math.imul(slot[HASH]!, WORDS) & mask;
      while (larger[to + LENGTH] !== 0) to = (to + WORDS) & mask;
      larger.set(slot, to);
    }
    this.#slots = larger;
  }
}

/** A copy with room for `index`. */
function doubled(marks: Int32Array, index: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * Math.max(marks.length, index));
  larger.set(marks);
  return larger;
}
