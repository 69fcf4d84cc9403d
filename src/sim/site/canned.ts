/** Answers as the log of the real site shows them, for a log that is written with nobody to ask. */

import type { Random } from '../../core/random.js';
import { RECOMMENDER_HOST, type RequestOutcome } from '../log/log-lines.js';
import type { SimWorld } from '../world.js';

const LIST_LENGTH = 20;

export function cannedAnswer(world: SimWorld, draws: Random): RequestOutcome {
  const outcome = draws.uniform();
  if (outcome < 0.93) return { status: 200, result: pickList(world, draws), latencyMs: 5 + draws.integer(120) };
  if (outcome < 0.96) {
    const result = `movie ["${world.ids[world.pickFilm(draws.uniform())]!}" not found`;
    return { status: 400, result, latencyMs: 5 + draws.integer(60) };
  }
  if (outcome < 0.965) return { status: 500, result: 'Internal Server Error', latencyMs: 5 + draws.integer(60) };
  // Answered, but too late to count.
  if (outcome < 0.975) return { status: 0, result: pickList(world, draws), latencyMs: 801 + draws.integer(60) };
  if (outcome < 0.992) {
    const result = `java.util.concurrent.TimeoutException: Request timeout to ${RECOMMENDER_HOST} after 800 ms`;
    return { status: 0, result, latencyMs: 801 + draws.integer(40) };
  }
  return { status: 0, result: `Connection refused: ${RECOMMENDER_HOST}`, latencyMs: 1000 + draws.integer(500) };
}

/** Twenty different films, or as many as there are. */
function pickList(world: SimWorld, draws: Random): string {
  const films = new Set<string>();
  const length = Math.min(LIST_LENGTH, world.ids.length);
  while (films.size < length) films.add(world.ids[world.pickFilm(draws.uniform())]!);
  return [...films].join(', ');
}
