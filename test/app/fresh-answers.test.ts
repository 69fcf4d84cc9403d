/** A service that reads the site's log: what happens there changes the next answers, without a restart. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundledData } from '../../src/app/import.js';
import { commandsFor } from '../../src/cli/commands.js';
import { startApiStandIn, type ApiStandIn } from '../../src/sim/api/stand-in.js';
import { openLogAppender, type LogAppender } from '../../src/sim/log/log-directory.js';
import { runCommand } from '../cli/run.js';
import { smallWorld } from '../sim/small-world.js';
import { recommend, running, type Running } from './running.js';

const commands = await commandsFor([]);

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
const places = ['--data-dir', join(folder, 'var'), '--models-dir', join(folder, 'models')];
const world = smallWorld();
const logFolder = join(folder, 'movielog');
let apis: ApiStandIn;
let log: LogAppender;
let service: Running;

/** Nothing that a test waits for may take longer: an answer is to be fresh within a second. */
const FRESH_MS = 1000;

async function within<T>(ms: number, look: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await sleep(10);
  }
  return expect.fail(`not within ${ms} ms`);
}

const watch = (user: number, film: string, minute: number): void => {
  log.appendLine(0, `2026-08-27T18:${String(minute).padStart(2, '0')}:00,${user},GET /data/m/${film}/${minute}.mpg`);
};

beforeAll(async () => {
  apis = await startApiStandIn(world, {});
  await runCommand(commands, ['import', bundledData, ...places.slice(0, 2)], { cwd: folder });
  await runCommand(commands, ['train', ...places], { cwd: folder });
  const source = ['--source', `dir:${logFolder}`, '--film-api', apis.url, '--user-api', apis.url];
  service = await running(folder, 'serve', ...places, ...source);
}, 60_000);

afterAll(async () => {
  await service.stop();
  log.close();
  await apis.close();
  rmSync(folder, { recursive: true, force: true });
});

const ingestCheck = async (): Promise<{ ok: boolean; detail: string }> => {
  const { checks } = (await (await fetch(`${service.url}/readyz`)).json()) as {
    checks: { name: string; ok: boolean; detail: string }[];
  };
  return checks.find(({ name }) => name === 'ingest')!;
};

test('a log that is not there yet is waited for, and readiness says so', async () => {
  await within(5000, async () => ((await ingestCheck()).detail.includes('movielog') ? true : undefined));
  expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
  mkdirSync(logFolder);
  log = openLogAppender(logFolder, { partitions: 2 });
  await within(5000, async () => ((await ingestCheck()).ok ? true : undefined));
});

test('a new user is looked up and becomes personal', async () => {
  const user = 1999;
  expect((await recommend(service, user)).tier).toBe('popular');
  watch(user, 'toy+story+1995', 0);
  const answer = await within(FRESH_MS, async () => {
    const next = await recommend(service, user);
    return next.tier === 'personal' ? next : undefined;
  });
  expect(answer.body.split(',')).not.toContain('toy+story+1995');
  expect(apis.counts.users).toBeGreaterThan(0);
});

test('a film that was just watched leaves the list, and the list changes', async () => {
  const user = 42;
  const before = await recommend(service, user);
  const best = before.body.split(',')[0]!;
  watch(user, best, 1);
  await within(FRESH_MS, async () => ((await recommend(service, user)).body.includes(best) ? undefined : true));
});

test('a new film is looked up and enters the popular list', async () => {
  const film = world.film(399).id;
  for (let user = 1; user <= 400; user++) watch(user, film, 0);
  await within(10_000, async () => ((await recommend(service, 'nobody')).body.includes(film) ? true : undefined));
});

test('the metrics say what was read and asked', async () => {
  const text = await (await fetch(`${service.admin}/metrics`)).text();
  const samples = text.split('\n').filter((line) => /^matinee_(ingest_l|upstream)/.test(line));
  expect(samples).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^matinee_ingest_lines_total\{kind="watch"\} 40\d/),
      expect.stringMatching(/^matinee_upstream_requests_total\{api="film",code="200"\} [1-9]/),
      'matinee_ingest_lag_messages{partition="0"} 0',
    ]),
  );
});
