/**
 * The site: second by second of world time, what happens at its seats becomes lines of the log. It asks for recommendations but
 * does not wait: an answer is due ANSWER_SECONDS later, however fast it came, so that what happens does not depend on how fast
 * the world is played.
 */

import assert from 'node:assert/strict';
import type { Random } from '../../core/random.js';
import { LogLines, type LineBatch } from '../log/log-lines.js';
import type { OnFault } from '../log/spoiler.js';
import { drawsOf } from '../mix.js';
import { Audience, type Turns } from '../viewers/audience.js';
import type { SimWorld } from '../world.js';
import { indifferent, tasteful } from './behaviour.js';
import { cannedAnswer } from './canned.js';
import { usualConditions, type Conditions } from './conditions.js';
import { rhythmAt } from './rhythm.js';
import { ASKED, RATING, Seats, seatsFor, WATCHING } from './seats.js';
import { truthOf, type AnswerTruth, type SiteAnswer } from './truth.js';

const ANSWER_SECONDS = 2;

export interface SiteOptions {
  readonly seed: number;
  /** When the log begins, ms since 1970, whole seconds. */
  readonly startMs: number;
  /** In the evening, of the site's own time. */
  readonly linesPerSecond: number;
  readonly partitions: number;
  /** The highest rating; the lowest is 1. */
  readonly ratingScale: number;
  /** How many users have an account; as many as the world says unless given. */
  readonly registered?: number | undefined;
  readonly onFault?: OnFault | undefined;
  /**
   * `lively`: viewers with tastes, by day and night, who come when it opens and follow what they are recommended. `steady`: a
   * log at a constant rate, already running, of people without tastes and answers that nobody gave.
   */
  readonly life: 'lively' | 'steady';
}

export interface Ask {
  readonly ticket: number;
  /** As it goes into the path. */
  readonly user: string;
  /** The answer must be given before this second is played. */
  readonly dueSecond: number;
}

/** What one second brought. */
export interface Played {
  readonly batches: readonly LineBatch[];
  readonly asks: readonly Ask[];
  readonly truths: readonly AnswerTruth[];
}

/** Of those who sit down: whom the site asks recommendations for, and who bring a newcomer along. */
const ASK_SHARE = 0.59;
const NEWCOMER_SHARE = 0.022;

const isUserId = (text: string): boolean => /^[0-9]{1,10}$/.test(text);

export class Site {
  readonly conditions: Conditions;
  readonly lines: LogLines;
  readonly audience: Audience;
  readonly world: SimWorld;
  readonly #options: SiteOptions;
  readonly #seats: Seats;
  readonly #draws: Random;
  readonly #answerDraws: Random;
  /** Tickets: of each seat that has asked, and of requests that no seat made. */
  readonly #asked = new Map<number, number>();
  readonly #loose = new Map<number, Ask>();
  readonly #answers = new Map<number, SiteAnswer>();
  #tickets = 0;
  #asks: Ask[] = [];
  #truths: AnswerTruth[] = [];

