/** From the log to profiles in the state: who signs up is looked up, and what they say is read, by an ingest and by a service. */

import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandsFor } from '../../src/cli/commands.js';
import { unwrap } from '../../src/core/errors.js';
import { startApiStandIn, type ApiStandIn } from '../../src/sim/api/stand-in.js';
import { openLogAppender, type LogAppender } from '../../src/sim/log/log-directory.js';
import { openState, type State } from '../../src/store/state.js';
import { runCommand } from '../cli/run.js';
import { smallWorld } from '../sim/small-world.js';
import { completion, startChat, type ChatServer } from '../text/llm/chat-server.js';
import { running } from './running.js';

const commands = await commandsFor([]);

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
const world = smallWorld();
const logFolder = join(folder, 'movielog');
const FILMS = 300;
let apis: ApiStandIn;
let chat: ChatServer;
/** Until then (of performance.now) the endpoint says that the key is wrong; -1: from the first question on, for a moment. */
let refusesUntilMs = 0;
let log: LogAppender;
let source: string[];
let llm: string[];

const TIME = '2026-08-27T18:00:00';
const watch = (user: number, film: number): void => {
  log.appendLine(0, `${TIME},${user},GET /data/m/${world.film(film).id}/0.mpg`);
};
const signUp = (user: number): void => {
  log.appendLine(0, `${TIME},${user},GET /create_account`);
};

beforeAll(async () => {
  // Whatever it is asked, it reads one film out of it.
  const { title, year } = world.film(7);
  [apis, chat] = await Promise.all([
    startApiStandIn(world, {}),
    startChat((_, response) => {
      if (refusesUntilMs < 0) refusesUntilMs = performance.now() + 300;
      if (performance.now() < refusesUntilMs) return void response.writeHead(401).end();
      return completion({ likedTitles: [{ title, year }] });
    }),
  ]);
  mkdirSync(logFolder);
  log = openLogAppender(logFolder, { partitions: 1 });
  source = ['--source', `dir:${logFolder}`, '--film-api', apis.url, '--user-api', apis.url];
  llm = ['--llm-url', chat.url, '--llm-model', 'tiny', '--llm-input-usd', '1', '--llm-output-usd', '2'];
  llm.push('--llm-daily-usd', '1');
  source.push('--data-dir', join(folder, 'var'), '--lookup-rate', '1000');
});

afterAll(async () => {
  log.close();
  await Promise.all([apis.close(), chat.close()]);
  rmSync(folder, { recursive: true, force: true });
});

async function withState<T>(look: (state: State) => T | Promise<T>): Promise<T> {
  const state = unwrap(openState(join(folder, 'var/state'), { readOnly: true }));
  try {
    return await look(state);
  } finally {
    await state.close();
  }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 15_000; !(await holds());) {
    if (performance.now() > end) throw new Error('not within 15 s');
    await sleep(20);
  }
}

test('an ingest ends with a profile of everybody it was told of', async () => {
  for (let film = 0; film < FILMS; film++) watch(1 + (film % 150), film);
  const stopRequested = (): Promise<void> => new Promise(() => undefined);
  const ran = await runCommand(commands, ['ingest', '--until-end', ...source], { cwd: folder, stopRequested });
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  await withState(({ users, profiles, films }) => {
    expect([films.count(), users.count(), profiles.count(), profiles.waiting()]).toEqual([FILMS, 150, 150, 0]);
    let speaking = 0;
    let read = 0;
    for (const [user, { age, gender, likes }] of users.all()) {
      const profile = profiles.get(user)!;
      expect(profile).toMatchObject({ age, gender });
      if (likes !== null) speaking++;
      if (profile.genres.length + profile.likedFilms.length > 0) read++;
    }
    // The viewers' words are not ours: most are understood, and nobody is who said nothing.
    expect(read).toBeGreaterThan(speaking / 2);
    expect(read).toBeLessThanOrEqual(speaking);
  });
}, 30_000);

