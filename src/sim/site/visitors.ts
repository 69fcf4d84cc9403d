/**
 * People at the simulated site, who have accounts of its world and do there what its viewers do. They act at any moment, and
 * the log is written a second at a time: what they do waits until `write` is called.
 */

import { fail, succeed, type Result } from '../../core/errors.js';
import type { SimFilm } from '../catalogue/films.js';
import type { Answer, Recommender } from '../grader/grader.js';
import type { LogLines, RequestOutcome } from '../log/log-lines.js';
import type { SimUser } from '../viewers/users.js';
import type { Deed, Guest, Profile } from './guest.js';
import type { Site } from './site.js';

export interface VisitorsOptions {
  readonly site: Site;
  /** Undefined before the site has one. */
  readonly recommender: () => Recommender | undefined;
  /** The highest rating; the lowest is 1. */
  readonly ratingScale: number;
}

/** Films are indexes. An error is a refusal (check-failed), and its message is for the person. */
export interface Visitors {
  /** @returns the user id that the person has from now on */
  signUp(profile: Profile): Result<number>;
  recommend(user: number): Promise<Result<Answer>>;
  /** From the beginning to the end of minute `minutes`, which is now, although no time passes. */
  watch(user: number, film: number, minutes: number): Result<void>;
  rate(user: number, film: number, rating: number): Result<void>;
  has(user: number): boolean;
  /** For the user API. Undefined for who did not sign up here. */
  profile(user: number): SimUser | undefined;
  /** Newest last; the oldest of very many are forgotten. */
  deeds(user: number): readonly Deed[];
  /** Writes into the log what was done since the last call. To be called between two seconds, when no batch is on its way. */
  write(): void;
  guests(): readonly Guest[];
  /** Those of an earlier run, whose accounts the site counts among its registered ones. */
  restore(guests: readonly Guest[]): void;
}

const PEOPLE_MAX = 1000;
const DEEDS_MAX = 200;
/** As many things can wait while the log takes no lines. */
const WAITING_MAX = 1000;
const MINUTE_MS = 60_000;
const USUAL_RUNTIME = 100;

type Event = (lines: LogLines, nowMs: number) => void;

const refuse = (message: string, hint?: string) => fail('check-failed', message, hint === undefined ? {} : { hint });

export function createVisitors({ site, recommender, ratingScale }: VisitorsOptions): Visitors {
  const { world } = site;
  const people = new Map<number, Guest>();
  let waiting: Event[] = [];

  /** What forbids `user` to do anything at all. */
  function refusalOf(user: number): Result<never> | undefined {
    if (!people.has(user)) return refuse(`nobody signed up here as user ${user}`, 'Sign up first.');
    if (waiting.length < WAITING_MAX) return undefined;
    return refuse('the log takes no lines at the moment', 'Try again in a minute.');
  }

  function refusalOfFilm(film: number): Result<never> | undefined {
    return film < site.conditions.filmsAvailable ? undefined : refuse('the site does not have this film yet');
  }

  function admit(guest: Guest): void {
    people.set(guest.user, guest);
    site.audience.lend(guest.user);
  }

  function note(user: number, kind: Deed['kind'], film: number, value: number): void {
    const guest = people.get(user)!;
    const deeds = [...guest.deeds, { kind, film, value, timeMs: site.timeMs }].slice(-DEEDS_MAX);
    people.set(user, { ...guest, deeds });
  }

  return {
    signUp: (profile) => {
      if (people.size === PEOPLE_MAX) return refuse(`${PEOPLE_MAX} people have signed up, and no more may`);
      const user = site.audience.register(false);
      if (user === undefined) return refuse('every account of this world is taken', 'Simulate more viewers.');
      admit({ user, profile, deeds: [] });
      waiting.push((lines) => lines.create(0, user));
      return succeed(user);
    },
    recommend: async (user) => {
      const refusal = refusalOf(user);
      if (refusal !== undefined) return refusal;
      const asked = recommender();
      if (asked === undefined) return refuse('the site has just opened', 'Try again in a moment.');
      const answer = await asked.ask(String(user));
      waiting.push(requestLine(user, answer));
      return succeed(answer);
    },
    watch: (user, film, minutes) => {
      const refusal = refusalOf(user) ?? refusalOfFilm(film);
      if (refusal !== undefined) return refusal;
      const length = lengthOf(world.film(film));
      if (minutes > length) return refuse(`minutes must be at most ${length}: the film is over then`);
      waiting.push((lines, nowMs) => {
        for (let minute = 0; minute <= minutes; minute++) {
          lines.second = nowMs - (minutes - minute) * MINUTE_MS;
          lines.watch(0, user, film, minute);
        }
        lines.second = nowMs;
      });
      note(user, 'watched', film, minutes);
      return succeed(undefined);
    },
    rate: (user, film, rating) => {
      const refusal = refusalOf(user) ?? refusalOfFilm(film);
      if (refusal !== undefined) return refusal;
      if (rating > ratingScale) return refuse(`rating must be at most ${ratingScale}`);
      waiting.push((lines) => lines.rate(0, user, film, rating));
      note(user, 'rated', film, rating);
      return succeed(undefined);
    },
    has: (user) => people.has(user),
    profile: (user) => {
      const guest = people.get(user);
      return guest && { id: user, ...guest.profile };
    },
    deeds: (user) => people.get(user)?.deeds ?? [],
    write: () => {
      const written = waiting;
      waiting = [];
      for (const event of written) event(site.lines, site.timeMs);
    },
    guests: () => [...people.values()],
    restore: (guests) => guests.forEach(admit),
  };
}

/** Minutes, also of a film whose runtime the site does not know. */
export const lengthOf = ({ runtime }: SimFilm): number => runtime ?? USUAL_RUNTIME;

const requestLine =
  (user: number, outcome: RequestOutcome): Event =>
  (lines) =>
    lines.request(0, user, outcome);
