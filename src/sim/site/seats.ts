/** Who watches what from which minute to which, seat by seat: viewings begin, pause, end early or late, and begin again. */

import type { Random } from '../../core/random.js';
import { Audience } from '../viewers/audience.js';
import { Viewings } from './viewings.js';
import type { SimWorld } from '../world.js';

/** As in the real log, of which 99.35 % were minutes and 0.62 % ratings. */
const RATINGS_PER_MINUTE = 0.62 / 99.35;
/** What pauses and changes of the audience take away from a line a minute. */
const SEATS_PER_LINE = 60 * 1.045;
const USUAL_RUNTIME = 100;

export class Seats {
  readonly viewings: Viewings;
  readonly audience: Audience;
  readonly #world: SimWorld;
  readonly #draws: Random;
  readonly #runtimes: Uint16Array;
  #ratingsOwed = 0;

  /** The log begins while others have long been watching: every seat is taken, at any minute. */
  constructor(world: SimWorld, linesPerSecond: number, seed: number, draws: Random) {
    const count = Math.ceil(linesPerSecond * SEATS_PER_LINE);
    this.viewings = new Viewings(count);
    this.audience = new Audience(world, seed, count);
    this.#world = world;
    this.#draws = draws;
    this.#runtimes = Uint16Array.from(world.ids, (_, film) => world.film(film).runtime ?? USUAL_RUNTIME);
    for (let seat = 0; seat < count; seat++) {
      this.viewings.user[seat] = this.audience.sit();
      this.#begin(seat, this.#pickFilm());
      this.viewings.minute[seat] = draws.integer(this.viewings.last[seat]! + 1);
      this.viewings.again(seat, 1 + draws.integer(60));
    }
  }

  /** Whether the line due at this seat is a rating. */
  rates(seat: number): boolean {
    return this.viewings.minute[seat]! > this.viewings.last[seat]!;
  }

  /** What happens next at a seat whose line has been written. */
  proceed(seat: number): void {
    if (this.rates(seat)) return this.#change(seat);
    this.#ratingsOwed += RATINGS_PER_MINUTE;
    const minute = ++this.viewings.minute[seat]!;
    if (minute <= this.viewings.last[seat]!) return this.viewings.again(seat, this.#secondsToNextMinute());
    if (this.#ratingsOwed < 1 || this.#draws.uniform() < 0.3) return this.#change(seat);
    this.#ratingsOwed--;
    this.viewings.again(seat, 5 + this.#draws.integer(300));
  }

  /** A minute takes a minute, or a little more; one viewing in ten is interrupted for up to three quarters of an hour. */
  #secondsToNextMinute(): number {
    const seconds = 59 + this.#draws.integer(5);
    return this.#draws.uniform() < 0.0016 ? seconds + 120 + this.#draws.integer(2600) : seconds;
  }

  /** The viewing is over: most users leave, some stay for another film, a few see the same once more. */
  #change(seat: number): void {
    const { user, film } = this.viewings;
    const whatNext = this.#draws.uniform();
    if (whatNext >= 0.12) {
      this.audience.leave(user[seat]!);
      user[seat] = this.audience.sit();
    }
    this.#begin(seat, whatNext < 0.02 ? film[seat]! : this.#pickFilm());
    this.viewings.again(seat, 1 + this.#draws.integer(60));
  }

  /** Two in five see the film to its last minutes, the others leave it anywhere. */
  #begin(seat: number, film: number): void {
    const runtime = this.#runtimes[film]!;
    const stays = this.#draws.uniform() < 0.4;
    const { viewings } = this;
    viewings.film[seat] = film;
    viewings.minute[seat] = 0;
    viewings.last[seat] = stays ? runtime - 1 - this.#draws.integer(8) : this.#draws.integer(Math.ceil(runtime * 0.8));
  }

  #pickFilm(): number {
    return this.#world.pickFilm(this.#draws.uniform());
  }
}