test('a state that was made from a snapshot wants the profiles, which no snapshot holds', async () => {
  const at = (place: string): string[] => ['--data-dir', join(folder, place)];
  await runCommand(commands, ['snapshot', ...at('var')]);
  const [id] = readdirSync(join(folder, 'var/snapshots'));
  const ran = await runCommand(commands, ['snapshot', 'restore', join(folder, 'var/snapshots', id!), ...at('copy')]);
  expect(ran.code, ran.stderr).toBe(0);
  const copy = unwrap(openState(join(folder, 'copy/state')));
  expect([copy.profiles.count(), copy.profiles.wanted('new', 200).length]).toEqual([0, 150]);
  await copy.close();
}, 30_000);

test('a store of the language model that does not open keeps nobody from reading the log', async () => {
  const data = join(folder, 'damaged');
  mkdirSync(join(data, 'llm'), { recursive: true });
  writeFileSync(join(data, 'llm/data.mdb'), 'x'.repeat(10_000));
  const args = ['ingest', '--until-end', ...source, ...llm, '--data-dir', data];
  const stopRequested = (): Promise<void> => new Promise(() => undefined);
  const ran = await runCommand(commands, args, { cwd: folder, stopRequested });
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stderr).toMatch(/^waiting: .*llm.*\n {2}hint: .*remove the folder.*\n$/);
  const state = unwrap(openState(join(data, 'state'), { readOnly: true }));
  const speaking = Array.from(state.users.all()).filter(
    ([, { likes, dislikes }]) => likes !== null || dislikes !== null,
  );
  expect([state.films.count(), state.profiles.count()]).toEqual([FILMS, 150]);
  // They are asked about once it opens.
  expect(state.profiles.wanted('model', 150)).toEqual(speaking.map(([user]) => user));
  await state.close();
}, 30_000);

test('an ingest says that the language model does not answer, and reads on without it', async () => {
  const gone = await startChat(() => null);
  await gone.close();
  const silent = ['--llm-url', gone.url, ...llm.slice(2), '--data-dir', join(folder, 'silent')];
  const stopRequested = (): Promise<void> => new Promise(() => undefined);
  const ran = await runCommand(commands, ['ingest', '--until-end', ...source, ...silent], {
    cwd: folder,
    stopRequested,
  });
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stderr).toMatch(
    /^the language model does not answer \(unreachable: .+\); words are read without it meanwhile\n$/,
  );
}, 30_000);

test('a service reads who signs up, and asks the language model that it is given', async () => {
  const places = ['--models-dir', join(folder, 'models')];
  refusesUntilMs = -1;
  const service = await running(folder, 'serve', ...source, ...llm, ...places);
  const speaker = Array.from({ length: 100 }, (_, i) => 200 + i).find((user) => world.user(user)!.likes !== null)!;
  signUp(speaker);
  await withState(async (state) => {
    const film = state.films.indexOf(world.film(7).id);
    await until(() => state.profiles.get(speaker)?.likedFilms.includes(film) ?? false);
    expect(state.profiles.get(speaker)).toMatchObject({ age: world.user(speaker)!.age });
    // Another reader than before: everybody is read anew, too.
    await until(() => state.profiles.waiting() === 0);
    for (const [user, { likes }] of state.users.all()) {
      expect(state.profiles.get(user)!.likedFilms.includes(film)).toBe(likes !== null);
    }
  });
  const metrics = await (await fetch(`${service.admin}/metrics`)).text();
  for (const sample of [
    ...[/^matinee_profiles 151$/m, /^matinee_profile_queue_length 0$/m],
    ...[/^matinee_llm_tokens_total\{direction="input"\} \d+00$/m, /^matinee_llm_spent_usd_total 0\.\d+$/m],
    /^matinee_llm_readings_total\{outcome="answered"\} \d+$/m,
  ]) {
    expect(metrics).toMatch(sample);
  }
  const { code, stderr } = await service.stop();
  expect(code).toBe(0);
  expect(stderr).toMatch(/"failure":\{"code":"not-let-in","detail":"HTTP 401".*the language model does not answer/);
  expect(stderr).toMatch(/the language model answers again/);
}, 60_000);
