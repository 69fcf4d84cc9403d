/** What one wrong character may do to a line of the log: refuse it, or change the field it stands in, and no other. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agree } from './log-line-agree.js';
import { parseSlowly, type Parsed } from './log-line-twin.js';
import { bytesOf, type Field, lineParts, type Parts, rangesOf, splice, textOf } from './log-lines.js';

/** The fields of the twin's words, by the part of the line they come from; no word says which host was asked. */
const valuesOf = (parsed: Parsed): Partial<Record<Field | 'kind', unknown>> => {
  const { timeMs, latencyMs, ...rest } = { latencyMs: undefined, ...parsed };
  return { time: timeMs, latency: latencyMs, ...rest };
};

/**
 * One edit refuses the line or changes one field only. The field touched is one that the edited line can be made by: of a blank
 * put beside another nobody can tell which is the new one.
 */
function checkEdit(parts: Parts, original: Uint8Array, edited: Uint8Array): void {
  const parsed = agree(edited);
  if (typeof parsed === 'string') return;
  const touched = rangesOf(parts).filter(
    ({ start, end }) => sharedStart(original, edited) >= start && sharedEnd(original, edited) >= original.length - end,
  );
  const before = valuesOf(parseSlowly(original) as Parsed);
  const after = valuesOf(parsed);
  const changed = Object.keys(before).filter((field) => before[field as Field] !== after[field as Field]);
  if (!touched.some(({ field }) => changed.every((other) => other === field))) {
    expect({ line: textOf(parts), edited: Buffer.from(edited).toString('latin1'), changed, touched }).toBe('refused');
  }
}

function sharedStart(a: Uint8Array, b: Uint8Array): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count++;
  return count;
}

const sharedEnd = (a: Uint8Array, b: Uint8Array): number => sharedStart(a.toReversed(), b.toReversed());

function checkEveryEdit(parts: Parts, alphabet: readonly number[]): void {
  const original = bytesOf(textOf(parts));
  const nothing = new Uint8Array(0);
  for (let at = 0; at <= original.length; at++) {
    if (at < original.length) checkEdit(parts, original, splice(original, at, 1, nothing));
    for (const byte of alphabet) {
      checkEdit(parts, original, splice(original, at, 0, Uint8Array.of(byte)));
      if (at < original.length && byte !== original[at]) {
        checkEdit(parts, original, splice(original, at, 1, Uint8Array.of(byte)));
      }
    }
  }
}

const everyByte = Array.from({ length: 256 }, (_, byte) => byte);
const began = (time: string, user: string): Parts => [['time', time], ',', ['user', user]];
const asked = (status: string, result: string): Parts => [
  ...began('2026-08-27T18:44', '12'),
  ',recommendation request ',
  ['host', 'h:1'],
  ', status ',
  ['status', status],
  ', result: ',
  ['result', result],
  ', ',
  ['latency', '815'],
  ' ms',
];

test.each<[what: string, parts: Parts]>([
  [
    'a minute',
    [
      ...began('2026-08-27T18:44:45.585', '118511'),
      ',GET /data/m/',
      ['film', 'if....+1968'],
      '/',
      ['minute', '19'],
      '.mpg',
    ],
  ],
  ['a short minute', [...began('2024-02-29T23:59', '7'), ',GET /data/m/', ['film', 'a'], '/', ['minute', '0'], '.mpg']],
  ['a rating', [...began('2026-02-14T00:09:21', '130276'), ',GET /rate/', ['film', '2012+2009'], '=', ['rating', '7']]],
  ['an account', [...began('2025-10-17T01:33:45.122692921', '0'), ',GET /create_account']],
  ['an answer', asked('200', 'a+1, b+2')],
  ['a failure', asked('0', 'é, 80 ms')],
])('every one-byte edit of %s is refused or changes its field only', (_, parts) => {
  checkEveryEdit(parts, everyByte);
});

test('every one-character edit of random lines is refused or changes its field only', () => {
  const alphabet = [...bytesOf(' ,/=:.-+0159aGmsT"\\<'), 0x00, 0x0a, 0x7f, 0xe9];
  fc.assert(
    fc.property(
      lineParts.filter((parts) => textOf(parts).length < 150),
      (parts) => checkEveryEdit(parts, alphabet),
    ),
    { numRuns: 50 },
  );
});
