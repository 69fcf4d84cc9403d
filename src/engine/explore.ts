/**
 * Gives new films a chance: of a share of the answers the last place goes to the film of the catalogue overlay that suits its
 * user best. Its bias and its popularity have no part in that: a film that nobody has met yet has none to lose by.
 */

import {
  LANE_SEEN,
  LANE_SEEN_COUNT,
  LANE_VECTOR,
  MODEL_ITEMS,
  MODEL_POSITION_OF,
  MODEL_ROWS,
  MODEL_STRIDE,
  VIEW_MASK,
} from '../../assembly/layout.js';
import type { Candidates } from './policy.js';
import type { Views } from './views.js';

/**
 * Whether an answer is one of the share: a pure function of who asks, how many films are kept out of the list, and which
 * overlay serves, so that the same question gets the same answer.
 */
export function explores(share: number, user: number, seen: number, overlay: number): boolean {
  let hash = 0;
  for (const word of [user, user / 2 ** 32, seen, overlay]) hash = mix(hash ^ word);
  return hash >>> 0 < share * 2 ** 32;
}

/** The finaliser of MurmurHash3 (Appleby, 2008), after a step by the golden ratio that keeps 0 from standing still. */
function mix(word: number): number {
  let z = (word + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return z ^ (z >>> 16);
}

/**
 * So many of the overlay's films are looked at, the newest, which are its last rows. This loop is plain and a whole batch waits
 * for it: so many take a fraction of a millisecond, all of a catalogue of which a model knows a part would take many.
 */
const NEWEST = 500;

/** Addresses of what scored the lane's vector, an image and the policy's view of it; and what counts of it. */
interface Scored {
  readonly image: number;
  /** Of the image. */
  readonly columns: number;
  /** As many of them, from the first, tell whom a film suits: all, or for strangers all before popularity. */
  readonly suiting: number;
  readonly view: number;
  readonly lane: number;
  /** The first row of the overlay. */
  readonly from: number;
}

/**
 * Puts the best of the overlay's newest films that may be answered, is not seen and not in the list into the last place of a
 * whole list. When all are in it, or none may be, the list stays.
 */
export function exploreLast(views: Views, scored: Scored, { rows, scores }: Candidates, length: number): void {
  const items = views.u32[(scored.image + MODEL_ITEMS) >>> 2]!;
  const list = rows.subarray(0, length);
  let best = -1;
  let bestScore = -Infinity;
  for (let row = Math.max(scored.from, items - NEWEST); row < items; row++) {
    const score = scoreOf(views, scored, row, scored.suiting);
    // Equal scores go to the lower row, as in a scan.
    if (!(score > bestScore) || list.includes(row) || !mayBeAnswered(views, scored, row)) continue;
    best = row;
    bestScore = score;
  }
  if (best < 0) return;
  rows[length - 1] = best;
  scores[length - 1] = scoreOf(views, scored, best, scored.columns);
}

function positionOf({ u32 }: Views, image: number, row: number): number {
  return u32[(u32[(image + MODEL_POSITION_OF) >>> 2]! >>> 2) + row]!;
}

function mayBeAnswered(views: Views, { image, view, lane }: Scored, row: number): boolean {
  const { u16, u32 } = views;
  const position = positionOf(views, image, row);
  const mask = u16[(u32[(view + VIEW_MASK) >>> 2]! >>> 1) + (position >> 4)]!;
  if ((mask & (1 << (position & 15))) === 0) return false;
  const seen = (lane + LANE_SEEN) >>> 2;
  return !u32.subarray(seen, seen + u32[(lane + LANE_SEEN_COUNT) >>> 2]!).includes(position);
}

/** Of the first `columns`, in the order of assembly/exact.ts. */
function scoreOf(views: Views, { image, lane }: Scored, row: number, columns: number): number {
  const { u32, f32 } = views;
  const at =
    (u32[(image + MODEL_ROWS) >>> 2]! >>> 2) + positionOf(views, image, row) * u32[(image + MODEL_STRIDE) >>> 2]!;
  const vector = (lane + LANE_VECTOR) >>> 2;
  let score = 0;
  for (let i = 0; i < columns; i++) score = Math.fround(score + Math.fround(f32[vector + i]! * f32[at + i]!));
  return score;
}
