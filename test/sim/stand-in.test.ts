/** The stand-in of the look-up APIs over real HTTP: what it answers, in both styles, and how it fails. */

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { goodBehaviour } from '../../src/sim/api/behaviour.js';
import { startApiStandIn, type ApiStandIn } from '../../src/sim/api/stand-in.js';
import { filmSpelt } from '../../src/sim/catalogue/films.js';
import { readFilmRecord } from '../../src/world/film-record.js';
import { readUserRecord } from '../../src/world/user-record.js';
import { smallWorld } from './small-world.js';

const world = smallWorld();
let api: ApiStandIn;
beforeAll(async () => {
  api = await startApiStandIn(world);
});
afterEach(() => api.behave(goodBehaviour));
afterAll(() => api.close());

const get = (path: string, from = api): Promise<Response> => fetch(`${from.url}${path}`);
const json = async (path: string, from = api): Promise<unknown> => (await get(path, from)).json();
const ids = (records: unknown): string[] => (records as { id: string }[]).map(({ id }) => id);
const moviePath = (from: number, to: number): string => `/movie/${world.ids.slice(from, to).join(',')}`;

test('the same facts are read from both styles', async () => {
  const old = await startApiStandIn(world, { style: 'old' });
  for (let i = 0; i < 60; i++) {
    const { id, title, year, genres, runtime, language, overview, cost } = world.film(i);
    const fields = { id, title, year, genres, runtime, language, overview, cost };
    const user = world.user(i + 1)!;
    const { age, occupation, gender, likes, dislikes } = user;
    for (const from of [api, old]) {
      const film = readFilmRecord(await json(`/movie/${encodeURIComponent(id)}`, from));
      expect(film).toEqual({ fields, violations: [] });
      const person = readUserRecord(await json(`/user/${user.id}`, from));
      expect(person).toEqual({ fields: { user: user.id, age, occupation, gender, likes, dislikes }, violations: [] });
    }
  }
  await old.close();
});

test('one unknown id is 404 with a message, in a list it is left out', async () => {
  const one = await get('/movie/no+such+film+1900');
  expect([one.status, await one.json()]).toEqual([404, { message: 'movie not found' }]);
  expect((await get('/user/2001')).status).toBe(404);
  expect(ids(await json(`/movie/no+such+film+1900,${world.ids[3]!},${world.ids[1]!}`))).toEqual([
    world.ids[3],
    world.ids[1],
  ]);
});

test('up to 200 ids, nothing but GET, no other path', async () => {
  expect(ids(await json(moviePath(0, 200)))).toEqual(world.ids.slice(0, 200));
  expect((await get(moviePath(0, 201))).status).toBe(400);
  expect((await fetch(`${api.url}/movie/a`, { method: 'POST' })).status).toBe(404);
  for (const path of ['/', '/movie/', '/films/a', '/movie/%ff']) expect((await get(path)).status).toBe(404);
});

test('it knows the films a test lets it know', async () => {
  const missing = new Set(['aDdjc1gioFamIk7']);
  const kind = await startApiStandIn(world, {
    film: (id) => (missing.has(id) ? undefined : filmSpelt(world.seed, id)),
  });
  expect(ids(await json('/movie/dark+city+1998,aDdjc1gioFamIk7,+la+mode+1993', kind))).toEqual([
    'dark+city+1998',
    '+la+mode+1993',
  ]);
  await kind.close();
});

test('beyond its rate it answers 429 and says when to come again', async () => {
  await api.behave({ requestsPerSecondMax: 2 });
  const answers = await Promise.all([1, 2, 3, 4].map((id) => get(`/user/${id}`)));
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 200, 429, 429]);
  expect(Number(answers.find(({ status }) => status === 429)!.headers.get('retry-after'))).toBe(1);
});

test('it counts requests, ids and answers', async () => {
  const before = { ...api.counts, answers: { ...api.counts.answers } };
  await get('/user/1,2,3');
  await get('/movie/nothing');
  expect(api.counts.requests - before.requests).toBe(2);
  expect(api.counts.users - before.users).toBe(3);
  expect(api.counts.films - before.films).toBe(1);
  expect(api.counts.answers[200]! - before.answers[200]!).toBe(1);
});

test('refusing, it closes its port and opens the same one again', async () => {
  await api.behave({ state: 'refusing' });
  await expect(get('/user/1')).rejects.toThrow();
  await api.behave({ state: 'up' });
  expect((await get('/user/1')).status).toBe(200);
});

test('hanging, it takes the request and never answers', async () => {
  await api.behave({ state: 'hanging' });
  await expect(fetch(`${api.url}/user/1`, { signal: AbortSignal.timeout(150) })).rejects.toThrow();
});

test('slow, it answers after the delay, and whoever left before gets nothing', async () => {
  await api.behave({ delayMs: 200 });
  const started = performance.now();
  expect((await get('/user/1')).status).toBe(200);
  expect(performance.now() - started).toBeGreaterThan(190);
  await expect(fetch(`${api.url}/user/1`, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
});

test('errors, cut-off bodies and changed types come as told', async () => {
  await api.behave({ errorShare: 1 });
  expect((await get('/user/1')).status).toBeGreaterThanOrEqual(500);
  await api.behave({ errorShare: 0, truncatedShare: 1 });
  for (let i = 0; i < 10; i++) await expect(json(moviePath(0, 20))).rejects.toThrow();
  await api.behave({ truncatedShare: 0, changedTypes: true });
  const film = readFilmRecord(await json(moviePath(0, 1)));
  expect(film.violations.length).toBeGreaterThan(0);
});

test('lists are partial, in another order, or know less, as told', async () => {
  await api.behave({ leftOutShare: 0.5 });
  const partial = ids(await json(moviePath(0, 200)));
  expect(partial.length).toBeGreaterThan(50);
  expect(partial.length).toBeLessThan(150);
  await api.behave({ leftOutShare: 0, unordered: true });
  const mixed = ids(await json(moviePath(0, 200)));
  expect(mixed).not.toEqual(world.ids.slice(0, 200));
  expect([...mixed].sort()).toEqual([...world.ids.slice(0, 200)].sort());
  await api.behave({ unordered: false, unknown: new Set([world.ids[1]!, '7']) });
  expect(ids(await json(moviePath(0, 3)))).toEqual([world.ids[0], world.ids[2]]);
  expect((await get('/user/7')).status).toBe(404);
});
