/** `matinee quarantine`: the lines of the log that do not count, shown without giving a terminal anything to obey. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addQuarantine } from '../../src/cli/quarantine.js';
import { unwrap } from '../../src/core/errors.js';
import { openQuarantine } from '../../src/ingest/quarantine.js';
import { openState } from '../../src/store/state.js';
import { runCommand } from './run.js';

const TIME = '2026-01-01T00:00:00';
let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'matinee-'));
  const state = unwrap(openState(join(cwd, 'var', 'state')));
  state.transaction(() => {
    state.meta.setTopic('movielog');
    const held = { partition: 0, reason: 'film-unknown', waitsFor: 'film heat+1995', provisional: false } as const;
    const bytes = Buffer.from(`${TIME},7,GET /data/m/heat+1995/3.mpg`);
    state.held.put({ ...held, offset: 3, bytes });
    state.held.put({ ...held, offset: 9, bytes });
    state.held.put({ ...held, offset: 10, bytes, provisional: true });
  });
  await state.close();
});

afterEach(() => rm(cwd, { recursive: true }));

async function reject(): Promise<void> {
  const quarantine = unwrap(openQuarantine(join(cwd, 'var', 'quarantine')));
  quarantine.add([
    { topic: 'movielog', partition: 1, offset: 4, reason: 'user', bytes: Buffer.from(`${TIME},3\u001b[2J7,GET /x`) },
    { topic: 'movielog', partition: 0, offset: 5, reason: 'not-utf8', bytes: Buffer.from([0x41, 0xe9, 0x0a, 0x42]) },
    { topic: 'movielog', partition: 0, offset: 6, reason: 'line-too-long', bytes: Buffer.alloc(20_000, 'x') },
  ]);
  await quarantine.close();
}

const run = (...args: string[]) =>
  runCommand([addQuarantine], ['quarantine', ...args, '--data-dir', join(cwd, 'var')], { cwd });

test('list counts by reason and shows the newest of each status', async () => {
  await reject();
  const { code, stdout } = await run('list', '--limit', '1');
  expect(code).toBe(0);
  expect(stdout.split('\n').map((line) => line.replace(/ +/g, ' '))).toEqual([
    'status reason lines',
    'held film-unknown 2',
    'rejected line-too-long 1',
    'rejected not-utf8 1',
    'rejected user 1',
    '',
    'line status reason text',
    `0:9 held film-unknown ${TIME},7,GET /data/m/heat+1995/3.mpg`,
    `0:6 rejected line-too-long ${'x'.repeat(99)}…`,
    '',
  ]);
  expect((await run('list')).stdout).toContain(`1:4   rejected  user           ${TIME},3\\u001b[2J7,GET /x`);
});

test('list of one reason, as JSON', async () => {
  await reject();
  const { stdout } = await run('list', '--reason', 'not-utf8', '--json');
  expect(JSON.parse(stdout)).toEqual({
    counts: { held: { 'film-unknown': 2 }, rejected: { 'line-too-long': 1, 'not-utf8': 1, user: 1 } },
    lines: [
      {
        ...{ status: 'rejected', topic: 'movielog', partition: 0, offset: 5, reason: 'not-utf8', length: 4 },
        ...{ text: null, base64: 'QekKQg==' },
      },
    ],
  });
});

test('show prints text as text, anything else in hexadecimal, and says what it means', async () => {
  await reject();
  const held = (await run('show', '0:3')).stdout;
  expect(held).toContain('film-unknown: the catalogue does not hold the film');
  expect(held).toMatch(/\n\n2026.*3\.mpg\n$/);
  expect((await run('show', '0:5')).stdout).toMatch(/\n\n000000 {2}41 e9 0a 42 +A\.\.B\n$/);
  const escape = (await run('show', '1:4')).stdout;
  expect(escape).not.toContain('\u001b');
  expect(escape).toContain('1b 5b 32 4a');
  expect((await run('show', '0:6')).stdout).toMatch(/bytes +20000, of which the first 3584 are kept\n/);
  expect(JSON.parse((await run('show', '0:9', '--json')).stdout)).toMatchObject({ status: 'held', offset: 9 });
});

test('without a log that was read there is nothing to show', async () => {
  const state = unwrap(openState(join(cwd, 'other', 'state')));
  await state.close();
  const { code, stdout } = await runCommand([addQuarantine], ['quarantine', 'list', '--data-dir', join(cwd, 'other')]);
  expect([code, stdout]).toEqual([0, 'no line is held or rejected\n']);
});

test.each([
  [['list', '--reason', 'film-unkown'], 2, 'did you mean film-unknown?'],
  [['list', '--limit', '0'], 2, 'whole number from 1 on'],
  [['show', '17'], 2, '17 is no line: write partition:offset'],
  [['show', '0:10'], 1, 'no line 0:10 is held or rejected'],
])('%j is refused with a reason', async (args, exitCode, message) => {
  const { code, stderr } = await run(...args);
  expect([code, stderr]).toEqual([exitCode, expect.stringContaining(message)]);
});
