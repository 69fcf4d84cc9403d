/** Which lines support each other, against the definition read literally over single lines. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { supported, type Evidence } from '../../../src/ingest/log/evidence.js';
import { beganOf, isBeginning, STUTTER } from '../../../src/ingest/log/plausibility.js';

interface Line extends Evidence {
  readonly began: number;
  readonly minute: number;
}

const lineAt = (minute: number, seconds: number): Line => {
  const began = beganOf(seconds, minute);
  return { began, minute, low: began, high: began, minuteLow: minute, minuteHigh: minute };
};

const line = fc
  .tuple(fc.oneof(fc.nat(8), fc.integer({ min: 40, max: 60 }), fc.integer({ min: 400, max: 410 })), fc.nat(90))
  .map(([minute, at]) => lineAt(minute, 1_000_000 + at * 60));

/** Adds what a rule allows until no rule allows more. */
function obvious(lines: readonly Line[], began: number): Set<Line> {
  const set = new Set<Line>();
  for (;;) {
    const next = lines.find((candidate) => {
      if (set.has(candidate)) return false;
      if (isBeginning(candidate.minute)) return true;
      const agrees = (other: Line) =>
        other.minute !== candidate.minute && Math.abs(other.began - candidate.began) <= STUTTER;
      if (lines.some(agrees)) return true;
      return candidate.began >= Math.min(began, ...[...set].map((other) => other.began)) - STUTTER;
    });
    if (next === undefined) return set;
    set.add(next);
  }
}

test('is what the definition says, in any order', () => {
  const cases = fc.tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom(Infinity, 1_001_000));
  fc.assert(
    fc.property(cases, ([lines, began]) => {
      expect(supported(lines, began)).toEqual(obvious(lines.toReversed(), began));
    }),
  );
});

test.each([
  ['a running viewing', [10, 11, 12, 13], [0, 1, 2, 3], 4],
  ['a leap within one', [10, 11, 143, 13], [0, 1, 2, 3], 3],
  ['a pause', [2, 3, 4], [0, 1, 60], 3],
  ['a lone minute', [47], [0], 0],
  ['two lone minutes that do not agree', [99, 10], [0, 1], 0],
  ['a series', [1020, 1021], [0, 1], 2],
])('%s', (_, minutes, at, count) => {
  const lines = minutes.map((minute, i) => lineAt(minute, 1_000_000 + at[i]! * 60));
  expect(supported(lines, Infinity).size).toBe(count);
});
