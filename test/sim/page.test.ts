/** The endpoints for people over real HTTP, beside the look-up APIs: what they answer, and whom they refuse. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApiStandIn, type ApiStandIn } from '../../src/sim/api/stand-in.js';
import { fixedRecommender } from '../../src/sim/grader/fixed.js';
import type { Answer, Recommender } from '../../src/sim/grader/grader.js';
import type { Person, Recommendations, Refusal, SiteFacts, SiteFilm } from '../../src/sim/page/answers.js';
import { createSitePage } from '../../src/sim/page/routes.js';
import { profile, ratingScale, smallSite } from './small-site.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };

let folder: string;
let api: ApiStandIn;
/** What the recommender says in the end. */
let fault: Partial<Answer> = {};
const fixed = fixedRecommender(smallSite().site.world.ids, () => [3, 1, 4]);
const recommender: Recommender = { ...fixed, ask: async (user) => ({ ...(await fixed.ask(user)), ...fault }) };
const { site, visitors, second } = smallSite({ users: 2000, recommender });
const { world } = site;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  await writeFile(join(folder, 'site.html'), '<!doctype html><title>The site</title>');
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Operators</title>');
  await writeFile(join(folder, 'site.js'), 'let x');
  const page = createSitePage({ site, visitors, ratingScale, pageFolder: folder });
  api = await startApiStandIn(world, { user: visitors.profile, page });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

interface Reply<T> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: T;
}

/** A string goes as it is. */
function ask<T = Refusal>(
  method: string,
  path: string,
  body?: unknown,
  headers: object = JSON_TYPE,
): Promise<Reply<T>> {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(api.url);
    const asking = request({ hostname, port, method, path, headers: { ...headers }, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => {
        const isJson = response.headers['content-type']?.startsWith('application/json');
        const parsed = (isJson && text !== '' ? JSON.parse(text) : undefined) as T;
        resolve({ status: response.statusCode!, headers: response.headers, text, body: parsed });
      });
    });
    asking.on('error', reject);
    asking.end(body === undefined ? undefined : sent);
  });
}

const signUp = async (): Promise<number> => (await ask<Person>('POST', '/site/sign-up', profile)).body.user;

