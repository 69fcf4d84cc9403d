/**
 * Where lines begin and end in a block of bytes. `Buffer.indexOf` searches with the vector instructions of memchr: several
 * GB/s, five times as fast as a loop over the bytes.
 */

const LF = 10;
const CR = 13;

export interface LineEnds {
  readonly count: number;
  /** Line i is `[starts[i], ends[i])`, without its LF and a CR before it. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Behind the LF of the last line; what follows is the beginning of a line without an end. */
  readonly length: number;
}

export const indexOfLineEnd = (bytes: Buffer): number => bytes.indexOf(LF);

/** The lines that end in `bytes`, noted in `places`, which has room for them; the result's arrays are views of it. */
export function findLines(bytes: Buffer, places: Pick<LineEnds, 'starts' | 'ends'>): LineEnds {
  let count = 0;
  let length = 0;
  for (let lf = bytes.indexOf(LF); lf >= 0; lf = bytes.indexOf(LF, length)) {
    places.starts[count] = length;
    places.ends[count] = lf > length && bytes[lf - 1] === CR ? lf - 1 : lf;
    length = lf + 1;
    count++;
  }
  return { count, starts: places.starts.subarray(0, count), ends: places.ends.subarray(0, count), length };
}

/** Passes over up to `limit` ended lines; `length` is where the next one begins. */
export function skipLines(bytes: Buffer, limit: number): { readonly skipped: number; readonly length: number } {
  let skipped = 0;
  let length = 0;
  while (skipped < limit) {
    const lf = bytes.indexOf(LF, length);
    if (lf < 0) break;
    length = lf + 1;
    skipped++;
  }
  return { skipped, length };
}
