/** What a simulated viewer watches while nobody recommends anything, how far, and what the viewer thinks of it. */

import type { Random } from '../../src/core/random.js';
import { tasteful } from '../../src/sim/site/behaviour.js';
import { usualConditions } from '../../src/sim/site/conditions.js';
import type { SimWorld } from '../../src/sim/world.js';

/** The highest rating. */
export const ratingScale = 5;
export const DAY_MS = 86_400_000;
/** Where the catalogue knows none, min. */
const USUAL_RUNTIME = 90;

export interface Viewing {
  /** Index. */
  readonly film: number;
  /** When it began, ms since 1970. */
  readonly timeMs: number;
  readonly minutes: number;
  readonly runtime: number;
  /** 1 … ratingScale: what the viewer would give, whether or not the site is told. */
  readonly rating: number;
}

/** `count` viewings at any times of so many days, oldest first; nobody watches a film twice who can help it. */
type Spectator = (user: number, count: number, fromMs: number, days: number) => Viewing[];

/** Viewers as the site's own behave. */
export function createSpectator(world: SimWorld, draws: Random): Spectator {
  const { choose, lastMinute, rating } = tasteful(world, draws, ratingScale, usualConditions(world));
  const runtimes = Uint16Array.from(world.ids, (_, film) => world.film(film).runtime ?? USUAL_RUNTIME);
  return (user, count, fromMs, days) => {
    const times = Float64Array.from({ length: count }, () => fromMs + Math.floor(draws.uniform() * days * DAY_MS));
    return Array.from(times.sort(), (timeMs) => {
      const { film } = choose(user, [], timeMs);
      const runtime = runtimes[film]!;
      const minutes = 1 + lastMinute(user, film, runtime, timeMs);
      return { film, timeMs, minutes, runtime, rating: rating(user, film, timeMs) };
    });
  };
}
