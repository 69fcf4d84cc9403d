/**
 * The newest things that happened to users, found by user, in memory that is allocated once: a ring, and through each bucket of
 * users a chain from the newest to the oldest. Things are numbered from 1 in the order in which they came.
 */

/** Stands for no number. */
export const NONE = 0;

/** Things of a bucket that are looked at: somebody who is everywhere in the log must not hold it up. */
const LOOKS_MAX = 64;

export class UserRing {
  readonly #users: Float64Array;
  /** Whatever goes with each. */
  readonly #times: Float64Array;
  /** Numbers: the newest of each bucket, and the one before each in its bucket. Numbers that have left the ring end a chain. */
  readonly #newest: Float64Array;
  readonly #before: Float64Array;
  #count = 0;

  /** `size`: a power of two. */
  constructor(size: number) {
    this.#users = new Float64Array(size);
    this.#times = new Float64Array(size);
    this.#before = new Float64Array(size);
    this.#newest = new Float64Array(size * 2);
  }

  /** Takes the place of the oldest when the ring is full. Returns its number. */
  add(user: number, time: number): number {
    const number = ++this.#count;
    const slot = this.slot(number);
    const bucket = this.#bucketOf(user);
    this.#users[slot] = user;
    this.#times[slot] = time;
    this.#before[slot] = this.#newest[bucket]!;
    this.#newest[bucket] = number;
    return number;
  }

  /** Number of the oldest that is still there. */
  get oldest(): number {
    return Math.max(NONE, this.#count - this.#users.length) + 1;
  }

  /** Number of the newest, or NONE. */
  get newest(): number {
    return this.#count;
  }

  has(number: number): boolean {
    return number >= this.oldest;
  }

  /** Where what goes with it is kept beside the ring. */
  slot(number: number): number {
    return number % this.#users.length;
  }

  user(number: number): number {
    return this.#users[this.slot(number)]!;
  }

  time(number: number): number {
    return this.#times[this.slot(number)]!;
  }

  /** The user's, newest first. */
  forEach(user: number, visit: (number: number) => void): void {
    let number = this.#newest[this.#bucketOf(user)]!;
    for (let looks = 0; looks < LOOKS_MAX && this.has(number); looks++) {
      const slot = this.slot(number);
      if (this.#users[slot] === user) visit(number);
      number = this.#before[slot]!;
    }
  }

  #bucketOf(user: number): number {
    const mixed = Math.imul((user >>> 0) ^ Math.floor(user / 2 ** 32), 0x9e3779b1);
    return (mixed ^ (mixed >>> 15)) & (this.#newest.length - 1);
  }
}
