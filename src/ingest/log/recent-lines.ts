/**
 * Remembers which of the last lines were read, to tell an exact duplicate from a new line. It is a statistic, since a duplicate has no
 * effect anyhow: a table where a new line takes the place of an older one, small enough for a processor's cache.
 */

const PLACES = 2 ** 18;

export class RecentLines {
  readonly #lines = new Int32Array(PLACES);

  /** Of four numbers below 2^34 that say everything a line says. True when it is among the recent ones; it is from now on. */
  see(a: number, b: number, c: number, d: number): boolean {
    let high = Math.imul(a >>> 0, 0x9e3779b1) ^ Math.floor(a / 2 ** 32);
    let low = Math.imul(b >>> 0, 0x85ebca6b) ^ Math.floor(b / 2 ** 32);
    high = Math.imul(high ^ (high >>> 15) ^ low, 0xc2b2ae35);
    low = Math.imul(low ^ (low >>> 13) ^ c, 0x27d4eb2f) ^ high;
    high = Math.imul(high ^ (high >>> 16) ^ d, 0x165667b1) ^ low;
    low = Math.imul(low ^ (low >>> 15) ^ high, 0x85ebca6b);
    const place = (low ^ (low >>> 16)) & (PLACES - 1);
    const mark = high ^ (high >>> 13);
    if (this.#lines[place] === mark) return true;
    this.#lines[place] = mark;
    return false;
  }
}