test('a person signs up, gets a list, watches, rates, and all of it is in the log and in the user API', async () => {
  const signedUp = await ask<Person>('POST', '/site/sign-up', { ...profile, dislikes: ' ' });
  expect(signedUp).toMatchObject({ status: 201, body: { did: [] } });
  const { user } = signedUp.body;
  const list = await ask<Recommendations>('GET', `/site/${user}/recommendations`);
  const { id, title, year, genres, runtime } = world.film(3);
  expect(list).toMatchObject({ status: 200, body: { status: 200, problem: null, model: 'fixed', tier: null } });
  expect(list.body.films.map((film) => film.id)).toEqual([3, 1, 4].map((film) => world.ids[film]));
  expect(list.body.films[0]).toEqual({ id, title, year, genres, runtime });

  expect((await ask('POST', `/site/${user}/watch`, { film: id, minutes: 2 })).status).toBe(200);
  const rated = await ask<Person>('POST', `/site/${user}/rate`, { film: id, rating: 4 });
  expect(rated.body.did.map(({ kind, value, film }) => [kind, value, film.id])).toEqual([
    ['rated', 4, id],
    ['watched', 2, id],
  ]);
  expect((await ask<Person>('GET', `/site/${user}`)).body).toEqual(rated.body);

  const kinds = second()
    .filter((line) => line.includes(`,${user},`))
    .map((line) => /create_account|recommendation request|\/data\/m\/|\/rate\//.exec(line)![0]);
  expect(kinds).toEqual(['create_account', 'recommendation request', '/data/m/', '/data/m/', '/data/m/', '/rate/']);
  expect((await ask('GET', `/user/${user}`)).body).toMatchObject({
    ...{ user_id: user, age: profile.age, occupation: profile.occupation, gender: profile.gender },
    ...{ self_description_likes: profile.likes, self_description_dislikes: null },
  });
});

test('it tells what the page has to know, and finds films by their titles', async () => {
  const facts = await ask<SiteFacts>('GET', '/site');
  expect(facts.body).toMatchObject({ ratingScale, films: world.ids.length });
  expect(facts.body.occupations).toHaveLength(21);
  for (const index of [0, 17, 42]) {
    const { id, title } = world.film(index);
    const q = encodeURIComponent(title.toUpperCase().slice(0, -1));
    const { films } = (await ask<{ films: SiteFilm[] }>('GET', `/site/films?q=${q}`)).body;
    expect(films.map((film) => film.id)).toContain(id);
  }
  for (const q of ['', '%20', '%E9', 'no+such+film+at+all', '(.*)', '%']) {
    expect((await ask('GET', `/site/films?q=${q}`)).body).toEqual({ films: [] });
  }
});

test('an answer that is no list is told', async () => {
  const user = await signUp();
  fault = { status: 0, films: [], result: 'Connection refused: 127.0.0.1:8082', model: undefined };
  const { status, body } = await ask<Recommendations>('GET', `/site/${user}/recommendations`);
  fault = {};
  expect(status).toBe(200);
  expect(body).toMatchObject({ status: 0, films: [], problem: 'Connection refused: 127.0.0.1:8082', model: null });
});

describe('what is refused', () => {
  const film = world.ids[5]!;
  test.each([
    ['sign-up', { ...profile, age: '34' }, 'age must be a whole number of years'],
    ['sign-up', { ...profile, age: 0 }, 'age must be'],
    ['sign-up', { ...profile, gender: 'X' }, 'gender must be F or M'],
    ['sign-up', { ...profile, occupation: 'wizard' }, 'occupation must be one of: college/grad student'],
    ['sign-up', { ...profile, likes: 'x'.repeat(2001) }, 'likes must be at most 2000 characters'],
    ['sign-up', { ...profile, likes: 7 }, 'likes must be text'],
    ['sign-up', {}, 'age must be'],
    ['sign-up', [], 'the body must be a JSON object'],
    ['sign-up', '{"age":', 'the body is not JSON'],
    ['sign-up', '', 'the body is not JSON'],
    ['USER/watch', { film, minutes: -1 }, 'minutes must be at least 0'],
    ['USER/watch', { film, minutes: 1.5 }, 'minutes must be a whole number'],
    ['USER/watch', { film, minutes: 5000 }, 'minutes must be at most'],
    ['USER/watch', { film: 'no+film', minutes: 1 }, 'film is not in the catalogue'],
    ['USER/watch', { film: 5, minutes: 1 }, 'film must be the id of a film'],
    ['USER/rate', { film, rating: 0 }, 'rating must be at least 1'],
    ['USER/rate', { film, rating: 6 }, 'rating must be at most 5'],
  ])('POST %s %j', async (path, body, message) => {
    const reply = await ask('POST', `/site/${path.replace('USER', String(await signUp()))}`, body);
    expect(reply.status).toBe(400);
    expect(reply.body.message).toContain(message);
  });

  test('who did not sign up here', async () => {
    for (const [method, path, body] of [
      ['GET', 'recommendations', undefined],
      ['POST', 'watch', { film, minutes: 1 }],
      ['POST', 'rate', { film, rating: 1 }],
    ] as const) {
      const { status, body: refusal } = await ask(method, `/site/7/${path}`, body);
      expect([status, refusal.message]).toEqual([400, 'nobody signed up here as user 7']);
    }
    expect((await ask('GET', '/site/7')).status).toBe(404);
  });

  test('a body that is too long, or of another type', async () => {
    const long = await ask('POST', '/site/sign-up', { ...profile, likes: 'x'.repeat(17_000) });
    expect([long.status, long.body.message]).toEqual([400, 'the body is longer than 16384 bytes']);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', undefined]) {
      const headers = type === undefined ? {} : { 'Content-Type': type };
      expect((await ask('POST', '/site/sign-up', profile, headers)).status).toBe(400);
    }
  });

  test.each([
    { Origin: 'http://elsewhere.example' },
    { Origin: 'null' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Host: 'elsewhere.example' },
  ])('requests of another page: %j', async (headers) => {
    const user = await signUp();
    const people = visitors.guests().length;
    expect((await ask('POST', '/site/sign-up', profile, { ...JSON_TYPE, ...headers })).status).toBe(403);
    expect((await ask('GET', `/site/${user}/recommendations`, undefined, headers)).status).toBe(403);
    expect(visitors.guests()).toHaveLength(people);
  });

  test('but not those of its own', async () => {
    const headers = { ...JSON_TYPE, Origin: api.url, 'Sec-Fetch-Site': 'same-origin' };
    expect((await ask('POST', '/site/sign-up', profile, headers)).status).toBe(201);
  });

  test('other methods and paths', async () => {
    const posted = await ask('POST', '/site', {});
    expect([posted.status, posted.headers.allow]).toEqual([405, 'GET']);
    expect((await ask('GET', '/site/sign-up')).status).toBe(405);
    expect((await ask('POST', '/', {})).status).toBe(405);
    for (const path of ['/site/', '/site/../user/1', '/site/x/watch', '/site/7/recommendations/']) {
      expect((await ask('GET', path)).status).toBe(404);
    }
  });
});

test('the page has its own files, safe headers and validators, and leaves the look-up APIs theirs', async () => {
  const page = await ask('GET', '/');
  expect([page.status, page.text]).toEqual([200, '<!doctype html><title>The site</title>']);
  expect(page.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  expect((await ask('GET', '/', undefined, { 'If-None-Match': page.headers.etag })).status).toBe(304);
  expect((await ask('GET', '/site.js')).text).toBe('let x');
  for (const path of ['/index.html', '/../package.json', '//site', '/user/', '/sitemap', '//[']) {
    expect((await ask('GET', path)).body).toEqual({ message: 'no such path' });
  }
  expect((await ask('GET', '/user/1')).body).toMatchObject({ user_id: 1 });
});

test('without a built page the endpoints are there', async () => {
  const page = createSitePage({ site, visitors, ratingScale, pageFolder: join(folder, 'none') });
  const bare = await startApiStandIn(world, { page });
  expect((await fetch(bare.url)).status).toBe(404);
  expect((await fetch(`${bare.url}/site`)).status).toBe(200);
  await bare.close();
});
