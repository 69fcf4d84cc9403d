/** Where a partition begins that nothing is stored of. */

import { WATCH, type LogLine } from '../../world/log-line.js';
import type { StartAt } from '../source.js';
import type { ChunkBuffer } from './chunk-buffer.js';
import { segmentsIn, type SegmentFile } from './layout.js';
import { Segment } from './segment.js';

/** `line` and `buffer` are what times are looked for with. */
export interface SearchTools {
  readonly line: LogLine;
  readonly buffer: ChunkBuffer;
}

/** The offset, or undefined while there is no segment. Throws what the file system throws. */
export async function startOffset(folder: string, from: StartAt, tools: SearchTools): Promise<number | undefined> {
  const files = await segmentsIn(folder);
  if (files.length === 0) return undefined;
  if (from === 'latest') return endOf(files.at(-1)!, tools);
  if (typeof from === 'number') return offsetAt(files, from, tools);
  return files[0]!.first;
}

const endOf = (file: SegmentFile, { buffer }: SearchTools): Promise<number> =>
  reading(file, buffer, async (segment) => {
    await segment.skipTo(Infinity);
    return segment.offset;
  });

/**
 * The first line at or after the time, in the newest segment that begins before it: lines are in order of time, but for a few
 * seconds. Lines without a time are passed over. When all are older, the end.
 */
async function offsetAt(files: readonly SegmentFile[], timeMs: number, tools: SearchTools): Promise<number> {
  const { line, buffer } = tools;
  for (const file of files.toReversed()) {
    const begin = await reading(file, buffer, (segment) => firstLine(segment, line, -Infinity));
    if (begin === undefined || begin.timeMs >= timeMs) continue;
    const found = await reading(file, buffer, (segment) => firstLine(segment, line, timeMs));
    if (found !== undefined) return found.offset;
    const following = files.find(({ first }) => first > file.first);
    return following === undefined ? endOf(file, tools) : following.first;
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

async function reading<T>(file: SegmentFile, buffer: ChunkBuffer, work: (segment: Segment) => Promise<T>): Promise<T> {
  const segment = await Segment.open(file, buffer);
  try {
    return await work(segment);
  } finally {
    await segment.close();
  }
}
