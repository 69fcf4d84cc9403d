/** Lines against `split`, for any bytes and any place where a chunk may end. */

import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LINE_LENGTH_MAX, openLines } from '../../../src/ingest/import/lines.js';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'matinee-'))));
afterAll(() => rm(folder, { recursive: true }));

async function linesOf(data: Uint8Array | string, latin1Fallback = false): Promise<string[]> {
  const path = join(folder, 'file');
  await writeFile(path, data);
  const file = openLines(path, latin1Fallback);
  const lines: string[] = [];
  for await (const batch of file.batches()) {
    expect(batch.firstLine).toBe(lines.length + 1);
    for (const line of batch.lines) lines.push(line);
  }
  expect(file.sha256()).toBe(createHash('sha256').update(data).digest('hex'));
  return lines;
}

test('LF, CRLF, a byte order mark, and no end of line at the end', async () => {
  expect(await linesOf('\uFEFFa\r\nb\n\nc')).toEqual(['a', 'b', '', 'c']);
  expect(await linesOf('a\n')).toEqual(['a']);
  expect(await linesOf('')).toEqual([]);
});

test('a file of many chunks gives every line, wherever a chunk ends', async () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => `${i},${'é'.repeat(i % 17)}`);
  expect(await linesOf(lines.join('\r\n'))).toEqual(lines);
});

test.each([LINE_LENGTH_MAX + 1, 100_000, 1_000_000, 3_000_000])(
  'a line of %d characters arrives cut and too long, its neighbours whole',
  async (length) => {
    for (const letter of ['x', 'é', '語', '🎬']) {
      const [before, long, after, ...rest] = await linesOf(`before\n${letter.repeat(length)}\nafter`);
      expect([before, after, rest]).toEqual(['before', 'after', []]);
      expect(long!.length).toBeGreaterThan(LINE_LENGTH_MAX);
    }
  },
);

test('bytes that are not UTF-8 are marked, or read as Latin-1 where editions are known for it', async () => {
  const bytes = Buffer.from('Les Misérables\n', 'latin1');
  expect(await linesOf(bytes)).toEqual(['Les Mis\uFFFDrables']);
  expect(await linesOf(bytes, true)).toEqual(['Les Misérables']);
  expect(await linesOf('Les Misérables\n', true)).toEqual(['Les Misérables']);
});

test('a file that vanished is an operating error', async () => {
  const { batches } = openLines(join(folder, 'nowhere'), false);
  await expect(batches().next()).rejects.toMatchObject({ code: 'file-unreadable' });
});
