/** Times and decimals as files spell them. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDecimal, parseTimeMs } from '../../../src/ingest/import/numbers.js';

test.each([
  ['1260759144', 1_260_759_144_000],
  ['1260759144.5', 1_260_759_144_500],
  ['1260759144123', 1_260_759_144_123],
  ['2026-07-17T17:00:42', Date.UTC(2026, 6, 17, 17, 0, 42)],
  ['2026-07-17T17:00:42Z', Date.UTC(2026, 6, 17, 17, 0, 42)],
  ['2026-07-17 17:00:42.585', Date.UTC(2026, 6, 17, 17, 0, 42, 585)],
  ['2025-10-17T01:33:45.122692921', Date.UTC(2025, 9, 17, 1, 33, 45, 122)],
  ['2026-07-17T17:00', Date.UTC(2026, 6, 17, 17)],
  ['2026-07-17T17:00:42+02:00', Date.UTC(2026, 6, 17, 15, 0, 42)],
  ['2026-07-17T17:00:42-0130', Date.UTC(2026, 6, 17, 18, 30, 42)],
  ['2026-07-17', Date.UTC(2026, 6, 17)],
  ['2024-02-29', Date.UTC(2024, 1, 29)],
  ['0', 0],
])('%s', (text, ms) => {
  expect(parseTimeMs(text)).toBe(ms);
});

test.each([
  '-1',
  '1e9',
  'now',
  '2026-13-01T00:00:00',
  '2026-02-30T00:00:00',
  '2026-02-28T24:00:00',
  '2026-02-28T10:60:00',
  '2026-02-28T10:00:60',
  '2022-11-1 4T12:23:14',
  '2024-10-14T16G:55:12',
  '1969-12-31T23:59:59',
  '2106-02-08',
  '99999999999999999999',
])('%s is no time', (text) => {
  expect(parseTimeMs(text)).toBeNull();
});

test('every ISO date is read back', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('2106-01-01'), noInvalidDate: true }), (date) => {
      expect(parseTimeMs(date.toISOString())).toBe(date.getTime());
    }),
  );
});

test('decimals are plain', () => {
  expect(['0', '4', '3.5', '007', '4.'].map(parseDecimal)).toEqual([0, 4, 3.5, 7, 4]);
  expect(['', '-1', '+1', '.5', '1e3', '0x1', 'NaN', 'Infinity', '1 2', '١'].map(parseDecimal)).toEqual(
    Array(10).fill(null),
  );
});
