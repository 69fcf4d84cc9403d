/**
 * Sorts row positions by user, then position, without a comparator. One 64-bit key a row, so that the native sort of
 * unsigned integers does the work:
 *
 *   bit  63 ........ 56  55 .......................... 22  21 ................... 0
 *        zero            user (34 bits, ids are below 10¹⁰)  position (22 bits)
 *
 * Keys are written and read as two 32-bit halves (little endian), since a BigInt a row would cost more than the sort.
 */

export const POSITIONS = 2 ** 22;

/** Users whose ids differ in the lower 10 bits only share the upper half of their key. */
const USERS_PER_HIGH = 2 ** 10;

export class UserOrder {
  readonly #keys = new BigUint64Array(POSITIONS);
  readonly #halves = new Uint32Array(this.#keys.buffer);

  set(position: number, user: number): void {
    this.#halves[2 * position] = (user % USERS_PER_HIGH) * POSITIONS + position;
    this.#halves[2 * position + 1] = Math.floor(user / USERS_PER_HIGH);
  }

  /** Puts the first `count` keys in order; from here on `i` counts in that order. */
  sort(count: number): void {
    this.#keys.subarray(0, count).sort();
  }

  user(i: number): number {
    return this.#halves[2 * i + 1]! * USERS_PER_HIGH + Math.floor(this.#halves[2 * i]! / POSITIONS);
  }

  position(i: number): number {
    return this.#halves[2 * i]! % POSITIONS;
  }
}
