import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDuration } from '../../src/core/units.js';

test.each([
  ['250ms', 250],
  ['1s', 1_000],
  ['1.5s', 1_500],
  ['2m', 120_000],
  ['0ms', 0],
])('%s is %d ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', '250', 'ms', '-1s', '1 s', '1S', '1h', '1s2', '.5s', '1e3ms', '٣s'])('%j is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test('whole milliseconds are read back exactly', () => {
  fc.assert(fc.property(fc.nat(), (n) => parseDuration(`${n}ms`) === n));
});
