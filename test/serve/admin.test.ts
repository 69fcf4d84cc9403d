import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { unwrap } from '../../src/core/errors.js';
import { problemSchema } from '../../src/serve/admin-answers.js';
import { hostGuard } from '../../src/core/loopback-host.js';
import { adminOperations } from '../../src/serve/admin-operations.js';
import { startAdminServer, type AdminServer } from '../../src/serve/admin-server.js';
import { madeUpSources } from './admin-sources.js';

const HTML = '<!doctype html><title>Matinee</title>';
let folder: string;
let admin: AdminServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  await writeFile(join(folder, 'index.html'), HTML);
  await writeFile(join(folder, 'main.js'), 'void 0;');
  await writeFile(join(folder, 'notes.txt'), 'not part of the page');
  admin = await start();
});
afterAll(async () => {
  await admin.close();
  await rm(folder, { recursive: true });
});

const start = async (changes = {}, pageFolder = folder): Promise<AdminServer> =>
  unwrap(await startAdminServer({ host: '127.0.0.1', port: 0, pageFolder, sources: madeUpSources(changes) }));

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** The path goes out as it is: `fetch` would resolve `..` away. */
function ask(path: string, options: { method?: string; headers?: Record<string, string>; port?: number } = {}) {
  return new Promise<Reply>((resolve, reject) => {
    const { method = 'GET', headers = {}, port = admin.port } = options;
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

const problemOf = ({ body }: Reply) => problemSchema.parse(JSON.parse(body)).error;

describe('page', () => {
  test('the root is index.html, with headers that keep everything else out', async () => {
    const { status, headers, body } = await ask('/');
    expect(status).toBe(200);
    expect(body).toBe(HTML);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringContaining("default-src 'self'") as string,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-cache',
    });
    expect((await ask('/main.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  test('a browser that has the file is told so', async () => {
    const first = await ask('/main.js');
    const again = await ask('/main.js', { headers: { 'If-None-Match': String(first.headers.etag) } });
    expect(again).toMatchObject({ status: 304, body: '' });
  });

  test.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '//etc/passwd',
    '/notes.txt',
    '/main.js/',
  ])('%s leads nowhere', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  test('a page that was not built says how to build it', async () => {
    const bare = await start({}, join(folder, 'missing'));
    const reply = await ask('/', { port: bare.port });
    await bare.close();
    expect(reply.status).toBe(404);
    expect(problemOf(reply).hint).toContain('npm run build:web');
  });
});

describe('api', () => {
  const operations = adminOperations(madeUpSources());
  const asks = operations.map(({ path, answers }) => [path.replace('{user}', '42'), answers[200]!] as const);

  test.each(asks)('%s answers what its schema says', async (path, answer) => {
    const { status, headers, body } = await ask(path);
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    if (typeof answer === 'string') expect(headers['content-type']).toBe(answer);
    else expect(answer.parse(JSON.parse(body))).toEqual(JSON.parse(body));
  });

  test('the answers also keep the OpenAPI document', async () => {
    const document = JSON.parse((await ask('/openapi.json')).body) as OpenApi;
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(operations.map(({ path }) => path));
    for (const [path, { get }] of Object.entries(document.paths)) {
      const schema = get.responses['200']!.content['application/json']?.schema;
      if (schema === undefined) continue;
      const body: unknown = JSON.parse((await ask(path.replace('{user}', '42'))).body);
      const name = schema.$ref!.replace('#/components/schemas/', '');
      const answer = z.fromJSONSchema(document.components.schemas[name]!);
      expect(answer.safeParse(body)).toMatchObject({ success: true });
      expect(answer.safeParse({ ...(body as object), more: 1 }).success).toBe(false);
    }
  });

  test('not ready is 503 with the checks', async () => {
    const readiness = { ready: false, checks: [{ name: 'model', ok: false, detail: 'none' }] };
    const unready = await start({ readiness: () => readiness });
    const reply = await ask('/readyz', { port: unready.port });
    await unready.close();
    expect(reply.status).toBe(503);
    expect(JSON.parse(reply.body)).toEqual(readiness);
  });

  test.each(['abc', '-1', '', '4%32', '42/1', '12345678901', 'x'.repeat(5000)])(
    'user "%.20s" is refused',
    async (id) => {
      const reply = await ask(`/api/recommend/${id}`);
      expect(reply.status).toBe(400);
      expect(problemOf(reply).message.length).toBeLessThan(80);
      expect(problemOf(reply).hint).toContain('digits');
    },
  );

  test('leading zeros are dropped, a query is ignored', async () => {
    expect(JSON.parse((await ask('/api/recommend/0042?x=1')).body)).toMatchObject({ user: 42, tier: 'personal' });
  });

  test('an operating error is told with its hint', async () => {
    const reply = await ask('/api/recommend/500');
    expect(reply.status).toBe(503);
    expect(problemOf(reply)).toEqual({ message: 'the worker ended while it explained user 500', hint: 'Ask again.' });
  });

  test('a mistake is told and the server goes on', async () => {
    const broken = await start({
      live: () => {
        throw new Error('a mistake');
      },
    });
    const reply = await ask('/api/live', { port: broken.port });
    const next = await ask('/version', { port: broken.port });
    await broken.close();
    expect(reply.status).toBe(500);
    expect(problemOf(reply).message).toContain('a mistake');
    expect(next.status).toBe(200);
  });

  test('users to try, as many as asked for', async () => {
    expect(JSON.parse((await ask('/api/users?limit=2')).body)).toEqual({ users: [42, 7] });
    for (const limit of ['0', '101', '1.5', 'abc']) expect((await ask(`/api/users?limit=${limit}`)).status).toBe(400);
  });
});

describe('http', () => {
  test('unknown paths, other methods, HEAD', async () => {
    expect(problemOf(await ask('/nothing')).hint).toContain('/openapi.json');
    const post = await ask('/version', { method: 'POST' });
    expect(post.status).toBe(405);
    expect(post.headers.allow).toBe('GET, HEAD');
    const head = await ask('/version', { method: 'HEAD' });
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(Number(head.headers['content-length'])).toBeGreaterThan(0);
  });

  test.each(['evil.example', 'evil.example:8083', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1'])(
    'a request for %s is refused',
    async (host) => {
      const reply = await ask('/version', { headers: { Host: host } });
      expect(reply.status).toBe(403);
      expect(problemOf(reply).message).toContain('loopback');
    },
  );

  test.each(['localhost', 'LOCALHOST:8083', '127.0.0.1:1', '127.1.2.3', '[::1]:8083'])(
    '%s is this host',
    async (host) => {
      expect((await ask('/version', { headers: { Host: host } })).status).toBe(200);
    },
  );

  test('bound to another address, every host may ask', () => {
    expect(hostGuard('0.0.0.0')('matinee.example')).toBe(true);
    expect(hostGuard('::1')('matinee.example')).toBe(false);
  });

  test('a port that is taken is an error with a hint', async () => {
    const second = await startAdminServer({
      ...{ host: '127.0.0.1', port: admin.port, pageFolder: folder, sources: madeUpSources() },
    });
    expect(second).toMatchObject({ ok: false, error: { code: 'address-in-use' } });
  });

  test('closing ends connections that are kept alive', async () => {
    const brief = await start();
    const socket = connect(brief.port, '127.0.0.1');
    socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await brief.close();
    await ended;
  });
});

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<
    string,
    { get: { responses: Record<string, { content: Record<string, { schema: { $ref?: string } }> }> } }
  >;
  readonly components: { schemas: Record<string, Record<string, unknown>> };
}
