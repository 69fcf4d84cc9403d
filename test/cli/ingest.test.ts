/** `matinee ingest` over a log directory: what it prints, and what it refuses. */

import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandsFor } from '../../src/cli/commands.js';
import { watched } from '../ingest/log/lines.js';
import { runCommand, type Ran } from './run.js';

const commands = await commandsFor([]);

/** Nobody asks it to stop. */
const stopRequested = (): Promise<void> => new Promise(() => undefined);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'matinee-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const ingest = (source: string, ...args: string[]): Promise<Ran> =>
  runCommand(commands, ['ingest', '--until-end', '--source', source, ...args], { cwd: folder, stopRequested });

async function logOf(name: string, ...lines: string[]): Promise<string> {
  await mkdir(join(folder, name, '0'), { recursive: true });
  await writeFile(join(folder, name, '0', `${'0'.repeat(20)}.log`), lines.map((line) => `${line}\n`).join(''));
  return `dir:${join(folder, name)}`;
}

test('the report adds up, also when the log is read a second time', async () => {
  const source = await logOf('log', watched(0, 7, 'up+2009', 0), 'broken', watched(1, 7, 'up+2009', 1));
  const { code, stdout } = await ingest(source, '--json');
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    {
      ...{ lines: 3, accepted: { watch: 0, rate: 0, create: 0, recommendation: 0 }, held: { 'film-unknown': 2 } },
      ...{ rejected: { 'too-few-fields': 1 }, duplicates: 0, gaps: [], seconds: expect.any(Number) as number },
    },
  ]);
  expect(JSON.parse((await ingest(source, '--json')).stdout)).toMatchObject({ lines: 0, held: {} });
  expect((await ingest(await logOf('log', watched(0, 7, 'up+2009', 0)))).stdout).toContain('lines');
});

test('for people: counts by reason, and what to do when no film is known', async () => {
  const { stdout } = await ingest(await logOf('log', watched(0, 7, 'up+2009', 0), 'broken'));
  expect(stdout).toMatch(/^2 lines in /);
  for (const part of ['1 held: film-unknown', '1 rejected: too-few-fields', '--film-api', 'quarantine list']) {
    expect(stdout).toContain(part);
  }
});

test('one state, one log', async () => {
  await ingest(await logOf('log', watched(0, 7, 'up+2009', 0)));
  const { code, stderr } = await ingest(await logOf('other', watched(0, 7, 'up+2009', 0)));
  expect(code).toBe(2);
  expect(stderr).toContain('this state was read from log, and other is another log');
});

test.each([
  [[], 'no log is configured'],
  [['--source', 'kafka:/x'], 'must be dir:PATH or kafka://'],
  [['--source', 'dir:x', '--from', 'yesterday'], '--from yesterday is no place in the log'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await runCommand(commands, ['ingest', ...args], { cwd: folder });
  expect(code).not.toBe(0);
  expect(stderr).toContain(message);
});
