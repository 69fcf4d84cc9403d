/**
 * Who watches what from which minute to which, seat by seat. A seat is where somebody watches, a line a minute; between two
 * viewers it is empty. What is due at a seat:
 *
 *   ARRIVING   somebody may sit down
 *   ASKED      the site has asked for recommendations, and the answer is there
 *   WATCHING   the next minute
 *   RATING     the viewing is over, and is rated
 */

import type { Random } from '../../core/random.js';
import type { Audience } from '../viewers/audience.js';
import type { SimWorld } from '../world.js';
import type { Behaviour, Choice } from './behaviour.js';
import type { Conditions } from './conditions.js';
import { Viewings } from './viewings.js';

const ARRIVING = 0;
export const ASKED = 1;
export const WATCHING = 2;
export const RATING = 3;

/** As in the real log, of which 99.35 % were minutes and 0.62 % ratings. */
const RATINGS_PER_MINUTE = 0.62 / 99.35;
/** What pauses and changes of the audience take away from a line a minute. */
const SEATS_PER_LINE = 60 * 1.05;
const USUAL_RUNTIME = 100;
/** Of those who have seen a film: who see the next one, and who see the same once more. */
const STAYS_SHARE = 0.12;
const AGAIN_SHARE = 0.02;

export interface SeatsParts {
  readonly world: SimWorld;
  readonly audience: Audience;
  readonly behaviour: Behaviour;
  readonly draws: Random;
  readonly conditions: Conditions;
  /** Share of the evening's audience that is there at a time. */
  readonly rhythm: (timeMs: number) => number;
}

export const seatsFor = (linesPerSecond: number): number => Math.ceil(linesPerSecond * SEATS_PER_LINE);

export class Seats {
  readonly viewings: Viewings;
  readonly #parts: SeatsParts;
  readonly #runtimes: Uint16Array;
  /** Seats at which somebody sits. */
  #taken = 0;
  #ratingsOwed = 0;

  constructor(count: number, parts: SeatsParts) {
    this.viewings = new Viewings(count);
    this.#parts = parts;
    this.#runtimes = Uint16Array.from(parts.world.ids, (_, film) => parts.world.film(film).runtime ?? USUAL_RUNTIME);
  }

  /** The log begins while others have long been watching: seats are taken at any minute. */
  fill(timeMs: number): void {
    const { draws } = this.#parts;
    const { minute, last, phase } = this.viewings;
    for (let seat = 0; seat < phase.length; seat++) {
      if (this.#sit(seat, timeMs) === undefined) this.#free(seat, 600);
      else {
        // The next line is due within the minute, whichever it is.
        this.begin(seat, [], timeMs);
        minute[seat] = draws.integer(last[seat]! + 1);
      }
    }
  }

  /** Nobody watches yet: they come within the first minutes. */
  open(): void {
    for (let seat = 0; seat < this.viewings.phase.length; seat++) this.#free(seat, 300);
  }

  /** Whoever sits down at an empty seat; undefined when it stays empty for some minutes more. */
  arrive(seat: number, timeMs: number): number | undefined {
    const viewer = this.#sit(seat, timeMs);
    if (viewer === undefined) this.viewings.again(seat, 60 + this.#parts.draws.integer(1200));
    return viewer;
  }

  /** The viewer begins to watch something of the list, or something else. */
  begin(seat: number, list: readonly number[], timeMs: number): Choice {
    const { viewings } = this;
    const choice = this.#parts.behaviour.choose(viewings.user[seat]!, list, timeMs);
    this.#start(seat, choice.film, timeMs);
    return choice;
  }

  rating(seat: number, timeMs: number): number {
    return this.#parts.behaviour.rating(this.viewings.user[seat]!, this.viewings.film[seat]!, timeMs);
  }

  /** What happens next at a seat whose line has been written. */
  proceed(seat: number, timeMs: number): void {
    const { draws } = this.#parts;
    const { phase, minute, last } = this.viewings;
    if (phase[seat] === RATING) return this.#change(seat, timeMs);
    this.#ratingsOwed += RATINGS_PER_MINUTE;
    minute[seat]!++;
    if (minute[seat]! <= last[seat]!) return this.viewings.again(seat, this.#secondsToNextMinute());
    if (this.#ratingsOwed < 1 || draws.uniform() < 0.3) return this.#change(seat, timeMs);
    this.#ratingsOwed--;
    phase[seat] = RATING;
    this.viewings.again(seat, 5 + draws.integer(300));
  }

  /** Seats stay empty when as many are taken as the hour has viewers. */
  #sit(seat: number, timeMs: number): number | undefined {
    const { audience, conditions, rhythm } = this.#parts;
    const wanted = conditions.arrivalRate * rhythm(timeMs) * this.viewings.phase.length;
    const viewer = this.#taken < wanted ? audience.sit(conditions.arrivals) : undefined;
    if (viewer === undefined) return undefined;
    this.#taken++;
    return (this.viewings.user[seat] = viewer);
  }

  #start(seat: number, film: number, timeMs: number): void {
    const { viewings } = this;
    viewings.film[seat] = film;
    viewings.minute[seat] = 0;
    viewings.last[seat] = this.#parts.behaviour.lastMinute(viewings.user[seat]!, film, this.#runtimes[film]!, timeMs);
    viewings.phase[seat] = WATCHING;
    viewings.again(seat, 1 + this.#parts.draws.integer(60));
  }

  /** The viewing is over: most viewers leave, some stay for another film. */
  #change(seat: number, timeMs: number): void {
    const { draws, audience } = this.#parts;
    const whatNext = draws.uniform();
    if (whatNext < AGAIN_SHARE) return this.#start(seat, this.viewings.film[seat]!, timeMs);
    if (whatNext < STAYS_SHARE) return void this.begin(seat, [], timeMs);
    audience.leave(this.viewings.user[seat]!);
    this.#taken--;
    this.#free(seat, 60);
  }

  #free(seat: number, seconds: number): void {
    this.viewings.phase[seat] = ARRIVING;
    this.viewings.again(seat, 1 + this.#parts.draws.integer(seconds));
  }

  /** A minute takes a minute, or a little more; one viewing in ten is interrupted for up to three quarters of an hour. */
  #secondsToNextMinute(): number {
    const { draws } = this.#parts;
    const seconds = 59 + draws.integer(5);
    return draws.uniform() < 0.0016 ? seconds + 120 + draws.integer(2600) : seconds;
  }
}
