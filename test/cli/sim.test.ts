/** `matinee sim` and `matinee start`: what they print, and what they refuse before anything begins. */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandsFor } from '../../src/cli/commands.js';
import { loopHeader, loopLine } from '../../src/cli/loop-line.js';
import { listScenarios } from '../../src/sim/scenario/shipped.js';
import { watched } from '../ingest/log/lines.js';
import { runCommand, type Ran } from './run.js';

const commands = await commandsFor([]);

/** Nobody listens there. */
const NOBODY = 'http://127.0.0.1:9';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'matinee-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const matinee = (...args: string[]): Promise<Ran> =>
  runCommand(commands, args, { cwd: folder, stopRequested: () => new Promise(() => undefined) });

const play = (...args: string[]): Promise<Ran> =>
  matinee('sim', 'run', '--log', `dir:${folder}/log`, '--ask', NOBODY, '--api-port', '0', '--speed', 'max', ...args);

function linesOf(log: string): string[] {
  return ['0', '1'].flatMap((partition) =>
    readdirSync(join(folder, log, partition)).flatMap((name) =>
      readFileSync(join(folder, log, partition, name), 'latin1')
        .trimEnd()
        .split('\n'),
    ),
  );
}

test('the scenarios are listed, for people and for programs', async () => {
  const [{ stdout }, asJson] = await Promise.all([matinee('sim', 'list'), matinee('sim', 'list', '--json')]);
  const listed = JSON.parse(asJson.stdout) as { name: string; description: string; kinds: string[] }[];
  expect(listed.map(({ name }) => name)).toEqual(listScenarios().map(({ name }) => name));
  expect(listed.find(({ name }) => name === 'attack-push')!.kinds).toEqual(['shilling']);
  for (const { name, description } of listed) expect(stdout).toMatch(new RegExp(`^${name} +${description}$`, 'm'));
});

test('a site whose recommender is away logs requests without an answer, and says so', async () => {
  const truth = join(folder, 'truth.jsonl');
  const { code, stdout } = await play('--for', '2m', '--truth', truth, '--json');
  const report = JSON.parse(stdout) as { seconds: number; lines: number; requests: Record<string, number> };
  expect(code).toBe(0);
  expect(report).toMatchObject({ seconds: 120, shown: 0, followed: 0, model: null });
  expect(Object.keys(report.requests)).toEqual(['0']);
  const lines = linesOf('log');
  expect(lines).toHaveLength(report.lines);
  expect(lines.filter((line) => line.includes('status 0'))).toHaveLength(report.requests['0']!);
  const truths = readFileSync(truth, 'utf8').trimEnd().split('\n');
  expect(truths.map((line) => JSON.parse(line) as object)).toHaveLength(report.requests['0']!);
});

test('for people: where it can be reached, and what came of it', async () => {
  const { code, stdout, stderr } = await play('--for', '2m', '--scenario', 'real-faults');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^look-up APIs: http:\/\/127\.0\.0\.1:\d+; log: dir:.+; asking http:\/\/127\.0\.0\.1:9\n/);
  expect(stdout).toMatch(/\n120 s of world time, \d+ lines\n {2}\d+ requests, answered 0\.0 %\n {4}status 0: \d+\n/);
  expect(stderr).toMatch(/^world second 0: line-faults began$/m);
});

test.each([
  [['--scenario', 'real-fault'], 'did you mean real-faults?'],
  [['--scenario', './mine.json'], 'cannot read the scenario ./mine.json'],
  [['--speed', 'fast'], '--speed must be a number above 0, or max, not fast'],
  [['--for', '10'], '--for must be a duration such as 90s'],
  [['--for', '0s'], '--for must be a duration such as 90s'],
  [['--edition', '2025'], '--edition must be 2022 or 2026, not 2025'],
  [['--start', 'yesterday'], '--start must be a time such as 2026-02-14T20:00:00, not yesterday'],
  [['--viewers', '5'], '--viewers must be a whole number from 100 to 1000000, not 5'],
  [['--lines-per-second', '0'], '--lines-per-second must be a number above 0, not 0'],
  [['--lines-per-second', '1000'], '1000 lines a second need 126000 accounts, and 10000 viewers begin with 9000'],
  [['--api-port', '99999'], '--api-port must be a whole number from 0 to 65535, not 99999'],
  [['--first-user', '0'], '--first-user must be a whole number from 1'],
  [['--seed', '-1'], '--seed must be a whole number'],
  [['--ask', 'nobody'], '--ask must be a URL such as http://127.0.0.1:8082, not nobody'],
  [['--ask', 'ftp://x'], '--ask must be a URL'],
  [['--log', 'here'], 'here is no place for a log'],
  [['--speeed', '3'], 'Did you mean --speed?'],
])('%j is refused before anything is written', async (args, message) => {
  const { code, stdout, stderr } = await play('--for', '1s', ...args);
  expect(code).not.toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  expect(existsSync(join(folder, 'log'))).toBe(false);
});

