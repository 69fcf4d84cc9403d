/** Hashes of whole numbers, so that any part of the world is a pure function of (seed, what, index) and needs no memory. */

import { random, type Random } from '../core/random.js';

/** What is drawn: two things of the same index never share their random numbers. */
export const streams = {
  ...{ title: 1, film: 2, rank: 3, user: 4, log: 5, faults: 6, audience: 7, api: 8 },
  ...{ taste: 9, tone: 10, mood: 11, caprice: 12, image: 14 },
  catalogue: 15,
  scenario: 13,
  sink: 20,
  voice: 21,
  ...{ clock: 30, partition: 31, answer: 32 },
} as const;

/** 32 bits of a and b: the finaliser of MurmurHash3 (Appleby, 2011) over a sum of products. */
export function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ (Math.imul(b, 0x85ebca77) + 0x165667b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The random numbers of one thing: of user 42, of film 7. */
export const drawsOf = (seed: number, stream: keyof typeof streams, index = 0): Random =>
  random(mix(mix(seed, streams[stream]), index));

export const oneOf = <T>(draws: Random, choices: readonly T[]): T => choices[draws.integer(choices.length)]!;
