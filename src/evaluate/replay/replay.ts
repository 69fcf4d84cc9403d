/**
 * Test-then-train: a log replayed in order, every interaction asked of the lists that were there before it came, by
 * popularity over all time and by popularity that forgets (prequential evaluation: Dawid 1984).
 */

import type { Interactions } from '../../dataset/interactions.js';
import { bootstrap, type Interval } from '../bootstrap.js';
import { createShortlist } from './shortlist.js';
import { streamOf, type Stream } from './stream.js';

export interface Replay {
  /** Interactions the figures are about: all after the warm-up. */
  readonly events: number;
  /** Blocks they came in. */
  readonly blocks: number;
  /** The half-life, in interactions, that served best up to the end; null: forgetting nothing did. */
  readonly halfLife: number | null;
  /** Share of the interactions whose film stood in the list of 20, seen films removed. */
  readonly allTime: Interval;
  /** The same with, for each block, the half-life that served best in all blocks before it. */
  readonly decayed: Interval;
  /** Decayed less all-time, paired. */
  readonly difference: Interval;
}

/** Places of a list. */
const k = 20;
/** Interactions that are learned from before any is counted. */
const warmUp = 5_000;
/** Neighbouring blocks that the bootstrap draws together, about the cube root of their number. */
const together = 10;
const halfLives = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, Infinity];

/**
 * Intervals are bootstrapped over stretches of ten blocks (Carlstein 1986): who comes in one block is answered from the
 * same counts, and what is popular stays so for a while, so their hits rise and fall together; users come hardly twice.
 * Undefined when no block begins after the warm-up.
 */
export function replayOf(interactions: Interactions, seed: number): Replay | undefined {
  const stream = streamOf(interactions);
  const first = firstAfter(warmUp, stream.blocks);
  if (first < 0) return undefined;

  const hits = halfLives.map((halfLife) => hitsOf(interactions, stream, halfLife));
  const total = new Float64Array(halfLives.length);
  const leader = (): number => total.lastIndexOf(Math.max(...total));
  const [allTime, decayed, stretchOf] = [[] as number[], [] as number[], [] as number[]];
  for (let block = 0; block < stream.blocks.length; block++) {
    if (block >= first) {
      for (const hit of hits.at(-1)![block]!) allTime.push(hit);
      for (const hit of hits[leader()]![block]!) {
        decayed.push(hit);
        stretchOf.push(Math.floor((block - first) / together));
      }
    }
    for (const [candidate, byBlock] of hits.entries()) for (const hit of byBlock[block]!) total[candidate]! += hit;
  }

  const series = [allTime, decayed, decayed.map((hit, i) => hit - allTime[i]!)];
  const intervals = bootstrap(
    series.map((values) => Float64Array.from(values)),
    seed,
    Int32Array.from(stretchOf),
  );
  const halfLife = halfLives[leader()]!;
  return {
    events: allTime.length,
    blocks: stream.blocks.length - first,
    halfLife: Number.isFinite(halfLife) ? halfLife : null,
    allTime: intervals[0]!,
    decayed: intervals[1]!,
    difference: intervals[2]!,
  };
}

/** The first block before which so many interactions lie, -1 when there is none. */
function firstAfter(events: number, blocks: Stream['blocks']): number {
  let before = 0;
  return blocks.findIndex(({ length }) => {
    before += length;
    return before - length >= events;
  });
}

/** By block, by interaction: 1 when the film stood in the list, else 0. */
function hitsOf({ films, filmOf }: Interactions, { blocks, rows, firstOf }: Stream, halfLife: number): Uint8Array[] {
  const seenMost = rows.reduce((most, row) => Math.max(most, row - firstOf[row]!), 0);
  const popular = createShortlist(films.length, k + seenMost, halfLife);
  const isHit = (row: number): boolean => {
    const place = popular.place(filmOf[row]!);
    if (place >= k + seenMost) return false;
    let above = place;
    for (let seen = firstOf[row]!; seen < row; seen++) if (popular.place(filmOf[seen]!) < place) above--;
    return above < k;
  };
  return blocks.map((block) => {
    const hits = Uint8Array.from(block, (row) => (isHit(row) ? 1 : 0));
    for (const row of block) popular.add(filmOf[row]!);
    return hits;
  });
}
