/** What the routes may rely on, whichever transport carries them: one suite that every `Listen` runs over real sockets. */

import fc from 'fast-check';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import type { Exchange, Handler, Listen, Listening, Reply } from '../../src/serve/transport.js';
import { ask, converse, freePort, head, HOST, type Peer } from './client.js';

/** The paths of the GET requests that were echoed, in the order of the answers. */
const echoed = (peer: Peer): (string | undefined)[] =>
  [...peer.received().matchAll(/GET (\S+?)(?=HTTP|$)/g)].map((match) => match[1]);

const shared = new Uint8Array(new SharedArrayBuffer(4096));

const reply = (status: Reply['status'], body: Reply['body'], headers: readonly string[] = []): Reply => ({
  ...{ status, contentType: 'text/plain; charset=utf-8', headers, body },
});

/** Answers what its path asks for, otherwise method (to HEAD what GET would get) and path as it got them. */
const handler: Handler = (method, path, exchange) => {
  const echo = `${method === 'HEAD' ? 'GET' : method} ${path}`;
  const send = (): void => exchange.send(reply(200, echo, ['X-One', '1', 'X-Two', 'two words']));
  const status = ([404, 405, 503] as const).find((code) => path === `/${code}`);
  if (status !== undefined) exchange.send(reply(status, '', ['Allow', 'GET, HEAD']));
  else if (path === '/empty') exchange.send(reply(200, new Uint8Array(0)));
  else if (path === '/large') exchange.send(reply(200, 'é'.repeat(8192)));
  else if (path === '/shared') sendShared(exchange);
  else if (path.startsWith('/later')) setTimeout(send, 20);
  else send();
};

function sendShared(exchange: Exchange): void {
  const view = shared.subarray(1024, 2048).fill(0x61);
  exchange.send(reply(200, view));
  view.fill(0x62);
}

