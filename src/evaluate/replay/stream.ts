/** Interactions as a stream: those of known time, oldest first, in blocks that are answered before they are learned from. */

import type { Interactions } from '../../dataset/interactions.js';

export interface Stream {
  /** Rows of the interactions, oldest first. */
  readonly rows: Int32Array;
  /** The same, cut: a block is of one minute and has at most 500. */
  readonly blocks: readonly Int32Array[];
  /** By row of the interactions, if its time is known: the first row of its user of which that is so. */
  readonly firstOf: Int32Array;
}

/** The next list of a busy minute does not know the line before it: no model is made between two lines. */
const blockMax = 500;
const MINUTE_MS = 60_000;

export function streamOf({ userOf, time }: Interactions): Stream {
  const rows = Int32Array.from(time.keys())
    .filter((row) => time[row]! > 0)
    .sort((a, b) => time[a]! - time[b]! || a - b);
  const minuteOf = (at: number): number => Math.floor(time[rows[at]!]! / MINUTE_MS);
  const blocks: Int32Array[] = [];
  for (let begin = 0, end = 0; begin < rows.length; begin = end) {
    while (end < rows.length && end - begin < blockMax && minuteOf(end) === minuteOf(begin)) end++;
    blocks.push(rows.subarray(begin, end));
  }

  const firstOf = Int32Array.from(time.keys());
  for (let row = 1; row < time.length; row++) {
    if (userOf[row] === userOf[row - 1] && time[row - 1]! > 0) firstOf[row] = firstOf[row - 1]!;
  }
  return { rows, blocks, firstOf };
}
