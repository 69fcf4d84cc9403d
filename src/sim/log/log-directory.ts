/**
 * Writes a log directory: `<dir>/<partition>/<20-digit first offset>.log`, lines ended by LF, segments only appended to.
 * What `append` was given is in the file, and visible to readers, when it returns.
 */

import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LineWriter } from '../site/line-writer.js';

const LF = 10;
const SEGMENT_BYTES = 64 << 20;

export interface LogAppender {
  /** Appends `count` lines, each ended by LF; the segment ends behind them if it has become long enough. */
  append(partition: number, bytes: Uint8Array, count: number): void;
  /** One line, without its LF. */
  appendLine(partition: number, line: string): void;
  close(): void;
}

interface Segment {
  readonly file: number;
  bytes: number;
}

interface Partition {
  readonly folder: string;
  /** Undefined between two segments. */
  segment: Segment | undefined;
  /** Offset of the next line. */
  next: number;
}

export interface AppenderOptions {
  readonly partitions?: number;
  readonly segmentBytes?: number;
  /** Segments that a partition keeps, the oldest are deleted; all unless given. */
  readonly segmentsMax?: number;
}

/** Goes on where the directory ends. */
export function openLogAppender(
  dir: string,
  { partitions = 2, segmentBytes = SEGMENT_BYTES, segmentsMax = Infinity }: AppenderOptions = {},
): LogAppender {
  const opened = Array.from({ length: partitions }, (_, partition) => openPartition(join(dir, String(partition))));

  function append(partition: number, bytes: Uint8Array, count: number): void {
    if (count === 0) return;
    const into = opened[partition]!;
    into.segment ??= { file: openSync(segmentPath(into.folder, into.next), 'a'), bytes: 0 };
    for (let at = 0; at < bytes.length;) at += writeSync(into.segment.file, bytes, at);
    into.segment.bytes += bytes.length;
    into.next += count;
    if (into.segment.bytes < segmentBytes) return;
    closeSegment(into);
    for (const name of segmentNames(into.folder).slice(0, -segmentsMax)) rmSync(join(into.folder, name));
  }

  return {
    append,
    appendLine: (partition, line) => {
      append(partition, Buffer.from(`${line}\n`), 1);
    },
    close: () => {
      opened.forEach(closeSegment);
    },
  };
}

const segmentPath = (folder: string, firstOffset: number): string =>
  join(folder, `${String(firstOffset).padStart(20, '0')}.log`);

/** Of a partition's folder, in the order of their lines. */
export const segmentNames = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => /^\d{20}\.log$/.test(file))
    .sort();

function closeSegment(partition: Partition): void {
  if (partition.segment !== undefined) closeSync(partition.segment.file);
  partition.segment = undefined;
}

/** A last line that was never ended has not been read by anyone yet: it is cut off. */
function openPartition(folder: string): Partition {
  mkdirSync(folder, { recursive: true });
  const name = segmentNames(folder).at(-1);
  if (name === undefined) return { folder, segment: undefined, next: 0 };
  const path = join(folder, name);
  const content = readFileSync(path);
  const end = content.lastIndexOf(LF) + 1;
  let lines = 0;
  for (let at = content.indexOf(LF); at !== -1; at = content.indexOf(LF, at + 1)) lines++;
  const file = openSync(path, 'a');
  ftruncateSync(file, end);
  return { folder, segment: { file, bytes: end }, next: Number(name.slice(0, 20)) + lines };
}

export interface WrittenLog {
  readonly lines: number;
  readonly bytes: number;
}

/** The next `lines` lines of the writer, behind what the directory holds already. */
export function writeLogDirectory(
  dir: string,
  writer: LineWriter,
  { lines, segmentBytes = SEGMENT_BYTES }: { lines: number; segmentBytes?: number },
): WrittenLog {
  const appender = openLogAppender(dir, { partitions: writer.partitions, segmentBytes });
  // A segment ends between two batches: they are small beside it.
  const batchLines = Math.min(10_000, Math.max(1, segmentBytes >> 9));
  let bytes = 0;
  for (let left = lines; left > 0; left -= batchLines) {
    for (const batch of writer.next(Math.min(left, batchLines))) {
      appender.append(batch.partition, batch.bytes, batch.count);
      bytes += batch.bytes.length;
    }
  }
  appender.close();
  return { lines, bytes };
}
