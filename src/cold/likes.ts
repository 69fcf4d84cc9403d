/** Which interactions tell of liking. */

import type { Interactions } from '../dataset/interactions.js';

/** Of the rating scale, or of the running time: 4 of 5. */
const LIKED = 0.8;

/** By interaction, 1 or 0. One of which nothing more is known than that it happened counts: the film was chosen. */
export const likesOf = ({ preference }: Interactions): Uint8Array =>
  Uint8Array.from(preference, (liked) => (liked < LIKED ? 0 : 1));

/** By dense film. */
export function filmLikes({ films, filmOf }: Interactions, likes: Uint8Array): Float64Array {
  const counts = new Float64Array(films.length);
  for (const [i, film] of filmOf.entries()) counts[film]! += likes[i]!;
  return counts;
}
