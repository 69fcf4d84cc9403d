/** The client against a real server that misbehaves in every way we know of: always a value, never an exception. */

import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { upstream } from '../../src/core/channels.js';
import { readAnswer } from '../../src/ingest/api-answer.js';
import { createApiClient, LIST_IDS_MAX, listsOf, type ApiClient } from '../../src/ingest/api-client.js';
import type { LookupKind } from '../../src/store/lookups.js';
import { recordsOf, startApi, type ApiServer, type Reply } from './api-server.js';

let server: ApiServer | undefined;
let client: ApiClient | undefined;

afterEach(async () => {
  client?.close();
  await server?.close();
  server = client = undefined;
});

async function serve(kind: LookupKind, reply: Reply, timeoutMs = 5_000): Promise<ApiClient> {
  server = await startApi(reply);
  client = createApiClient({ kind, url: server.url, rate: 1_000, timeoutMs });
  return client;
}

const film = (id: string) => ({ id, title: id.toUpperCase(), genres: [], release_date: '1999-01-01', runtime: 100 });
const films = (...ids: string[]) => new Map(ids.map((id) => [id, film(id)]));
const user = (id: number) => ({ user_id: id, age: 30 });

test('one id gives an object, several a list, in any order', async () => {
  const known = films('a+1999', 'b+1999', 'c+1999');
  const api = await serve('film', (ids, ...rest) => {
    const value = recordsOf(known, 'movie')(ids, ...rest);
    return Array.isArray(value) ? value.reverse() : value;
  });
  const one = await api.look(['a+1999']);
  expect([...one.found.keys()]).toEqual(['a+1999']);
  const several = await api.look(['a+1999', 'b+1999', 'c+1999', 'a+1999']);
  expect(several.found.get('b+1999')).toMatchObject({ id: 'b+1999', title: 'B+1999', year: 1999, runtime: 100 });
  expect(several).toMatchObject({ missing: [], open: [], violations: [] });
  expect(several.failure).toBeUndefined();
  expect(server!.asked.at(-1)).toEqual(['a+1999', 'b+1999', 'c+1999']);
  expect(server!.paths[0]).toBe('/movie/a%2B1999');
});

test('users are asked for under their own path, and answer with numbers or text', async () => {
  const api = await serve('user', () => [user(7), { user_id: '8', age: '31' }]);
  const outcome = await api.look(['7', '8']);
  expect(outcome.found.get('7')).toMatchObject({ user: 7, age: 30 });
  expect(outcome.found.get('8')).toMatchObject({ user: 8, age: 31 });
  expect(server!.paths).toEqual(['/user/7,8']);
});

test('a list may leave out anybody: what is left out stays open, and only asked for alone it is missing', async () => {
  const api = await serve('film', recordsOf(films('a+1999'), 'movie'));
  expect(await api.look(['a+1999', 'x', 'y'])).toMatchObject({ missing: [], open: ['x', 'y'] });
  expect(await api.look(['x', 'y'])).toMatchObject({ missing: [], open: ['x', 'y'] });
  const alone = await api.look(['x']);
  expect(alone).toMatchObject({ missing: ['x'], open: [], violations: [] });
  expect(alone.failure).toBeUndefined();
});

test('a message says missing as well as a status does', async () => {
  const api = await serve('user', () => ({ message: 'User not found' }));
  expect(await api.look(['7'])).toMatchObject({ missing: ['7'], open: [], violations: [] });
  expect(await api.look(['7', '8'])).toMatchObject({ missing: [], open: ['7', '8'] });
});

test('a message in the place of a record is no violation', async () => {
  const api = await serve('film', () => [film('a+1999'), { message: 'movie not found' }]);
  const outcome = await api.look(['a+1999', 'x']);
  expect(outcome).toMatchObject({ missing: [], open: ['x'], violations: [] });
  expect([...outcome.found.keys()]).toEqual(['a+1999']);
});

test('long lists are cut by number and by the length of the address', async () => {
  const api = await serve('film', (ids) => (ids.length === 1 ? film(ids[0]!) : ids.map(film)));
  const ids = Array.from({ length: 450 }, (_, i) => `film+${i}+1999`);
  expect((await api.look(ids)).found.size).toBe(450);
  expect(server!.asked.map(({ length }) => length)).toEqual([200, 200, 50]);

  const long = Array.from({ length: 60 }, (_, i) => `${'+'.repeat(200)}${i}`);
  expect((await api.look(long)).found.size).toBe(60);
  expect(Math.max(...server!.paths.map(({ length }) => length))).toBeLessThanOrEqual(6_100);
});

