/** Tells a log from a world in bulk: as many lines as wanted, in the order of time, the same bytes for the same seed. */

import type { FaultRates } from '../log/fault-rates.js';
import type { LineBatch } from '../log/log-lines.js';
import type { OnFault } from '../log/spoiler.js';
import type { SimWorld } from '../world.js';
import { Site } from './site.js';

export interface LineWriterOptions {
  readonly seed: number;
  /** Time of the first line. */
  readonly startMs: number;
  /** Of the log's own time; 700 by default, with some 45,000 viewings at once. */
  readonly linesPerSecond?: number;
  readonly partitions?: number;
  /** The highest rating; 5 by default. */
  readonly ratingScale?: number;
  /** `measured` by default. */
  readonly faults?: 'none' | 'measured' | FaultRates;
  readonly onFault?: OnFault;
}

export interface LineWriter {
  readonly partitions: number;
  /** The next `lines` lines of the log, one batch a partition. */
  next(lines: number): readonly LineBatch[];
}

export function createLineWriter(world: SimWorld, options: LineWriterOptions): LineWriter {
  const { linesPerSecond = 700, partitions = 2, ratingScale = 5, faults = 'measured', ...rest } = options;
  const site = new Site(world, { ...rest, linesPerSecond, partitions, ratingScale, life: 'steady' });
  site.lines.faults = faults;
  return { partitions, next: (lines) => site.next(lines) };
}
