/** However strange or slow a client is: it is answered rightly or not at all, its connection ends, and others are served. */

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { listenNode } from '../../src/serve/node-http.js';
import type { Listen, Reply } from '../../src/serve/transport.js';
import { loadNative } from '../../src/serve/uws-native.js';
import { listenUws } from '../../src/serve/uws.js';
import { ask, converse, HOST, type Peer } from '../serve/client.js';
import { shapes, SMUGGLED, type Shape } from '../serve/shapes.js';

/** The promise of the interface, and when a deaf client wakes up to find it kept. */
const ENDED_AFTER_MS = 15_000;
const WAKES_AFTER_MS = 13_500;
const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];

const reply = (body: string): Reply => ({ status: 200, contentType: 'text/plain', headers: [], body });
const here = reply('here');
const large = reply('a'.repeat(16_384));

async function patience(listen: Listen): Promise<void> {
  const seen = new Set<string>();
  const server = unwrap(
    await listen(HOST, 0, (method, path, exchange) => {
      seen.add(method).add(path);
      const send = (): void => exchange.send(path === '/large' ? large : here);
      if (path === '/later') setTimeout(send, 20);
      else send();
    }),
  );
  let waits = true;
  const others = serveOthers(server.port, () => waits);
  const outcomes = await Promise.all(
    Object.entries(shapes).map(async ([name, shape]) => {
      const peer = await converse(server.port, shape.says);
      await act(peer, shape);
      const wrong = peer.statuses().filter((status) => !shape.statuses.includes(status));
      const right = peer.closed() && wrong.length === 0;
      const received = JSON.stringify(peer.received().slice(0, 200));
      return right ? [] : [`${name}: ${peer.closed() ? 'closed' : 'open'} after ${received}`];
    }),
  );
  waits = false;
  await others;
  await server.close();
  expect(outcomes.flat()).toEqual([]);
  expect([...seen].filter((word) => /^[A-Za-z]+$/.test(word) && !METHODS.includes(word))).toEqual([]);
  expect(seen).not.toContain(SMUGGLED);
}

/** Resolves when the server has ended the connection, or should have. */
async function act(peer: Peer, { goesOn, deaf }: Shape): Promise<void> {
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  if (deaf) {
    peer.socket.pause();
    await sleep(WAKES_AFTER_MS);
    peer.socket.resume();
  }
  while (!peer.closed() && elapsed() < ENDED_AFTER_MS) {
    if (goesOn !== undefined) peer.socket.write(goesOn);
    await sleep(1000);
  }
  peer.socket.destroy();
}

async function serveOthers(port: number, waits: () => boolean): Promise<void> {
  while (waits()) {
    expect((await ask(port, '/')).body).toBe('here');
    await sleep(100);
  }
}

describe.concurrent('strange and slow clients end', () => {
  test.skipIf(!loadNative().ok)('on the native transport', () => patience(listenUws));
  test('on the portable transport', () => patience(listenNode));
});
