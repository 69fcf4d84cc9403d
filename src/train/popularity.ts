/** Popularity: every film scores the number of its interactions, so everyone gets the same list less what they have seen. */

import type { Interactions } from '../dataset/interactions.js';
import type { Model } from '../registry/model.js';
import { bestRows } from './best-rows.js';

export interface PopularityParameters {
  /**
   * An interaction counts 2^(−age / half-life), its age measured from the newest one of all; one of unknown time (0) next to
   * nothing. Absent or 0: all count 1.
   */
  readonly halfLifeDays?: number;
  /**
   * Likewise, its age being the number of interactions that are newer; those of unknown time are the oldest. Goes before
   * `halfLifeDays`.
   */
  readonly halfLifeEvents?: number;
}

export function trainPopularity(
  interactions: Interactions,
  { halfLifeDays, halfLifeEvents = 0 }: PopularityParameters,
): Model {
  const counts =
    halfLifeEvents > 0 ? newestCounts(interactions, halfLifeEvents) : filmCounts(interactions, halfLifeDays);
  return {
    kind: 'popularity',
    encoder: { type: 'constant' },
    filmIds: interactions.films,
    dimensions: 1,
    items: Float32Array.from(counts),
    user: Float32Array.of(1),
    fallback: bestRows(counts),
  };
}

/** Interactions of each film, decayed where there is a half-life. */
export function filmCounts({ films, filmOf, time }: Interactions, halfLifeDays = 0): Float64Array {
  const counts = new Float64Array(films.length);
  if (halfLifeDays === 0) {
    for (const film of filmOf) counts[film]! += 1;
    return counts;
  }
  const halfLifeMs = halfLifeDays * 86_400_000;
  let newest = 0;
  for (const t of time) newest = Math.max(newest, t);
  for (const [i, film] of filmOf.entries()) counts[film]! += 2 ** ((time[i]! - newest) / halfLifeMs);
  return counts;
}

/** Decayed by how many interactions are newer; those of unknown time (0) are the oldest. */
function newestCounts({ films, filmOf, time }: Interactions, halfLife: number): Float64Array {
  const counts = new Float64Array(films.length);
  const newestFirst = Int32Array.from(time.keys()).sort((a, b) => time[b]! - time[a]! || b - a);
  for (const [newer, i] of newestFirst.entries()) counts[filmOf[i]!]! += 2 ** (-newer / halfLife);
  return counts;
}
