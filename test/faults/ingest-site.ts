/** The simulated site of these tests: its world, its log in pieces, its look-up APIs, and a folder for all that is made. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { random, type Random } from '../../src/core/random.js';
import type { FaultTruth } from '../../src/sim/log/spoiler.js';
import { createLineWriter, type LineWriterOptions } from '../../src/sim/site/line-writer.js';
import { openLogAppender } from '../../src/sim/log/log-directory.js';
import { startApiStandIn, type ApiStandIn } from '../../src/sim/api/stand-in.js';
import { createSimWorld, type SimWorld } from '../../src/sim/world.js';

/** The short form for every change; the long one is for those who touch the ingest. */
export const isShort = process.env.MATINEE_TEST_SHORT === '1';

/** Another one each time, and printed: MATINEE_TEST_SEED repeats a run. */
export function seedOf(test: string): number {
  const seed = Number(process.env.MATINEE_TEST_SEED ?? Date.now() % 2 ** 31);
  console.log(`${test}: seed ${seed}`);
  return seed;
}

export const drawsOf = (seed: number): Random => random(seed);

/** Some 6,000 of 20,000 users watch at the same time. */
export const siteWorld = (seed: number): SimWorld => createSimWorld({ seed, films: 2_000, users: 20_000 });

/** Lines for every partition, to be appended at once. */
export interface Piece {
  readonly lines: number;
  readonly batches: readonly { readonly partition: number; readonly bytes: Uint8Array; readonly count: number }[];
}

export interface ToldLog {
  readonly pieces: readonly Piece[];
  readonly truths: readonly FaultTruth[];
}

/** `lines` of the site's log, cut into `count` pieces. */
export function tellLog(
  world: SimWorld,
  { lines, count, ...options }: { lines: number; count: number } & Partial<LineWriterOptions>,
): ToldLog {
  const truths: FaultTruth[] = [];
  const writer = createLineWriter(world, {
    ...{ seed: world.seed, startMs: Date.UTC(2025, 2, 1, 20), linesPerSecond: 100 },
    ...{ onFault: (truth: FaultTruth) => truths.push(truth), ...options },
  });
  const pieces = Array.from({ length: count }, (_, i) => {
    const size = Math.floor((lines * (i + 1)) / count) - Math.floor((lines * i) / count);
    const batches = writer
      .next(size)
      .map(({ partition, bytes, count: n }) => ({ partition, bytes: bytes.slice(), count: n }));
    return { lines: size, batches };
  });
  return { pieces, truths };
}

export interface LogFolder {
  readonly source: string;
  readonly path: string;
  /** Lines appended so far. */
  readonly lines: () => number;
  append(...pieces: readonly Piece[]): void;
  close(): void;
}

/** Segments of about a megabyte, so that readers meet many of them. */
export function openLogFolder(path: string, segmentBytes = 1 << 20): LogFolder {
  const appender = openLogAppender(path, { partitions: 2, segmentBytes });
  let lines = 0;
  return {
    source: `dir:${path}`,
    path,
    lines: () => lines,
    append: (...pieces) => {
      for (const piece of pieces) {
        for (const { partition, bytes, count } of piece.batches) appender.append(partition, bytes, count);
        lines += piece.lines;
      }
    },
    close: () => {
      appender.close();
    },
  };
}

export interface Apis {
  readonly films: ApiStandIn;
  readonly users: ApiStandIn;
  /** Flags of `matinee ingest`. */
  readonly flags: readonly string[];
  close(): Promise<void>;
}

export async function startApis(world: SimWorld): Promise<Apis> {
  const films = await startApiStandIn(world, { style: 'old' });
  const users = await startApiStandIn(world);
  return {
    ...{ films, users, flags: ['--film-api', films.url, '--user-api', users.url, '--lookup-rate', '500'] },
    close: async () => {
      await films.close();
      await users.close();
    },
  };
}

export interface Workplace {
  readonly path: (...parts: string[]) => string;
  remove(): void;
}

export function workplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
  return { path: (...parts) => join(folder, ...parts), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
