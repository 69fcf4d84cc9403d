/** Popularity: every film scores the number of its interactions, so everyone gets the same list less what they have seen. */

import type { Interactions } from '../dataset/interactions.js';
import type { Model } from '../registry/model.js';
import { bestRows } from './best-rows.js';

export interface PopularityParameters {
  /** An interaction counts 2^(−age / half-life), its age measured from the newest one of all. Absent: all count 1. */
  readonly halfLifeDays?: number;
}

/** A half-life decays interactions of unknown time (0) to nothing. */
export function trainPopularity(interactions: Interactions, { halfLifeDays }: PopularityParameters): Model {
  const counts = halfLifeDays === undefined ? filmCounts(interactions) : decayedCounts(interactions, halfLifeDays);
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

/** Interactions of each film. */
export function filmCounts({ films, filmOf }: Interactions): Float64Array {
  const counts = new Float64Array(films.length);
  for (const film of filmOf) counts[film]! += 1;
  return counts;
}

function decayedCounts({ films, filmOf, time }: Interactions, halfLifeDays: number): Float64Array {
  const halfLifeMs = halfLifeDays * 86_400_000;
  let newest = 0;
  for (const t of time) newest = Math.max(newest, t);
  const counts = new Float64Array(films.length);
  for (const [i, film] of filmOf.entries()) counts[film]! += 2 ** ((time[i]! - newest) / halfLifeMs);
  return counts;
}
