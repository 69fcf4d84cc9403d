/** Who sits down next: nobody watches two films at once. */

import assert from 'node:assert/strict';
import type { Random } from '../../core/random.js';
import { drawsOf } from '../mix.js';
import type { Arrivals } from '../site/conditions.js';
import type { SimWorld } from '../world.js';
import { ageOf, genderOf } from './users.js';

/**
 * `evenly`: most come back only after all the others had their turn, as in the short stretch of the log that is known.
 * `by-activity`: some come every evening and some once a year.
 */
export type Turns = 'evenly' | 'by-activity';

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

/** Nobody comes more often than so many times the mean: they would be awake day and night. */
const ACTIVITY_MAX = 8;
/** Who are looked at before it is said that nobody comes. */
const TRIES = 400;

export class Audience {
  readonly #world: SimWorld;
  readonly #turns: Turns;
  readonly #draws: Random;
  /** By place of the user among all. */
  readonly #watching: Uint8Array;
  readonly #newcomers: number[] = [];
  readonly #stride: number;
  #place: number;
  #registered: number;

  /**
   * @param seats how many watch at the same time
   * @param registered how many have an account
   */
  constructor(world: SimWorld, seed: number, seats: number, turns: Turns, registered: number) {
    assert(
      seats * 2 <= registered,
      `${seats} viewings at once need ${seats * 2} registered users, not ${registered}: lower linesPerSecond`,
    );
    this.#draws = drawsOf(seed, 'audience');
    this.#world = world;
    this.#turns = turns;
    this.#watching = new Uint8Array(world.users);
    this.#registered = registered;
    this.#place = this.#draws.integer(registered);
    // A stride without a common divisor visits every user once before any twice.
    let stride = 1 + Math.floor(registered * (0.3 + 0.4 * this.#draws.uniform()));
    while (commonDivisor(stride, registered) !== 1) stride++;
    this.#stride = stride;
  }

  get registered(): number {
    return this.#registered;
  }

  /** A user who watches nothing now; whoever has just created an account comes first. Undefined when nobody fits. */
  sit(wanted: 'everybody' | Arrivals): number | undefined {
    const newcomer = this.#newcomers.pop();
    if (newcomer !== undefined && this.#fits(newcomer, wanted) && this.#takes(newcomer)) return newcomer;
    for (let tries = 0; tries < TRIES; tries++) {
      const user = this.#turns === 'evenly' ? this.#walk() : this.#someone();
      if (!this.#fits(user, wanted) || !this.#takes(user)) continue;
      return user;
    }
    return undefined;
  }

  leave(user: number): void {
    this.#watching[user - this.#world.firstUser] = 0;
  }

  /** A new account; undefined when every user of the world has one. `sits`: and the first thing they do is to watch. */
  register(sits: boolean): number | undefined {
    if (this.#registered === this.#world.users) return undefined;
    const user = this.#world.firstUser + this.#registered++;
    if (sits) this.#newcomers.push(user);
    return user;
  }

  /** A person acts for this user from now on: nobody else sits down in their place. */
  lend(user: number): void {
    this.#watching[user - this.#world.firstUser] = 1;
  }

  #takes(user: number): boolean {
    const place = user - this.#world.firstUser;
    if (this.#watching[place] === 1) return false;
    this.#watching[place] = 1;
    return true;
  }

  #walk(): number {
    // Of those who were there at the beginning: the stride is made for their number.
    this.#place = (this.#place + this.#stride) % this.#world.registered;
    return this.#world.firstUser + this.#place;
  }

  #someone(): number {
    for (;;) {
      const user = this.#world.firstUser + this.#draws.integer(this.#registered);
      if (this.#draws.uniform() * ACTIVITY_MAX < this.#world.tastes.activity(user)) return user;
    }
  }

  #fits(user: number, wanted: 'everybody' | Arrivals): boolean {
    if (wanted === 'everybody') return true;
    const { minAge = 0, maxAge = Infinity, gender } = wanted;
    const age = ageOf(this.#world.seed, user);
    return age >= minAge && age <= maxAge && (gender === undefined || gender === genderOf(this.#world.seed, user));
  }
}
