/** Coincidences: two users who both met the same two films. Shared taste makes them more frequent than chance does. */

import type { Meetings } from './meetings.js';

/**
 * A function that counts the coincidences of the meetings as they stand, for meetings whose margins stay what they are:
 *
 *   Σ over pairs of films n(n − 1) / (1 + 2e)
 *
 * with n the users who met both and e those expected from the margins. n(n − 1) has mean e² by chance and (1 + δ²)e²
 * where pairs are δ more or less frequent than that; 1 / (1 + 2e) is the reciprocal of its variance over its mean, so
 * that all pairs together tell most about a δ they share, and neither the rarest nor the most popular decide alone.
 */
export function coincidenceCounter(meetings: Meetings): () => number {
  const { films, start, userOf, filmOf } = meetings;
  const popularity = new Int32Array(films);
  for (const film of filmOf) popularity[film]! += 1;
  const perPair = pairsOf(meetings) * (2 / filmOf.length ** 2);
  const begin = new Int32Array(films + 1);
  for (let film = 0; film < films; film++) begin[film + 1] = begin[film]! + popularity[film]!;

  const viewers = new Int32Array(filmOf.length);
  const met = new Int32Array(films);
  const partners = new Int32Array(films);
  return () => {
    const next = begin.slice(0, films);
    for (let at = 0; at < filmOf.length; at++) viewers[next[filmOf[at]!]!++] = userOf[at]!;
    let sum = 0;
    for (let film = 0; film < films; film++) {
      let count = 0;
      for (let i = begin[film]!; i < begin[film + 1]!; i++) {
        const user = viewers[i]!;
        for (let at = start[user]!; at < start[user + 1]!; at++) {
          const partner = filmOf[at]!;
          if (partner > film && met[partner]!++ === 0) partners[count++] = partner;
        }
      }
      for (const partner of partners.subarray(0, count)) {
        const n = met[partner]!;
        met[partner] = 0;
        if (n > 1) sum += (n * (n - 1)) / (1 + 2 * perPair * popularity[film]! * popularity[partner]!);
      }
    }
    return sum;
  };
}

/** Pairs of films met by one user, over all users. */
export function pairsOf({ start }: Meetings): number {
  let pairs = 0;
  for (let user = 0; user + 1 < start.length; user++) {
    const count = start[user + 1]! - start[user]!;
    pairs += (count * (count - 1)) / 2;
  }
  return pairs;
}
