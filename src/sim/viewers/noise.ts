/** Noise without memory: the same whole numbers always give the same value, and none needs a transcendental function. */

import { mix } from '../mix.js';

/** Bell-shaped between −2 and 2, deviation 0.58: the four bytes of a hash, each −0.5 … 0.5, added up. */
export function bell(hash: number): number {
  const bytes = (hash & 255) + ((hash >>> 8) & 255) + ((hash >>> 16) & 255) + (hash >>> 24);
  return bytes / 255 - 2;
}

/** 0 … 1, uniform. */
export const uniformOf = (hash: number): number => hash / 4294967296;

/**
 * Value noise (Perlin, 1985): bell-shaped values at whole places, and a smooth way between them, without a jump or a kink.
 * @param place any number of at least 0
 */
export function drift(seed: number, place: number): number {
  const from = Math.floor(place);
  const t = place - from;
  const [a, b] = [bell(mix(seed, from)), bell(mix(seed, from + 1))];
  return a + (b - a) * t * t * (3 - 2 * t);
}