export function transportContract(name: Listening['transport'], listen: Listen): void {
  const start = async (handle: Handler = handler): Promise<Listening> => unwrap(await listen(HOST, 0, handle));

  describe(`${name} answers`, () => {
    let server: Listening;
    let port: number;
    beforeAll(async () => {
      server = await start();
      port = server.port;
    });
    afterAll(() => server.close());

    test('says which transport it is and which port it got', () => {
      expect(server).toMatchObject({ transport: name, port: expect.any(Number) as number });
      expect(port).toBeGreaterThan(0);
    });

    test('GET with status, content type, length and the headers of the reply', async () => {
      const answer = await ask(port, '/films');
      expect(answer).toMatchObject({ status: 200, body: 'GET /films' });
      expect(answer.headers).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'content-length': '10',
        'x-one': '1',
        'x-two': 'two words',
      });
    });

    test.each(['/404', '/405', '/503', '/empty', '/later', '/shared', '/large'])('HEAD %s like GET', async (path) => {
      const fixed = ({ status, headers }: Awaited<ReturnType<typeof ask>>) => ({
        status,
        headers: { ...headers, date: undefined },
      });
      const [got, headed] = [await ask(port, path), await ask(port, path, { method: 'HEAD' })];
      expect({ ...fixed(headed), body: headed.body }).toEqual({ ...fixed(got), body: '' });
      expect(got.headers['content-length']).toBe(String(Buffer.byteLength(got.body)));
    });

    test('every status a reply may have', async () => {
      for (const status of [404, 405, 503]) {
        const answer = await ask(port, `/${status}`);
        expect(answer.status).toBe(status);
        expect(answer.headers.allow).toBe('GET, HEAD');
      }
    });

    test('a view of shared memory as it was when it was sent', async () => {
      expect((await ask(port, '/shared')).body).toBe('a'.repeat(1024));
    });

    test('the same when the reply before it has to go first', async () => {
      const peer = await converse(port, head('GET /later') + head('GET /shared'));
      await peer.until(() => peer.received().length > 1024 || peer.closed());
      expect(peer.received()).not.toMatch(/b{1024}/);
      peer.socket.destroy();
    });

    test('a reply that is larger than any of ours', async () => {
      expect((await ask(port, '/large')).body).toBe('é'.repeat(8192));
    });

    test('the target as it came, less the query', async () => {
      const asIs = '/%00/%2F/../a//b;c=+1&%C3%A9%FF';
      expect((await ask(port, `${asIs}?user=1?x`)).body).toBe(`GET ${asIs}`);
    });

    test.each(['é中', '\xff\xfe\x80'])('a target with bytes beyond ASCII: %j', async (odd) => {
      for (const method of ['GET', 'HEAD']) {
        const peer = await converse(port, Buffer.from(head(`${method} /${odd}`), 'latin1'));
        await peer.until(() => peer.statuses().length > 0);
        expect(peer.statuses()).toEqual([200]);
        peer.socket.destroy();
      }
    });

    test('a target of 10 kB that arrives at once', async () => {
      expect((await ask(port, `/${'1'.repeat(10_240)}`)).body).toHaveLength(10_245);
    });

    test('a head that arrives in pieces', async () => {
      const peer = await converse(port);
      for (const piece of ['GE', 'T /pieces HT', 'TP/1.1\r\nHo', 'st: test\r\n\r', '\n']) {
        peer.socket.write(piece);
        await sleep(5);
      }
      await peer.until(() => peer.received().endsWith('GET /pieces'));
      peer.socket.destroy();
    });

    test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s, with its name in capitals', async (method) => {
      expect((await ask(port, '/films', { method })).body).toBe(`${method} /films`);
    });

    test.each([
      ['small', { body: 'abc' }],
      ['of 1 MB', { body: Buffer.alloc(2 ** 20) }],
      ['chunked', { body: 'abc', headers: { 'Transfer-Encoding': 'chunked' } }],
      ['announced', { body: 'abc', headers: { Expect: '100-continue' } }],
      ['empty', {}],
    ])('a body, %s, is passed over and the connection goes on', async (_, question) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      try {
        expect((await ask(port, '/405', { method: 'POST', agent, ...question })).status).toBe(405);
        expect((await ask(port, '/films', { agent })).body).toBe('GET /films');
      } finally {
        agent.destroy();
      }
    });

    test('one connection after another request, GET and HEAD, now and later', async () => {
      const peer = await converse(port);
      for (const [i, line] of ['GET /later', 'HEAD /a', 'HEAD /later', 'GET /a', 'HEAD /empty', 'GET /b'].entries()) {
        peer.socket.write(head(line));
        await peer.until(() => peer.statuses().length === i + 1 && peer.received().includes('\r\n\r\n'));
      }
      await peer.until(() => peer.received().endsWith('GET /b'));
      expect(peer.closed()).toBe(false);
      peer.socket.destroy();
    });

    test('pipelined requests in their order', async () => {
      const paths = Array.from({ length: 50 }, (_, i) => `/pipelined/${i}`);
      const peer = await converse(port, paths.map((path) => head(`GET ${path}`)).join(''));
      await peer.until(() => peer.received().endsWith(paths.at(-1)!));
      expect(echoed(peer)).toEqual(paths);
      peer.socket.destroy();
    });

    test('pipelined requests that wait, in their order or by closing', async () => {
      const paths = ['/later/0', '/later/1', '/now/2'];
      const peer = await converse(port, paths.map((path) => head(`GET ${path}`)).join(''));
      await peer.until(() => peer.received().endsWith(paths.at(-1)!) || peer.closed());
      expect(echoed(peer)).toEqual(peer.closed() ? [] : paths);
      peer.socket.destroy();
    });

    test('Connection: close by closing', async () => {
      const peer = await converse(port, head('GET /last', 'Connection: close'));
      await peer.until(() => peer.closed());
      expect(peer.received()).toMatch(/GET \/last$/);
    });

    test('others, while 1,000 connections are idle', async () => {
      const idle: Peer[] = [];
      for (let i = 0; i < 10; i++) {
        idle.push(...(await Promise.all(Array.from({ length: 100 }, () => converse(port)))));
      }
      const answers = await Promise.all(Array.from({ length: 50 }, () => ask(port, '/later')));
      expect(answers.every(({ status }) => status === 200)).toBe(true);
      expect(idle.some((peer) => peer.closed())).toBe(false);
      for (const peer of idle) peer.socket.destroy();
    });

    test('the next client, whatever bytes came before', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 2048 }), fc.boolean(), async (bytes, asHead) => {
          const peer = await converse(port, Buffer.concat([Buffer.from(asHead ? 'GET /' : ''), bytes]));
          peer.socket.end();
          expect((await ask(port, '/next')).body).toBe('GET /next');
          peer.socket.destroy();
        }),
        { numRuns: 50 },
      );
    });
  });

  describe(`${name} lives and ends`, () => {
    test('a client that has gone before its answer is no matter', async () => {
      const waiting: Exchange[] = [];
      const server = await start((_, path, exchange) => {
        if (path === '/wait') waiting.push(exchange);
        else exchange.send(reply(200, 'on'));
      });
      const peers = await Promise.all(Array.from({ length: 20 }, () => converse(server.port, head('GET /wait'))));
      while (waiting.length < peers.length) await sleep(1);
      for (const [i, { socket }] of peers.entries()) {
        if (i % 2 === 0) socket.destroy();
        else socket.resetAndDestroy();
      }
      await sleep(20);
      for (const exchange of waiting) exchange.send(reply(200, 'too late'));
      expect((await ask(server.port, '/')).body).toBe('on');
      await server.close();
    });

    test('only the first reply counts', async () => {
      const server = await start((_method, _path, exchange) => {
        exchange.send(reply(200, 'first'));
        exchange.send(reply(503, 'second'));
      });
      expect(await ask(server.port, '/')).toMatchObject({ status: 200, body: 'first' });
      await server.close();
    });

    test('a client that asks and never reads cannot fill the memory with answers', async () => {
      const answer = reply(200, 'a'.repeat(16_384));
      let answered = 0;
      const server = await start((_method, _path, exchange) => {
        answered += 1;
        exchange.send(answer);
      });
      const peer = await converse(server.port);
      peer.socket.pause();
      const asked = Buffer.from(head('GET /').repeat(100));
      const end = performance.now() + 500;
      while (!peer.closed() && performance.now() < end) {
        peer.socket.write(asked);
        await sleep(1);
      }
      // The buffers of the two sockets take some megabytes.
      expect(answered * 16_384).toBeLessThan(32 * 2 ** 20);
      peer.socket.destroy();
      await server.close();
    });

    test('stopAccepting refuses new connections and lets an open request finish', async () => {
      const server = await start();
      const peer = await converse(server.port, head('GET /later'));
      await sleep(5);
      server.stopAccepting();
      server.stopAccepting();
      await expect(converse(server.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await peer.until(() => peer.received().endsWith('GET /later'));
      await server.close();
    });

    test('close ends connections that are kept alive, and those that wait', { timeout: 3000 }, async () => {
      const waiting: Exchange[] = [];
      const server = await start((_, path, exchange) => {
        if (path === '/wait') waiting.push(exchange);
        else exchange.send(reply(200, 'on'));
      });
      const idle = await converse(server.port, head('GET /'));
      const open = await converse(server.port, head('GET /wait'));
      const silent = await converse(server.port);
      await idle.until(() => idle.received().endsWith('on'));
      while (waiting.length === 0) await sleep(1);
      await server.close();
      await Promise.all([idle, open, silent].map((peer) => peer.until(() => peer.closed())));
      waiting[0]!.send(reply(200, 'too late'));
      await expect(converse(server.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    });

    test('a port can be taken again as soon as it is free', async () => {
      const port = await freePort();
      for (const path of ['/first', '/again']) {
        const server = unwrap(await listen(HOST, port, handler));
        expect((await ask(port, path)).body).toBe(`GET ${path}`);
        await server.close();
      }
    });

    test('an address that is not of this machine is an error', async () => {
      const result = await listen('192.0.2.1', 0, handler);
      expect(result).toMatchObject({ ok: false, error: { code: 'address-in-use', fields: { host: '192.0.2.1' } } });
    });
  });
}
