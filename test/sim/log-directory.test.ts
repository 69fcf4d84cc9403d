/** Log directories: segments by first offset, and an appender that goes on where they end. */

import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLineWriter } from '../../src/sim/site/line-writer.js';
import { openLogAppender, writeLogDirectory } from '../../src/sim/log/log-directory.js';
import { linesOf, smallWorld } from './small-world.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'matinee-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const segments = (partition: number): string[] => readdirSync(join(dir, String(partition))).sort();
const read = (partition: number, segment: string): string =>
  readFileSync(join(dir, String(partition), segment), 'latin1');

test('a written directory holds the lines of the writer, in segments named by their first offset', () => {
  const options = { seed: 2, startMs: 0, linesPerSecond: 10 };
  const world = smallWorld();
  const written = writeLogDirectory(dir, createLineWriter(world, options), { lines: 20_000, segmentBytes: 200_000 });
  const expected = linesOf(createLineWriter(world, options), 20_000);
  let bytes = 0;
  for (const [partition, lines] of expected.entries()) {
    let offset = 0;
    const found: string[] = [];
    for (const name of segments(partition)) {
      expect(name).toBe(`${String(offset).padStart(20, '0')}.log`);
      const text = read(partition, name);
      expect(text.endsWith('\n')).toBe(true);
      const told = text.split('\n').slice(0, -1);
      offset += told.length;
      bytes += text.length;
      found.push(...told);
    }
    expect(found).toEqual(lines);
    expect(segments(partition).length).toBeGreaterThan(2);
  }
  expect(written).toEqual({ lines: 20_000, bytes });
});

test('an appended line is there at once; opened again, the log goes on behind it', () => {
  const first = openLogAppender(dir, { segmentBytes: 30 });
  first.appendLine(1, 'twenty characters, a');
  expect(read(1, '00000000000000000000.log')).toBe('twenty characters, a\n');
  first.appendLine(1, 'twenty characters, b');
  first.appendLine(1, 'c');
  first.close();
  const second = openLogAppender(dir, { segmentBytes: 30 });
  second.appendLine(1, 'd');
  second.close();
  expect(segments(0)).toEqual([]);
  expect(segments(1)).toEqual(['00000000000000000000.log', '00000000000000000002.log']);
  expect(read(1, '00000000000000000002.log')).toBe('c\nd\n');
});

test('a last line that was never ended is cut off', () => {
  const first = openLogAppender(dir);
  first.appendLine(0, 'whole');
  first.close();
  appendFileSync(join(dir, '0', segments(0)[0]!), 'torn');
  const second = openLogAppender(dir);
  second.appendLine(0, 'next');
  second.close();
  expect(read(0, segments(0)[0]!)).toBe('whole\nnext\n');
});