  constructor(world: SimWorld, options: SiteOptions) {
    const { seed, startMs, linesPerSecond, partitions, ratingScale, onFault, life } = options;
    const registered = options.registered ?? world.registered;
    const lively = life === 'lively';
    const turns: Turns = lively ? 'by-activity' : 'evenly';
    const count = seatsFor(linesPerSecond);
    this.world = world;
    this.#options = options;
    this.#draws = drawsOf(seed, 'log');
    this.#answerDraws = drawsOf(seed, 'answer');
    this.conditions = usualConditions(world);
    this.lines = new LogLines(world.ids, { seed, partitions, ratingScale, onFault });
    this.audience = new Audience(world, seed, count, turns, registered);
    const parts = { world, audience: this.audience, draws: this.#draws, conditions: this.conditions };
    const behaviour = lively
      ? tasteful(world, this.#draws, ratingScale, this.conditions)
      : indifferent(world, this.#draws, ratingScale);
    this.#seats = new Seats(count, { ...parts, behaviour, rhythm: lively ? rhythmAt : () => 1 });
    if (lively) this.#seats.open();
    else this.#seats.fill(startMs);
    this.lines.second = startMs;
  }

  /** Seconds since the log began. */
  get second(): number {
    return this.#seats.viewings.second;
  }

  /** Of the second that is played. */
  get timeMs(): number {
    return this.#options.startMs + Math.max(0, this.second - 1) * 1000;
  }

  /** Plays the next second. */
  advance(): Played {
    this.#turn();
    this.#settleLoose();
    for (;;) {
      while (this.lines.owesLine) this.lines.payLine();
      if (this.#seats.viewings.exhausted) return this.#take();
      this.#step();
    }
  }

  /** The next `count` lines, wherever in a second they end. Only of a steady life. */
  next(count: number): readonly LineBatch[] {
    for (const end = this.lines.count + count; this.lines.count < end;) {
      if (this.lines.owesLine) this.lines.payLine();
      else if (this.#seats.viewings.exhausted) this.#turn();
      else this.#step();
    }
    return this.#take().batches;
  }

  answer(ticket: number, answer: SiteAnswer): void {
    this.#answers.set(ticket, answer);
  }

  /** One more recommendation request; `user` may be anything. */
  request(user: string): number {
    const ask = { ticket: this.#tickets++, user, dueSecond: this.second + ANSWER_SECONDS };
    this.#loose.set(ask.ticket, ask);
    this.#asks.push(ask);
    return ask.ticket;
  }

  #turn(): void {
    this.#seats.viewings.turn();
    this.lines.second = this.timeMs;
  }

  #take(): Played {
    const played = { batches: this.lines.take(), asks: this.#asks, truths: this.#truths };
    this.#asks = [];
    this.#truths = [];
    return played;
  }

  /** What is due at one seat: a line, or none. */
  #step(): void {
    const { viewings } = this.#seats;
    const ms = viewings.ms;
    const seat = viewings.take();
    const phase = viewings.phase[seat]!;
    if (phase === WATCHING) {
      this.lines.watch(ms, viewings.user[seat]!, viewings.film[seat]!, viewings.minute[seat]!);
      this.#seats.proceed(seat, this.timeMs);
    } else if (phase === RATING) {
      this.lines.rate(ms, viewings.user[seat]!, viewings.film[seat]!, this.#seats.rating(seat, this.timeMs));
      this.#seats.proceed(seat, this.timeMs);
    } else if (phase === ASKED) this.#show(seat, ms);
    else this.#arrive(seat, ms);
  }

  #arrive(seat: number, ms: number): void {
    const user = this.#seats.arrive(seat, this.timeMs);
    if (user === undefined) return;
    if (this.#draws.uniform() < NEWCOMER_SHARE) {
      const newcomer = this.audience.register(true);
      if (newcomer !== undefined) this.lines.create(ms, newcomer);
    }
    if (this.#draws.uniform() < ASK_SHARE) this.#ask(seat, user);
    else this.#seats.begin(seat, [], this.timeMs);
  }

  #ask(seat: number, user: number): void {
    const ask = { ticket: this.#tickets++, user: String(user), dueSecond: this.second + ANSWER_SECONDS };
    this.#asked.set(seat, ask.ticket);
    if (this.#options.life === 'lively') this.#asks.push(ask);
    else this.answer(ask.ticket, { ...cannedAnswer(this.world, this.#answerDraws), films: [] });
    this.#seats.viewings.phase[seat] = ASKED;
    this.#seats.viewings.again(seat, ANSWER_SECONDS);
  }

  #show(seat: number, ms: number): void {
    const answer = this.#answerTo(this.#asked.get(seat)!);
    this.#asked.delete(seat);
    const user = this.#seats.viewings.user[seat]!;
    this.lines.request(ms, user, answer);
    const choice = this.#seats.begin(seat, answer.films, this.timeMs);
    this.#note(String(user), answer, choice);
  }

  #answerTo(ticket: number): SiteAnswer {
    const answer = this.#answers.get(ticket);
    assert(answer !== undefined, `ticket ${ticket} is due and has no answer`);
    this.#answers.delete(ticket);
    return answer;
  }

  /** Requests that no seat made, in their order. What is no user id has no line, for a line names a user. */
  #settleLoose(): void {
    for (const { ticket, user, dueSecond } of this.#loose.values()) {
      if (dueSecond > this.second) break;
      this.#loose.delete(ticket);
      const answer = this.#answerTo(ticket);
      if (isUserId(user)) this.lines.request(0, Number(user), answer);
      this.#note(user, answer, undefined);
    }
  }

  #note(user: string, answer: SiteAnswer, choice: Parameters<typeof truthOf>[0]['choice']): void {
    if (this.#options.life === 'steady') return;
    const { world, timeMs, conditions } = this;
    this.#truths.push(truthOf({ world, timeMs, shift: conditions.tasteShift, user, answer, choice }));
  }
}
