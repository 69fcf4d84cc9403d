/** The fast parser of the log in the words of its twin, and the check that both say the same. */

import { expect } from 'vitest';
import { faultOf, type LineFault } from '../../src/world/line-faults.js';
import { CREATE, LogLine, RATE, RECOMMENDATION, WATCH } from '../../src/world/log-line.js';
import { parseSlowly, type Parsed } from './log-line-twin.js';

const textIn = (bytes: Uint8Array, start: number, end: number): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));

/** What the fast parser reads in [start, end), in the words of the twin. */
export function read(line: LogLine, bytes: Uint8Array, start = 0, end = bytes.length): Parsed | LineFault {
  const kind = line.parse(bytes, start, end);
  const { timeMs, user, minute, rating, status, latencyMs } = line;
  if (kind === WATCH) {
    return { kind: 'watch', timeMs, user, film: textIn(bytes, line.filmStart, line.filmEnd), minute };
  }
  if (kind === RATE) return { kind: 'rate', timeMs, user, film: textIn(bytes, line.filmStart, line.filmEnd), rating };
  if (kind === CREATE) return { kind: 'create', timeMs, user };
  if (kind === RECOMMENDATION) {
    return {
      kind: 'recommendation',
      timeMs,
      user,
      status,
      result: textIn(bytes, line.listStart, line.listEnd),
      latencyMs,
    };
  }
  return faultOf(kind);
}

/** One parser for all tests of a file, as in production: what it keeps from the line before must not show. */
export const shared = new LogLine();

export function agree(bytes: Uint8Array): Parsed | LineFault {
  const parsed = read(shared, bytes);
  const expected = parseSlowly(bytes);
  // `toEqual` formats both sides: too slow for each of a million lines.
  if (JSON.stringify(sorted(parsed)) !== JSON.stringify(sorted(expected))) {
    expect({ line: Buffer.from(bytes).toString('latin1'), parsed }).toEqual({ parsed: expected });
  }
  return parsed;
}

const sorted = (parsed: Parsed | LineFault): unknown =>
  typeof parsed === 'string' ? parsed : Object.entries(parsed).sort(([a], [b]) => (a < b ? -1 : 1));
