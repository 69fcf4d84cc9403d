/** The list of reason codes: every example is a line with that fault. */

import { expect, test } from 'vitest';
import { faultNumber, faultOf, LINE_BYTES_MAX, lineFaults } from '../../src/world/line-faults.js';
import { agree } from './log-line-agree.js';

const written = (example: string): Uint8Array => {
  const whole = example.replace(/…$/, 'x'.repeat(LINE_BYTES_MAX));
  return Buffer.from(
    whole.replace(/\\x([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
};

test.each(lineFaults.map(({ code, example }) => [code, example]))('%s: %s', (code, example) => {
  expect(agree(written(example))).toBe(code);
});

test('codes and numbers stand for each other', () => {
  expect(lineFaults.map(({ code }) => faultOf(faultNumber(code)))).toEqual(lineFaults.map(({ code }) => code));
  expect(faultNumber('empty')).toBe(-1);
  expect(new Set(lineFaults.map(({ code }) => code)).size).toBe(lineFaults.length);
});

test('meanings are one sentence, and say the limits that hold', () => {
  for (const { meaning } of lineFaults) expect(meaning).toMatch(/^[A-Z][^.]*(\.mpg[^.]*)?\.$/);
  expect(lineFaults[-1 - faultNumber('line-too-long')]!.meaning).toContain(LINE_BYTES_MAX.toLocaleString('en'));
});