test('every list is within bounds and no id is lost', () => {
  const id = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 255 });
  fc.assert(
    fc.property(fc.array(id, { maxLength: 500 }), (ids) => {
      const lists = listsOf(ids);
      expect(new Set(lists.flat())).toEqual(new Set(ids));
      for (const list of lists) {
        expect(list.length).toBeLessThanOrEqual(LIST_IDS_MAX);
        expect(list.map(encodeURIComponent).join(',').length).toBeLessThanOrEqual(6_000);
      }
    }),
  );
});

test('an id cannot change the address it is asked for at', async () => {
  const ids = ['a:b@c', "!$'()*", '~^|{}[]', ';x', '...', '..', '.'];
  const api = await serve('film', (asked) => (asked.length === 1 ? film(asked[0]!) : asked.map(film)));
  const outcome = await api.look(ids);
  expect([...outcome.found.keys()]).toEqual(ids.slice(0, 5));
  expect(outcome.missing).toEqual(['..', '.']);
  expect(server!.paths.every((path) => /^\/movie\/[^/?#]+$/.test(path))).toBe(true);
});

const status =
  (code: number, headers: Record<string, string> = {}, body = ''): Reply =>
  (_, response) => {
    response.writeHead(code, headers).end(body);
  };
const body =
  (text: string | Buffer): Reply =>
  (_, response) => {
    response.end(text);
  };

test.each<[string, Reply, string, number, RegExp]>([
  ['429', status(429), 'rate-limited', 0, /429/],
  ['429 in seconds', status(429, { 'retry-after': '7' }), 'rate-limited', 7_000, /429/],
  ['429 for a year', status(429, { 'retry-after': '31536000' }), 'rate-limited', 600_000, /429/],
  ['500', status(500, {}, JSON.stringify(film('a+1999'))), 'server-error', 0, /500/],
  ['503', status(503, { 'retry-after': '2' }), 'server-error', 2_000, /503/],
  ['401', status(401), 'bad-answer', 0, /401/],
  ['a redirect', status(302, { location: '/movie/b' }), 'bad-answer', 0, /302/],
  ['no JSON', body('<html>sign in</html>'), 'bad-answer', 0, /no JSON/],
  ['an empty body', body(''), 'bad-answer', 0, /no JSON/],
  ['JSON cut off', body('{"id":"a+1999","tit'), 'bad-answer', 0, /no JSON/],
  ['invalid UTF-8', body(Buffer.from([0xff, 0xfe])), 'bad-answer', 0, /no JSON/],
  ['null', body('null'), 'bad-answer', 0, /no JSON object/],
  ['a number', body('7'), 'bad-answer', 0, /no JSON object/],
  ['wrong types', body('{"id":7,"title":8}'), 'bad-answer', 0, /id is no text/],
  ['somebody else', body('{"id":"b+1999"}'), 'bad-answer', 0, /nobody asked/],
  ['a flood of records', body('[{},{},{}]'), 'bad-answer', 0, /3 records for 1 ids/],
  ['16 MiB and more', body(Buffer.alloc(17 * 1024 * 1024, ' ')), 'bad-answer', 0, /above 16777216 bytes/],
])('%s is a failure, and the id stays open', async (_, reply, code, retryAfterMs, detail) => {
  const api = await serve('film', reply);
  const outcome = await api.look(['a+1999']);
  expect(outcome).toMatchObject({ missing: [], open: ['a+1999'], failure: { code, retryAfterMs } });
  expect(outcome.failure!.detail).toMatch(detail);
  expect(outcome.found.size).toBe(0);
});

test('an answer that stops in the middle, at once or by silence', async () => {
  const cut = async (reply: Reply) => (await (await serve('film', reply, 300)).look(['a+1999'])).failure;
  const half = (response: ServerResponse) => response.writeHead(200, { 'content-length': '1000' }).write('{"id":"a');

  expect(await cut((_, response) => void half(response))).toMatchObject({ code: 'timeout' });
  await server!.close();
  expect(await cut(() => undefined)).toMatchObject({ code: 'timeout', detail: 'no answer within 300 ms' });
  await server!.close();
  expect(
    await cut((_, response) => {
      half(response);
      setTimeout(() => response.destroy(), 50);
    }),
  ).toMatchObject({ code: 'bad-answer' });
  await server!.close();
  expect(await cut((_, response) => void response.destroy())).toMatchObject({ code: 'bad-answer' });
});

test('nobody listens, or nobody of that name', async () => {
  const unused = createServer().listen(0, '127.0.0.1');
  await once(unused, 'listening');
  const { port } = unused.address() as AddressInfo;
  unused.close();
  await once(unused, 'close');
  const look = (url: string) => createApiClient({ kind: 'user', url, rate: 10, timeoutMs: 5_000 }).look(['7']);
  expect((await look(`http://127.0.0.1:${port}`)).failure).toMatchObject({
    code: 'unreachable',
    detail: 'ECONNREFUSED',
  });
  expect((await look('http://nobody.invalid')).failure?.code).toBe('unreachable');
});

test('the first failure ends the call: the server is not asked for the rest', async () => {
  const api = await serve('user', (ids, response) => {
    if (server!.asked.length === 2) response.statusCode = 503;
    return ids.map((id) => user(Number(id)));
  });
  const ids = Array.from({ length: 600 }, (_, i) => String(i));
  const outcome = await api.look(ids);
  expect(outcome.found.size).toBe(200);
  expect(outcome.open).toEqual(ids.slice(200));
  expect(outcome.failure?.code).toBe('server-error');
  expect(server!.asked).toHaveLength(2);
});

test('a broken field is a violation, a broken record leaves its id open, and both are shown', async () => {
  const api = await serve('film', () => [
    { ...film('a+1999'), runtime: 'long' },
    { ...film('b+1999'), id: 7 },
    film('c+1999'),
    film('c+1999'),
  ]);
  const outcome = await api.look(['a+1999', 'b+1999', 'c+1999']);
  expect(outcome.failure).toBeUndefined();
  expect([...outcome.found.keys()]).toEqual(['a+1999', 'c+1999']);
  expect(outcome.open).toEqual(['b+1999']);
  expect(outcome.violations).toEqual([
    { id: 'a+1999', what: 'runtime is no number', sample: '"long"' },
    { id: '', what: 'id is no text', sample: '7' },
    { id: 'c+1999', what: 'record came twice', sample: '"c+1999"' },
  ]);
});

test('requests are counted and told by code', async () => {
  const told: string[] = [];
  const end = upstream.subscribe(({ api, code }) => told.push(`${api} ${code}`));
  const codes = [200, 404, 429, 503, 200];
  const api = await serve('user', (_, response) => {
    response.statusCode = codes.shift()!;
    return codes.length === 0 ? 'no record' : user(7);
  });
  for (let i = 0; i < 5; i++) await api.look(['7']);
  end();
  expect(told).toEqual(['user 200', 'user 404', 'user 429', 'user 503', 'user bad-answer']);
  expect(Object.fromEntries(api.requests())).toEqual({ 200: 1, 404: 1, 429: 1, 503: 1, 'bad-answer': 1 });
});

test('requests keep to the rate, and go slower after every 429', async () => {
  let isBusy = false;
  server = await startApi((_, response) => {
    if (isBusy) response.statusCode = 429;
    return user(7);
  });
  client = createApiClient({ kind: 'user', url: server.url, rate: 20, timeoutMs: 1_000 });
  const secondsFor = async (requests: number) => {
    const begin = performance.now();
    for (let i = 0; i < requests; i++) await client!.look(['7']);
    return (performance.now() - begin) / 1000;
  };
  // A second's worth is there from the start: 28 requests take at least 0.4 s, less what timers are early.
  expect(await secondsFor(28)).toBeGreaterThan(0.35);
  isBusy = true;
  await secondsFor(3);
  expect(await secondsFor(1)).toBeGreaterThan(0.3); // an eighth of the rate: 0.4 s
});

test('closing ends a request in flight and one that waits for its turn', async () => {
  const api = await serve('user', () => undefined, 60_000);
  const inFlight = api.look(['7']);
  while (server!.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  api.close();
  expect((await inFlight).failure).toMatchObject({ code: 'unreachable', detail: 'closed' });
  expect((await api.look(['7'])).failure).toMatchObject({ code: 'unreachable', detail: 'closed' });

  const slow = createApiClient({ kind: 'user', url: server!.url, rate: 0.001, timeoutMs: 200 });
  await slow.look(['7']);
  const waits = slow.look(['8']);
  slow.close();
  expect((await waits).failure).toMatchObject({ code: 'unreachable' });
  expect(server!.asked.flat()).not.toContain('8');
});

test('whatever an answer says, every id is found, missing or open', () => {
  const asked = fc.uniqueArray(fc.constantFrom('1', '2', '3'), { minLength: 1 });
  const record = fc.oneof(
    fc.jsonValue(),
    fc.record({ user_id: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.string()) }),
  );
  const text = fc.oneof(
    fc.string(),
    fc.oneof(record, fc.array(record)).map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(asked, fc.integer({ min: 200, max: 599 }), text, (ids, code, answer) => {
      const { found, missing, open } = readAnswer('user', ids, { status: code, retryAfterMs: 0, body: answer });
      expect([...found.keys(), ...missing, ...open].sort()).toEqual([...ids].sort());
      if (ids.length > 1) expect(missing).toEqual([]);
    }),
  );
});
