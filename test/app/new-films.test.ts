/** A film that came after training: the site tells of it, an overlay brings it in, and people are recommended it. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandsFor } from '../../src/cli/commands.js';
import { random } from '../../src/core/random.js';
import { startApiStandIn, type ApiStandIn } from '../../src/sim/api/stand-in.js';
import { openLogAppender, type LogAppender } from '../../src/sim/log/log-directory.js';
import { runCommand } from '../cli/run.js';
import { smallWorld } from '../sim/small-world.js';
import { running, type Running } from './running.js';

const commands = await commandsFor([]);

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
const places = ['--data-dir', join(folder, 'var'), '--models-dir', join(folder, 'models')];
const models = places.slice(2);
const world = smallWorld();
const logFolder = join(folder, 'movielog');
const USERS = 300;
const FILMS = 60;
const fresh = world.film(399).id;
let apis: ApiStandIn;
let log: LogAppender;
let service: Running;

beforeAll(async () => {
  const { integer } = random(1);
  const rows = Array.from({ length: USERS * 12 }, (_, i) => {
    const film = world.film(integer(FILMS)).id;
    return `${1 + (i % USERS)},${film},${3 + integer(3)},${1_700_000_000 + i}`;
  });
  const ratings = join(folder, 'ratings.csv');
  writeFileSync(ratings, ['user_id,movie_id,rating,timestamp', ...rows, ''].join('\n'));
  apis = await startApiStandIn(world, {});
  for (const command of [
    ['import', ratings, ...places.slice(0, 2)],
    ['train', ...places, '--model', 'linear', '--dimensions', '8'],
  ]) {
    expect(await runCommand(commands, command, { cwd: folder })).toMatchObject({ code: 0 });
  }
  mkdirSync(logFolder);
  log = openLogAppender(logFolder, { partitions: 1 });
  const source = ['--source', `dir:${logFolder}`, '--film-api', apis.url, '--user-api', apis.url];
  service = await running(folder, 'serve', ...places, ...source);
}, 60_000);

afterAll(async () => {
  await service.stop();
  log.close();
  await apis.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Answers of everybody who has a history. */
async function answers(): Promise<{ readonly overlay: string | null; readonly body: string }[]> {
  const all = [];
  for (let user = 1; user <= USERS; user++) {
    const response = await fetch(`${service.url}/recommend/${user}`);
    all.push({ overlay: response.headers.get('x-overlay'), body: await response.text() });
  }
  return all;
}

interface Shown {
  readonly overlay: { readonly number: number; readonly films: readonly string[] } | null;
}
const shown = async (...args: string[]): Promise<Shown> => {
  const { stdout } = await runCommand(commands, ['models', ...args, ...models, '--json'], { cwd: folder });
  return JSON.parse(stdout) as Shown;
};

test('a film that the site lists gets a row, a number, and its chance, without a restart', async () => {
  const before = await answers();
  expect(new Set(before.map(({ overlay }) => overlay))).toEqual(new Set(['0']));
  expect(before.filter(({ body }) => body.includes(fresh))).toEqual([]);
  expect((await shown('show')).overlay).toBeNull();

  log.appendLine(0, `2026-08-27T18:00:00,7,GET /data/m/${fresh}/0.mpg`);
  const end = performance.now() + 20_000;
  let overlay: string | null = '0';
  while (overlay === '0' && performance.now() < end) {
    await sleep(100);
    overlay = (await fetch(`${service.url}/recommend/8`)).headers.get('x-overlay');
  }
  expect(overlay).toBe('1');
  expect((await shown('show')).overlay).toMatchObject({ number: 1, films: [fresh] });

  const after = await answers();
  const chosen = after.filter(({ body }) => body.split(',').includes(fresh));
  expect(chosen.length).toBeGreaterThan(0);
  expect(chosen.length).toBeLessThan(USERS);
}, 40_000);

test('who builds it by hand gets the same number for the same films', async () => {
  const { stdout } = await runCommand(commands, ['models', 'overlay', ...places, '--json'], { cwd: folder });
  expect(JSON.parse(stdout)).toMatchObject({ number: 1, films: [fresh] });
});
