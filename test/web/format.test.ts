import { expect, test } from 'vitest';
import {
  formatAvailability,
  formatDay,
  formatDuration,
  formatMeasure,
  formatMoment,
  formatShare,
} from '../../web/src/format.js';

test.each([
  [0.4, '0 s'],
  [59.9, '59 s'],
  [60, '1 min 0 s'],
  [3725, '1 h 2 min'],
  [86_400, '1 d 0 h'],
  [1_000_000, '11 d 13 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test.each([
  [0, '0.00'],
  [1.634, '1.63'],
  [54.26, '54.3'],
  [1234.5, '1,235'],
])('%d measures %s', (value, text) => {
  expect(formatMeasure(value)).toBe(text);
});

test('a share too small to round is not said to be none', () => {
  expect([0, 0.001, 0.805, 1].map(formatShare)).toEqual(['0 %', '< 1 %', '81 %', '100 %']);
});

test('what failed once was not always available', () => {
  expect([0, 0.5, 0.9975, 0.99999, 1].map(formatAvailability)).toEqual(['0 %', '50 %', '99.75 %', '99.99 %', '100 %']);
});

test('a day does not depend on where the reader is', () => {
  expect(formatDay(Date.UTC(2026, 10, 1))).toMatch(/1/);
  expect(formatDay(Date.UTC(2026, 10, 1))).toBe(formatDay(Date.UTC(2026, 10, 1, 23, 59)));
});

test('a moment is told to the second, whatever the zone of the reader', () => {
  expect(formatMoment(Date.UTC(2026, 10, 1, 10, 15, 42))).toMatch(/10:15:42/);
});
