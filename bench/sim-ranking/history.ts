/** What the viewers of a simulated site watch while nobody recommends them anything, read from its log. */

import { Site } from '../../src/sim/site/site.js';
import type { SimWorld } from '../../src/sim/world.js';

/** 2026-01-05, a Monday. */
export const startMs = Date.UTC(2026, 0, 5);
export const DAY_SECONDS = 86_400;

/** The first minute of a viewing. */
const BEGINNING = /^[^,]*,(\d+),GET \/data\/m\/([^/]+)\/0\.mpg$/gm;

/** By viewer: indexes of the films, each once, in the order of watching. Viewers who never came are not in it. */
export function liveWithoutLists(world: SimWorld, linesPerSecond: number, days: number): Map<number, number[]> {
  const options = { seed: world.seed, startMs, linesPerSecond, partitions: 1, ratingScale: 10 };
  const site = new Site(world, { ...options, life: 'lively' });
  const watched = new Map<number, Set<number>>();
  while (site.second < days * DAY_SECONDS) {
    const { batches, asks } = site.advance();
    for (const { ticket } of asks) site.answer(ticket, { status: 500, result: '', latencyMs: 0, films: [] });
    for (const [, user, id] of Buffer.from(batches[0]!.bytes).toString('latin1').matchAll(BEGINNING)) {
      const films = watched.get(Number(user)) ?? new Set();
      watched.set(Number(user), films.add(world.indexOf(id!)!));
    }
  }
  return new Map([...watched].map(([user, films]) => [user, [...films]]));
}
