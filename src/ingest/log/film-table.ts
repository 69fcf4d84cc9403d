/**
 * Film ids as bytes in a line → state indexes, without a string for each line: a hash table with open addressing over one
 * arena of ids.
 */

/** FNV-1a over [start, end). */
export function hashBytes(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let hash = seed;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash >>> 0;
}

const SEED = 0x811c9dc5;

export class FilmTable {
  #arena = new Uint8Array(1 << 20);
  #used = 0;
  /** By entry: where its id begins and ends in the arena, its hash, its state index (−1: taken out). */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #hashes: number[] = [];
  readonly #indexes: number[] = [];
  /** Entry + 1; 0 is free. A power of two, never more than half full. */
  #slots = new Int32Array(1 << 16);

  get size(): number {
    return this.#indexes.length;
  }

  add(id: string, index: number): void {
    const bytes = Buffer.from(id, 'latin1');
    const entry = this.#entryOf(bytes, 0, bytes.length);
    if (entry >= 0) {
      this.#indexes[entry] = index;
      return;
    }
    while (this.#used + bytes.length > this.#arena.length) this.#arena = grown(this.#arena);
    this.#arena.set(bytes, this.#used);
    this.#starts.push(this.#used);
    this.#used += bytes.length;
    this.#ends.push(this.#used);
    this.#hashes.push(hashBytes(bytes, 0, bytes.length, SEED));
    this.#indexes.push(index);
    if (this.size * 2 > this.#slots.length) this.#slots = new Int32Array(this.#slots.length * 2);
    else return this.#place(this.size - 1);
    for (let i = 0; i < this.size; i++) this.#place(i);
  }

  /** From now on the id is not found. */
  remove(id: string): void {
    const bytes = Buffer.from(id, 'latin1');
    const entry = this.#entryOf(bytes, 0, bytes.length);
    if (entry >= 0) this.#indexes[entry] = -1;
  }

  /** The state index of the id in [start, end), −1 when there is none. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const entry = this.#entryOf(bytes, start, end);
    return entry < 0 ? -1 : this.#indexes[entry]!;
  }

  #place(entry: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hashes[entry]! & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = entry + 1;
  }

  #entryOf(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(bytes, start, end, SEED);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]! - 1;
      if (this.#hashes[entry] === hash && this.#holds(entry, bytes, start, end)) return entry;
    }
    return -1;
  }

  #holds(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    let at = this.#starts[entry]!;
    if (this.#ends[entry]! - at !== end - start) return false;
    const arena = this.#arena;
    for (let i = start; i < end; i++, at++) if (bytes[i] !== arena[at]) return false;
    return true;
  }
}

function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}