test('a truth file that cannot be written is told, not thrown', async () => {
  await writeFile(join(folder, 'file'), '');
  const { code, stderr } = await play('--for', '1s', '--truth', join(folder, 'file', 'truth.jsonl'));
  expect(code).toBe(1);
  expect(stderr).toMatch(/^matinee: cannot write the truth file .+\n {2}hint: /);
});

test('a recorded log is played again, byte for byte', async () => {
  const lines = [0, 1, 2].map((minute) => watched(minute, 7, 'alien+1979', minute));
  await writeFile(join(folder, 'recorded.log'), lines.map((line) => `${line}\n`).join(''));
  const replay = (...args: string[]): Promise<Ran> =>
    matinee('sim', 'replay', join(folder, 'recorded.log'), '--speed', '100000', ...args);
  const { code, stdout } = await replay('--log', `dir:${folder}/again`);
  const bytes = lines.join('\n').length + 1;
  expect([code, stdout]).toEqual([0, `3 lines (${bytes} bytes) to the end\n`]);
  expect(linesOf('again').sort()).toEqual(lines);
  const asJson = await replay('--log', `dir:${folder}/once-more`, '--json');
  expect(JSON.parse(asJson.stdout)).toEqual({ lines: 3, bytes, complete: true });
  expect((await replay('--log', 'here')).stderr).toContain('here is no place for a log');
  expect((await matinee('sim', 'replay', join(folder, 'nothing'))).stderr).toContain('cannot read the recorded log');
});

test.each([
  [['--site-port', 'abc'], '--site-port'],
  [['--data', 'mine.csv', '--kafka', '127.0.0.1:9092'], '--kafka is for the simulated site, and --data leaves it out'],
  [['--source', 'dir:log', '--kafka', '127.0.0.1:9092'], 'and --source leaves it out'],
])('start %j is refused', async (args, message) => {
  const { code, stderr } = await matinee('start', '--data-dir', join(folder, 'var'), ...args);
  expect(code).not.toBe(0);
  expect(stderr).toContain(message);
  expect(readdirSync(folder)).toEqual([]);
});

test("data of one's own never meets simulated viewers, at a later start either", async () => {
  const rows = Array.from({ length: 300 }, (_, i) => `${1 + (i % 20)},film+${i % 30}+1999,5,${1_700_000_000 + i}`);
  await writeFile(join(folder, 'mine.csv'), `user_id,movie_id,rating,timestamp\n${rows.join('\n')}\n`);
  const places = ['--data-dir', `${folder}/var`, '--models-dir', `${folder}/models`, '--workers', '1'];
  const start = (...args: string[]): Promise<Ran> =>
    runCommand(commands, ['start', ...places, '--port', '0', '--admin-port', '0', '--site-port', '0', ...args]);
  expect(await start('--data', join(folder, 'mine.csv'))).toMatchObject({ code: 0 });
  const later = await start();
  expect(later).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^without a simulated site: .*\nlistening/) as string,
  });
  expect(readdirSync(join(folder, 'var'))).not.toContain('log');
}, 30_000);

test('the help of start names what is simulated, and how to leave it out', async () => {
  const { stdout } = await matinee('start', '--help');
  for (const words of ['simulated site', '--data', '--kafka', '--site-port']) expect(stdout).toContain(words);
});

test('a line about the loop stands under its header', () => {
  const timeMs = Date.UTC(2024, 1, 25, 18, 9);
  const status = { timeMs, lines: 3526, requests: { 0: 1, 200: 298 }, shown: 9, followed: 5, satisfaction: 0.5 };
  expect(`${loopHeader}\n${loopLine(status, undefined, 'ials-1')}`).toBe(
    [
      'time of the site     lines  requests  available  personal  watched after  model',
      '2024-02-25 18:09      3526       299          –         –              –  ials-1',
    ].join('\n'),
  );
  expect(loopLine(undefined, undefined, undefined)).toBe('the site opens');
});
