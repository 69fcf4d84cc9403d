/** Where a partition begins that nothing is stored of. */

import { WATCH, type LogLine } from '../../world/log-line.js';
import type { StartAt } from '../source.js';
import { segmentsIn, type SegmentFile } from './layout.js';
import { Segment } from './segment.js';

/** The offset, or undefined while there is no segment. Throws what the file system throws. */
export async function startOffset(folder: string, from: StartAt, line: LogLine): Promise<number | undefined> {
  const files = await segmentsIn(folder);
  if (files.length === 0) return undefined;
  if (from === 'latest') return endOf(files.at(-1)!);
  if (typeof from === 'number') return offsetAt(files, from, line);
  return files[0]!.first;
}

const endOf = (file: SegmentFile): Promise<number> =>
  reading(file, async (segment) => {
    await segment.skipTo(Infinity);
    return segment.offset;
  });

/**
 * The first line at or after the time, in the newest segment that begins before it: lines are in order of time, but for a few
 * seconds. Lines without a time are passed over. When all are older, the end.
 */
async function offsetAt(files: readonly SegmentFile[], timeMs: number, line: LogLine): Promise<number> {
  for (const file of files.toReversed()) {
    const begin = await reading(file, (segment) => firstLine(segment, line, -Infinity));
    if (begin === undefined || begin.timeMs >= timeMs) continue;
    const found = await reading(file, (segment) => firstLine(segment, line, timeMs));
    if (found !== undefined) return found.offset;
    const following = files.find(({ first }) => first > file.first);
    return following === undefined ? endOf(file) : following.first;
  }
  return files[0]!.first;
}

async function firstLine(
  segment: Segment,
  line: LogLine,
  timeMs: number,
): Promise<{ readonly offset: number; readonly timeMs: number } | undefined> {
  for (
    let first = segment.offset, lines = await segment.next(Infinity);
    lines !== undefined;
    lines = await segment.next(Infinity)
  ) {
    for (let i = 0; i < lines.count; i++) {
      const isLine = line.parse(lines.bytes, lines.starts[i]!, lines.ends[i]!) >= WATCH;
      if (isLine && line.timeMs >= timeMs) return { offset: first + i, timeMs: line.timeMs };
    }
    first = segment.offset;
  }
  return undefined;
}

async function reading<T>(file: SegmentFile, work: (segment: Segment) => Promise<T>): Promise<T> {
  const segment = await Segment.open(file);
  try {
    return await work(segment);
  } finally {
    await segment.close();
  }
}
