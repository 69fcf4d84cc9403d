/** What viewers do about their satisfaction: how much of a film they watch, and how they rate it. */

import type { Random } from '../../core/random.js';

/**
 * The share of the running time that is watched, 0 … 1. Whoever is pleased tends to stay to the end; the others leave
 * anywhere, the earlier the less they are pleased.
 */
export function shareWatched(satisfaction: number, draws: Random): number {
  const stays = draws.uniform() < 0.05 + 0.75 * satisfaction * satisfaction;
  return stays ? 1 - 0.08 * draws.uniform() : draws.uniform() * (0.3 + 0.6 * satisfaction);
}

// Satisfaction, and the place on the scale (0 … 1) that it stands for; straight lines between.
const places = [
  [0, 0],
  [0.38, 0.2],
  [0.5, 0.4],
  [0.64, 0.6],
  [0.76, 0.8],
  [1, 1],
] as const;

/** A whole number, 1 … `scale`: people of the same satisfaction rate differently, and more often well than badly. */
export function ratingOf(satisfaction: number, draws: Random, scale: number): number {
  const above = places.findIndex(([at]) => at >= satisfaction);
  const [[from, low], [to, high]] = [places[Math.max(0, above - 1)]!, places[Math.max(1, above)]!];
  const place = low + ((satisfaction - from) / (to - from)) * (high - low) + 0.08 * draws.normal();
  return Math.min(scale, Math.max(1, 1 + Math.floor(place * scale)));
}
