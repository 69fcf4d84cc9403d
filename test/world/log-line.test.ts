/** The grammar of the log against its slow twin. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LINE_BYTES_MAX } from '../../src/world/line-faults.js';
import { agree, read, shared } from './log-line-agree.js';
import { parseSlowly } from './log-line-twin.js';
import { bytesOf, lineParts, splice, textOf } from './log-lines.js';

test.each([
  [
    '2026-08-27T18:44:45.585,118511,GET /data/m/fight+club+1999/19.mpg',
    'watch',
    Date.UTC(2026, 7, 27, 18, 44, 45, 585),
  ],
  ['2026-08-27T18:44,0,GET /data/m/+/0.mpg', 'watch', Date.UTC(2026, 7, 27, 18, 44)],
  ['2022-10-07T14:21:02,9999999999,GET /data/m/...and/65534.mpg', 'watch', Date.UTC(2022, 9, 7, 14, 21, 2)],
  ['2026-02-14T00:09:21.000999,130276,GET /rate/m*a*s*h+1970=0', 'rate', Date.UTC(2026, 1, 14, 0, 9, 21)],
  ['2026-02-14T00:09:21.999999999,130276,GET /rate/aDdjc1gioFamIk7=999', 'rate', Date.UTC(2026, 1, 14, 0, 9, 21, 999)],
  ['2024-02-29T23:59:59,998877,GET /create_account', 'create', Date.UTC(2024, 1, 29, 23, 59, 59)],
  ['2026-09-01T00:00,1,recommendation request h, status 200, result: , 0 ms', 'recommendation', Date.UTC(2026, 8, 1)],
])('%s is a line', (text, kind, timeMs) => {
  expect(agree(bytesOf(text))).toMatchObject({ kind, timeMs });
});

test('random valid lines of every kind are read as the twin reads them', () => {
  fc.assert(
    fc.property(lineParts, (parts) => {
      expect(agree(bytesOf(textOf(parts)))).toBeTypeOf('object');
    }),
    { numRuns: 5000 },
  );
});

test('lines with a few bytes inserted, dropped, replaced or repeated are judged as the twin judges them', () => {
  const edit = fc.record({
    at: fc.nat(10_000),
    drop: fc.nat(3),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 3 }),
      fc
        .constantFrom(', ', ' ms', ', 7 ms', '/', '=', ',', '0', ' ', '\n', '\xe9', '.mpg', ':', '200')
        .map((text) => Buffer.from(text, 'latin1')),
    ),
  });
  fc.assert(
    fc.property(lineParts, fc.array(edit, { minLength: 1, maxLength: 3 }), (parts, edits) => {
      let bytes = bytesOf(textOf(parts));
      for (const { at, drop, put } of edits) bytes = splice(bytes, at % (bytes.length + 1), drop, put);
      agree(bytes);
    }),
    { numRuns: 20_000 },
  );
});

test('any bytes at all are judged as the twin judges them', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string().map(bytesOf)), (bytes) => {
      agree(bytes);
    }),
    { numRuns: 5000 },
  );
});

test('nothing before or behind a line is read', () => {
  const around = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    lineParts.map((parts) => bytesOf(textOf(parts))),
  );
  fc.assert(
    fc.property(lineParts, around, around, fc.nat(10_000), (parts, before, behind, cut) => {
      const whole = bytesOf(textOf(parts));
      // Cut anywhere: what the line lacks then stands right behind it.
      const line = whole.subarray(0, cut % (whole.length + 1));
      for (const rest of [behind, whole.subarray(line.length)]) {
        const bytes = Buffer.concat([before, line, rest]);
        expect(read(shared, bytes, before.length, before.length + line.length)).toEqual(parseSlowly(line));
      }
    }),
    { numRuns: 2000 },
  );
});

test('a line of a megabyte is refused unread, one of the longest length is read', () => {
  const timed = (result: string): Uint8Array =>
    bytesOf(`2026-09-01T00:00,1,recommendation request h, status 500, result: ${result}, 9 ms`);
  const room = LINE_BYTES_MAX - timed('').length;
  expect(agree(timed('x'.repeat(room)))).toMatchObject({ kind: 'recommendation' });
  expect(agree(timed('x'.repeat(room + 1)))).toBe('line-too-long');
  expect(agree(new Uint8Array(1_000_000))).toBe('line-too-long');
});
