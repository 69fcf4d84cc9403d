/** Log directories for tests: a writer that appends, cuts into segments and deletes, and a reader that collects. */

import { appendFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unwrap } from '../../src/core/errors.js';
import { openDirectorySource } from '../../src/ingest/directory-source.js';
import { segmentName } from '../../src/ingest/directory/layout.js';
import type { LineChunk, Source, SourceEvent, SourceOptions } from '../../src/ingest/source.js';

/** One partition as its writer sees it. */
export class PartitionWriter {
  readonly folder: string;
  /** First offsets of those that are there. */
  readonly segments: number[] = [];
  next: number;

  constructor(directory: string, partition: number, first = 0) {
    this.folder = join(directory, String(partition));
    this.next = first;
  }

  /** Begins a segment; the lines that follow go there. */
  async cut(): Promise<void> {
    if (this.segments.at(-1) === this.next) return;
    await mkdir(this.folder, { recursive: true });
    this.segments.push(this.next);
    await this.append('');
  }

  pathOf(first: number): string {
    return join(this.folder, segmentName(first));
  }

  /** Text as it is; as many lines as it has line ends. */
  async append(text: string | Buffer): Promise<void> {
    if (this.segments.length === 0) await this.cut();
    await appendFile(this.pathOf(this.segments.at(-1)!), text);
    this.next += text.toString('latin1').split('\n').length - 1;
  }

  /** Deletes the oldest segment, as retention does; never the one that is written to. */
  async dropOldest(): Promise<void> {
    if (this.segments.length > 1) await rm(this.pathOf(this.segments.shift()!));
  }
}

export const open = async (directory: string, options: Partial<SourceOptions> = {}): Promise<Source> =>
  unwrap(
    await openDirectorySource(directory, {
      ...{ from: 'committed', untilEnd: false, positions: new Map<number, number>() },
      ...options,
    }),
  );

export interface Line {
  readonly partition: number;
  readonly offset: number;
  readonly text: string;
}

export function linesOf(event: SourceEvent): Line[] {
  if (event.kind !== 'lines') return [];
  const { partition, bytes, count, starts, ends, offsets, next } = event.chunk;
  const lines = Array.from({ length: count }, (_, i) => ({
    ...{ partition, offset: offsets[i]! },
    text: Buffer.from(bytes.subarray(starts[i], ends[i])).toString('latin1'),
  }));
  if (lines.length === 0 || next <= lines.at(-1)!.offset)
    throw new Error('a chunk without lines, or that does not go on');
  return lines;
}

/** What a chunk says, in memory of its own: it lasts beyond the next pull. */
export const copyOf = (chunk: LineChunk): LineChunk => ({
  ...{ ...chunk, bytes: Uint8Array.from(chunk.bytes), offsets: chunk.offsets.slice() },
  ...{ starts: chunk.starts.slice(), ends: chunk.ends.slice() },
});

export async function pullCopy(source: Source): Promise<SourceEvent> {
  const event = await source.pull();
  return event.kind === 'lines' ? { kind: 'lines', chunk: copyOf(event.chunk) } : event;
}

/** Everything up to and without the first event of this kind. */
export async function pullUntil(source: Source, kind: SourceEvent['kind']): Promise<SourceEvent[]> {
  const events: SourceEvent[] = [];
  for (;;) {
    const event = await pullCopy(source);
    if (event.kind === kind) return events;
    events.push(event);
  }
}

/** The log as it is now, read in one go. */
export async function readAll(directory: string, options: Partial<SourceOptions> = {}): Promise<Line[]> {
  const source = await open(directory, { untilEnd: true, ...options });
  try {
    return (await pullUntil(source, 'end')).flatMap(linesOf);
  } finally {
    await source.close();
  }
}
