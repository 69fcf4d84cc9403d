/** Lines that were put aside, as chunks like those that a source gives. */

import type { LineChunk } from '../source.js';
import type { PlacedLine } from '../../store/held.js';

/** The lines of one partition. `lines` is in order of partition, then offset; the chunk begins with number `from`. */
export function chunkFrom(lines: readonly PlacedLine[], from: number): LineChunk {
  const { partition } = lines[from]!;
  let to = from + 1;
  while (to < lines.length && lines[to]!.partition === partition) to++;
  return chunkOf(partition, lines.slice(from, to));
}

function chunkOf(partition: number, lines: readonly PlacedLine[]): LineChunk {
  const count = lines.length;
  const bytes = Buffer.concat(lines.map((line) => line.bytes));
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  let at = 0;
  for (const [i, line] of lines.entries()) {
    starts[i] = at;
    ends[i] = at += line.bytes.length;
  }
  return {
    ...{ partition, bytes, count, starts, ends },
    offsets: Float64Array.from(lines, ({ offset }) => offset),
    next: lines.at(-1)!.offset + 1,
  };
}
