/** A world small enough for tests, and its log as lines. */

import type { FaultTruth } from '../../src/sim/log/spoiler.js';
import type { LineWriter, LineWriterOptions } from '../../src/sim/site/line-writer.js';
import { createLineWriter } from '../../src/sim/site/line-writer.js';
import { createSimWorld, type SimWorld } from '../../src/sim/world.js';

export const smallWorld = (seed = 1): SimWorld => createSimWorld({ seed, films: 400, users: 2_000 });

/** About 640 viewings at once. */
const usual = { seed: 7, startMs: Date.UTC(2026, 7, 27, 18, 44, 30), linesPerSecond: 10 };

export interface ToldLog {
  /** By partition; latin1, one character a byte. */
  readonly lines: readonly string[][];
  readonly truths: readonly FaultTruth[];
}

export function tellLog(world: SimWorld, lines: number, options: Partial<LineWriterOptions> = {}): ToldLog {
  const truths: FaultTruth[] = [];
  const writer = createLineWriter(world, { ...usual, onFault: (truth) => truths.push(truth), ...options });
  return { lines: linesOf(writer, lines), truths };
}

export function linesOf(writer: LineWriter, count: number): string[][] {
  return writer.next(count).map(({ bytes }) => Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1));
}
