/** Who sits down next: nobody watches two films at once, and most come back only after all the others had their turn. */

import assert from 'node:assert/strict';
import { drawsOf } from '../mix.js';
import type { SimWorld } from '../world.js';

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

export class Audience {
  readonly #world: SimWorld;
  readonly #watching: Uint8Array;
  readonly #newcomers: number[] = [];
  readonly #stride: number;
  #place: number;
  #newest: number;

  /** @param seats how many watch at the same time */
  constructor(world: SimWorld, seed: number, seats: number) {
    assert(
      seats * 2 <= world.registered,
      `${seats} viewings at once need ${seats * 2} registered users, not ${world.registered}: lower linesPerSecond`,
    );
    const draws = drawsOf(seed, 'audience');
    this.#world = world;
    this.#watching = new Uint8Array(world.users + 1);
    this.#newest = world.registered;
    this.#place = draws.integer(world.registered);
    // A stride without a common divisor visits every user once before any twice.
    let stride = 1 + Math.floor(world.registered * (0.3 + 0.4 * draws.uniform()));
    while (commonDivisor(stride, world.registered) !== 1) stride++;
    this.#stride = stride;
  }

  /** A user who watches nothing now; whoever has just created an account comes first. */
  sit(): number {
    let user = this.#newcomers.pop() ?? this.#walk();
    while (this.#watching[user] === 1) user = this.#walk();
    this.#watching[user] = 1;
    return user;
  }

  leave(user: number): void {
    this.#watching[user] = 0;
  }

  /** A new account; undefined when every user of the world has one. */
  register(): number | undefined {
    if (this.#newest === this.#world.users) return undefined;
    this.#newcomers.push(++this.#newest);
    return this.#newest;
  }

  #walk(): number {
    this.#place = (this.#place + this.#stride) % this.#world.registered;
    return this.#place + 1;
  }
}
