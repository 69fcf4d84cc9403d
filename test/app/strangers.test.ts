/** Somebody who has only just signed up, over real sockets: from what they say to a list, and on to a personal one. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundledData } from '../../src/app/import.js';
import { commandsFor } from '../../src/cli/commands.js';
import { unwrap } from '../../src/core/errors.js';
import { random } from '../../src/core/random.js';
import { openRegistry, type Registry } from '../../src/registry/registry.js';
import { openState, type State } from '../../src/store/state.js';
import type { StoredProfile } from '../../src/store/profiles.js';
import { runCommand, type Ran } from '../cli/run.js';
import { randomTaste, withColumns } from '../engine/strangers.js';
import { facts } from '../registry/models.js';
import { recommend, running, type Running } from './running.js';

const commands = await commandsFor([]);

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
const models = ['--models-dir', join(folder, 'models')];
const places = ['--data-dir', join(folder, 'var'), ...models];
const run = (...args: string[]): Promise<Ran> => runCommand(commands, args, { cwd: folder });
const STRANGER = 777_001;
const said: StoredProfile = {
  ...{ likedFilms: [], dislikedFilms: [], genres: [[17, 1]], era: { from: 1990, to: 1999 } },
  ...{ popular: null, age: 30, gender: 'F' },
};

let state: State;
let registry: Registry;
let service: Running;
const versions: string[] = [];

beforeAll(async () => {
  await run('import', bundledData, ...places.slice(0, 2));
  await run('train', '--model', 'linear', ...places);
  state = unwrap(openState(join(folder, 'var/state')));
  registry = unwrap(openRegistry(join(folder, 'models')));
  const model = unwrap(registry.load(registry.pointers().current!));
  for (const seed of [1, 2]) versions.push(unwrap(registry.write(withColumns(model, seed), facts(seed))).id);
  unwrap(registry.promote(versions[0]!));
  service = await running(folder, 'serve', ...places);
}, 60_000);

afterAll(async () => {
  await service.stop();
  await Promise.all([state.close(), registry.close()]);
  rmSync(folder, { recursive: true, force: true });
});

test('what somebody says answers them, and what they say next changes the next answer', async () => {
  const popular = await recommend(service, STRANGER);
  expect([popular.status, popular.tier]).toEqual([200, 'popular']);
  state.profiles.put(STRANGER, said);
  const first = await recommend(service, STRANGER);
  expect([first.status, first.tier, first.model]).toEqual([200, 'cold', versions[0]]);
  expect(first.body.split(',')).toHaveLength(20);
  expect(first.body).not.toBe(popular.body);

  const named = state.films.indexOf(first.body.split(',')[0]!);
  const hated = state.films.indexOf(first.body.split(',')[1]!);
  state.profiles.put(STRANGER, { ...said, likedFilms: [named], dislikedFilms: [hated] });
  const second = await recommend(service, STRANGER);
  expect(second.tier).toBe('cold');
  for (const film of [named, hated]) expect(second.body.split(',')).not.toContain(state.films.get(film)!.id);
});

test('a person reads why', async () => {
  const heat = state.films.indexOf('heat+1995');
  state.profiles.put(STRANGER, { ...said, likedFilms: [heat] });
  const printed = await run('recommend', String(STRANGER), ...places);
  expect(printed.stdout).toContain(`user ${STRANGER}: no history`);
  expect(printed.stdout).toContain('cold list');
  expect(printed.stdout).toMatch(/you named Heat/);
  expect(printed.stdout).toMatch(/you like Thriller/);
  expect(printed.stdout).toMatch(/popular with (women|people of 25 to 34)/);
  const json = JSON.parse((await run('recommend', String(STRANGER), '--json', ...places)).stdout) as object;
  expect(json).toMatchObject({ tier: 'cold', model: versions[0], overlay: 0 });
  const page = (await (await fetch(`${service.admin}/api/recommend/${STRANGER}`)).json()) as {
    items: { id: string }[];
  };
  expect(page.items.map(({ id }) => id).join(',')).toBe((await recommend(service, STRANGER)).body);
});

test('no profile whatever breaks an answer, or is answered what it names', async () => {
  const draw = random(11);
  const films = state.films.count();
  const profiles = Array.from({ length: 300 }, (): StoredProfile => {
    const { likedRows, ...rest } = randomTaste(draw, films);
    return {
      ...rest,
      likedFilms: likedRows,
      dislikedFilms: Array.from({ length: draw.integer(4) }, () => draw.integer(films)),
    };
  });
  state.transaction(() => profiles.forEach((profile, i) => state.profiles.put(800_000 + i, profile)));
  for (const [i, { likedFilms, dislikedFilms }] of profiles.entries()) {
    const { status, tier, body } = await recommend(service, 800_000 + i);
    expect(status).toBe(200);
    const ids = body.split(',');
    expect(new Set(ids).size).toBe(20);
    if (tier === 'popular') continue;
    expect(tier).toBe('cold');
    for (const film of [...likedFilms, ...dislikedFilms]) expect(ids).not.toContain(state.films.get(film)!.id);
    for (const id of ids) expect(state.films.get(state.films.indexOf(id))!.listing).not.toBe('missing');
  }
});

test('the next version answers from the same words, with nothing made anew', async () => {
  const before = await recommend(service, STRANGER);
  const stored = state.profiles.count();
  unwrap(registry.promote(versions[1]!));
  let after = before;
  for (const end = Date.now() + 10_000; after.model !== versions[1]; after = await recommend(service, STRANGER)) {
    expect(after.tier).toBe('cold');
    expect(Date.now()).toBeLessThan(end);
    await sleep(20);
  }
  expect(after.tier).toBe('cold');
  expect(after.body).not.toBe(before.body);
  expect([state.profiles.count(), state.profiles.waiting()]).toEqual([stored, 0]);
});

test('after the first film the list is personal', async () => {
  const file = join(folder, 'first.csv');
  writeFileSync(file, `user_id,movie_id,rating,timestamp\n${STRANGER},heat+1995,5,1700000000\n`);
  expect((await run('import', file, ...places.slice(0, 2))).code).toBe(0);
  const answer = await recommend(service, STRANGER);
  expect(answer.tier).toBe('personal');
  expect(answer.body.split(',')).not.toContain('heat+1995');
});

test('operators see how many were answered so', async () => {
  const metrics = await (await fetch(`${service.admin}/metrics`)).text();
  expect(metrics).toMatch(/matinee_recommend_total\{tier="cold",model="[^"]+",arm="control"\} [1-9]/);
  expect(metrics).toMatch(/matinee_http_request_duration_seconds_count\{tier="cold",code="200"\} [1-9]/);
});
