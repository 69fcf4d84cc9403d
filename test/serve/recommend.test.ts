/** The public paths below the transport: who gets which rung, under which headers, and what is told to those who watch. */

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answers, type AnswerEvent, type Miss } from '../../src/core/channels.js';
import type { EngineRequest, Route } from '../../src/engine/dispatcher.js';
import type { Resident, Residents } from '../../src/engine/residents.js';
import { assign } from '../../src/serve/assign.js';
import { createLadder } from '../../src/serve/ladder.js';
import { readinessOf, type Readiness } from '../../src/serve/readiness.js';
import { createRecommend } from '../../src/serve/recommend.js';
import { createRoutes } from '../../src/serve/routes.js';
import type { Reply } from '../../src/serve/transport.js';

const MISSES: readonly Miss[] = ['no-history', 'unsolved', 'no-model', 'overloaded', 'deadline', 'worker-died'];
const resident = { version: '20260101-000000-abcdef', overlay: 3 } as Resident;
const ready: Readiness = readinessOf([{ name: 'model', ok: true, detail: resident.version }]);

type Submit = (route: Route, request: EngineRequest) => void;

interface Asked {
  readonly replies: readonly Reply[];
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A service of one engine, a ladder with `popular` on it, and a way to ask. */
function service(submit: Submit, current: Resident | null = resident, readiness = ready) {
  const residents = { get: () => current ?? undefined } as Partial<Residents> as Residents;
  const ladder = createLadder();
  ladder.setPopular(['popular+1', 'popular+2']);
  const routes = createRoutes(createRecommend({ engine: { submit, residents }, assign, ladder }), () => readiness);
  const ask = (method: string, path: string): Asked => {
    const replies: Reply[] = [];
    routes(method, path, { send: (reply) => replies.push(reply) });
    const [{ body, headers }] = replies as [Reply];
    const pairs = headers.flatMap((name, i) => (i % 2 === 0 ? [[name, headers[i + 1]!] as const] : []));
    return { replies, body: Buffer.from(body as Uint8Array).toString(), headers: Object.fromEntries(pairs) };
  };
  return { ask, ladder };
}

const personal: Submit = (_, request) =>
  request.answered('personal', Buffer.from(`film+of+${request.user}`), { version: resident.version, overlay: 3 });
const missing =
  (miss: Miss): Submit =>
  (_, request) =>
    request.missed(miss);
const unreachable: Submit = () => expect.unreachable('an invalid id does not reach the engine');

let told: AnswerEvent[] = [];
let stopListening: () => void;
beforeEach(() => {
  told = [];
  stopListening = answers.subscribe((event) => told.push({ ...event }));
});
afterEach(() => {
  stopListening();
});

describe('a user', () => {
  test.each([
    ['42', 42],
    ['0', 0],
    ['0000000042', 42],
    ['9999999999', 9_999_999_999],
  ])('%s gets the answer of the engine for user %d', (id, user) => {
    const { replies, body, headers } = service(personal).ask('GET', `/recommend/${id}`);
    expect(replies).toHaveLength(1);
    expect(replies[0]).toMatchObject({ status: 200, contentType: 'text/plain; charset=utf-8' });
    expect(body).toBe(`film+of+${user}`);
    expect(headers).toMatchObject({ 'X-Tier': 'personal', 'X-Model-Version': resident.version, 'X-Arm': 'control' });
    expect(headers['X-Overlay']).toBe('3');
  });

  test('is counted with tier, model, arm and the time it took', () => {
    service(personal).ask('GET', '/recommend/42');
    const expected = { tier: 'personal', code: 200, model: resident.version, arm: 'control', miss: undefined };
    expect(told).toEqual([{ ...expected, seconds: expect.any(Number) as number }]);
    expect(told[0]!.seconds).toBeGreaterThanOrEqual(0);
  });

  test('without a history is told by the tier when the engine answered from what they say', () => {
    const cold: Submit = (_, request) => request.answered('cold', Buffer.from('film+1'), resident);
    const { body, headers } = service(cold).ask('GET', '/recommend/42');
    expect([body, headers['X-Tier']]).toEqual(['film+1', 'cold']);
    expect(told).toMatchObject([{ tier: 'cold', code: 200, miss: undefined }]);
  });

  test('goes where the assignment says', () => {
    const routes: Route[] = [];
    const remember: Submit = (route, request) => {
      routes.push(route);
      personal(route, request);
    };
    service(remember).ask('GET', '/recommend/42');
    expect(routes).toEqual([assign(42).route]);
  });

  test.each(MISSES)('without a personal answer (%s) gets the next rung', (miss) => {
    const { replies, body, headers } = service(missing(miss)).ask('GET', '/recommend/42');
    expect(replies).toHaveLength(1);
    expect(replies[0]!.status).toBe(200);
    expect(body).toBe('popular+1,popular+2');
    expect(headers).toMatchObject({ 'X-Tier': 'popular', 'X-Model-Version': resident.version, 'X-Arm': 'control' });
    expect(headers['X-Overlay']).toBe('3');
    expect(told).toMatchObject([{ tier: 'popular', code: 200, miss }]);
  });
});

describe('the ladder', () => {
  test('goes from popular to static to nothing', () => {
    const { ask, ladder } = service(missing('no-history'));
    ladder.setStatic(['static+1']);
    ladder.setPopular([]);
    expect(ask('GET', '/recommend/42')).toMatchObject({ body: 'static+1', headers: { 'X-Tier': 'static' } });
    ladder.setStatic([]);
    expect(ask('GET', '/recommend/42')).toMatchObject({ body: '', headers: { 'X-Tier': 'static' } });
  });

  test('keeps ids as they are, accents and all, on one line without an end', () => {
    const { ask, ladder } = service(missing('no-history'));
    ladder.setPopular(['...and+justice+for+all+1979', "schindler's+list+1993", 'amélie+2001']);
    expect(ask('GET', '/recommend/42').body).toBe("...and+justice+for+all+1979,schindler's+list+1993,amélie+2001");
  });

  test('says so when there is no model', () => {
    const { headers } = service(missing('no-model'), null).ask('GET', '/recommend/42');
    expect(headers).toMatchObject({ 'X-Model-Version': 'none', 'X-Overlay': '0' });
  });
});

describe('an invalid id', () => {
  const expectPopular = (id: string): void => {
    const { replies, body, headers } = service(unreachable).ask('GET', `/recommend/${id}`);
    expect(replies).toHaveLength(1);
    expect(replies[0]!.status).toBe(200);
    expect(body).toBe('popular+1,popular+2');
    expect(headers).toMatchObject({ 'X-Tier': 'popular', 'X-Arm': 'none' });
    expect(told.at(-1)).toMatchObject({ tier: 'popular', code: 200, miss: 'invalid-id' });
  };

  test.each(
    [
      'abc',
      '-1',
      '1e9',
      '',
      '%00',
      '%34%32',
      'é中',
      '\ufffd\ufffd',
      '٤٢',
      '1/2',
      '42/',
      '+1',
      ' 42',
      '42 ',
      '42.0',
    ].concat([
      '12345678901',
      '00000000042',
      '1'.repeat(10_240),
      '../healthz',
      'null',
      'undefined',
      '__proto__',
      'constructor',
    ]),
  )('%j gets the popular list and is counted', expectPopular);

  test('of any other kind as well', () => {
    const id = fc.string({ unit: 'binary' }).filter((text) => !/^[0-9]{1,10}$/.test(text));
    fc.assert(fc.property(id, expectPopular));
  });
});

test('no two answers share a request id', () => {
  const { ask } = service(personal);
  const ids = Array.from({ length: 1000 }, (_, i) => ask('GET', `/recommend/${i}`).headers['X-Request-Id']);
  expect(new Set(ids).size).toBe(1000);
  expect(ids.every((id) => /^[\w-]{8}-[0-9a-z]+$/.test(id!))).toBe(true);
});

describe('other paths and methods', () => {
  const { ask } = service(personal);
  const status = (method: string, path: string): number => ask(method, path).replies[0]!.status;

  test.each(['/', '/recommend', '/recommendations/42', '/Recommend/42', '//recommend/42', '/metrics', '', '*'])(
    '%j is not found, whatever the method',
    (path) => {
      expect([status('GET', path), status('HEAD', path), status('POST', path)]).toEqual([404, 404, 404]);
    },
  );

  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])('%s is not allowed', (method) => {
    for (const path of ['/recommend/42', '/healthz', '/readyz']) {
      expect(status(method, path)).toBe(405);
      expect(ask(method, path).headers).toEqual({ Allow: 'GET, HEAD' });
    }
    expect(told).toEqual([]);
  });

  test('HEAD is answered like GET', () => {
    expect(ask('HEAD', '/recommend/42').body).toBe('film+of+42');
  });
});

describe('health', () => {
  test('alive', () => {
    expect(service(personal).ask('GET', '/healthz')).toMatchObject({ replies: [{ status: 200 }], body: 'ok' });
  });

  test('ready, and not ready with the reason', () => {
    const failed = readinessOf([...ready.checks, { name: 'state', ok: false, detail: 'no films yet' }]);
    for (const [state, status] of [[ready, 200] as const, [failed, 503] as const]) {
      const { replies, body } = service(personal, resident, state).ask('GET', '/readyz');
      expect(replies[0]).toMatchObject({ status, contentType: 'application/json; charset=utf-8' });
      expect(JSON.parse(body)).toEqual(state);
    }
  });
});
