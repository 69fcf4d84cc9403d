/** The times of the log, read as part of a line. */

import { expect, test } from 'vitest';
import { LogLine } from '../../src/world/log-line.js';
import { agree, read, shared } from './log-line-agree.js';
import { parseSlowly } from './log-line-twin.js';
import { bytesOf } from './log-lines.js';

const watchAt = (time: string): Uint8Array => bytesOf(`${time},1,GET /data/m/a/1.mpg`);

test.each([
  ...['2026-08-27 18:44:45', '2026-08-27T18:44:60', '2026-08-27T24:00', '2026-08-27T18:60', '2026-08-27T18:44:4'],
  ...['2026-02-29T00:00', '2100-02-29T00:00', '2026-04-31T00:00', '2026-13-01T00:00', '2026-00-01T00:00'],
  ...['2026-01-00T00:00', '2026-01-01T00:00Z', '2026-01-01T00:00:00.', '2026-01-01T00:00:00.1234567890', ''],
  ...['2026-01-01T00:00:00.12', '2026-01-01T00:00.123', '+2026-01-01T00:00', '\0'.repeat(11) + '00:00:00'],
])('%j is no time', (time) => {
  expect(read(new LogLine(), watchAt(time))).toBe('time');
  expect(agree(watchAt(time))).toBe('time');
});

test('every day of four centuries is the day that Date says', () => {
  for (let day = Date.parse('1801-01-01'); day <= Date.parse('2200-12-31'); day += 86_400_000) {
    const line = watchAt(new Date(day).toISOString().slice(0, 16));
    shared.parse(line, 0, line.length);
    if (shared.timeMs !== day) expect(shared.timeMs).toBe(day);
  }
});

test('a site east of UTC writes later times', () => {
  const line = watchAt('2026-01-01T00:30');
  const hour = 3_600_000;
  expect(read(new LogLine(hour), line)).toEqual(parseSlowly(line, hour));
  expect(read(new LogLine(hour), line)).toMatchObject({ timeMs: Date.parse('2025-12-31T23:30Z') });
});
