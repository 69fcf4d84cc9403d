/**
 * Remembers which of the last lines were read, to tell an exact duplicate from a new line. It is a statistic, since a duplicate has no
 * effect anyhow: a table where a new line takes the place of an older one.
 */

const PLACES = 2 ** 21;

export class RecentLines {
  readonly #lines = new Float64Array(PLACES);

  /** `fingerprint`: a whole number from 1 to 2^53. True when this line is among the recent ones; it is from now on. */
  see(fingerprint: number): boolean {
    const place = fingerprint % PLACES;
    if (this.#lines[place] === fingerprint) return true;
    this.#lines[place] = fingerprint;
    return false;
  }
}

/** Two 32-bit hashes → one number of 53 bits. */
export const fingerprintOf = (high: number, low: number): number => (high >>> 11) * 2 ** 32 + (low >>> 0) + 1;

/** Of four numbers below 2^34 that say everything a line says. */
export function mix(a: number, b: number, c: number, d: number): number {
  let high = Math.imul(a >>> 0, 0x9e3779b1) ^ Math.floor(a / 2 ** 32);
  let low = Math.imul(b >>> 0, 0x85ebca6b) ^ Math.floor(b / 2 ** 32);
  high = Math.imul(high ^ (high >>> 15) ^ low, 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 13) ^ c, 0x27d4eb2f) ^ high;
  high = Math.imul(high ^ (high >>> 16) ^ d, 0x165667b1) ^ low;
  low = Math.imul(low ^ (low >>> 15) ^ high, 0x85ebca6b);
  return fingerprintOf(high ^ (high >>> 13), low ^ (low >>> 16));
}
