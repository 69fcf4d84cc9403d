/** Chance: films exchanged between users, so that every user meets as many as before and every film as many users. */

import type { Random } from '../../core/random.js';
import type { Meetings } from './meetings.js';

/**
 * One Fisher–Yates pass over the meetings of each stretch, in place; an exchange that would give a user a film twice
 * is left out. Each step is a symmetric move between the matrices with these margins, so that their uniform
 * distribution is kept (swap randomisation: Gionis, Mannila, Mielikäinen, Tsaparas 2007).
 * @param stretches positions of meetings; only within one of them are films exchanged
 */
export function shuffle(
  { start, userOf, filmOf }: Meetings,
  stretches: readonly Int32Array[],
  { integer }: Random,
): void {
  const hasMet = (user: number, film: number): boolean => {
    for (let at = start[user]!; at < start[user + 1]!; at++) if (filmOf[at] === film) return true;
    return false;
  };
  for (const stretch of stretches) {
    for (let last = stretch.length - 1; last > 0; last--) {
      const a = stretch[last]!;
      const b = stretch[integer(last + 1)]!;
      const film = filmOf[a]!;
      const other = filmOf[b]!;
      if (film === other || hasMet(userOf[a]!, other) || hasMet(userOf[b]!, film)) continue;
      filmOf[a] = other;
      filmOf[b] = film;
    }
  }
}
