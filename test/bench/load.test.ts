/** The load's own figures: due times, failures, tiers and framing, against a server that misbehaves on purpose. */

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { quantile } from '../../src/observe/latency-histogram.js';
import { openConnection, type Answered } from '../../bench/load/connection.js';
import { runLoad } from '../../bench/load/run.js';
import { createTally } from '../../bench/load/tally.js';

let server: Server;

async function serve(answer: (response: ServerResponse, count: number) => void): Promise<number> {
  let count = 0;
  server = createServer((_, response) => {
    answer(response, count++);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const ask = async (port: number): Promise<Answered> => {
  const connection = await openConnection(port);
  const answer = await new Promise<Answered>((resolve) => {
    connection.send('GET /recommend/1 HTTP/1.1\r\nHost: test\r\n\r\n', resolve);
  });
  connection.close();
  return answer;
};

test('a body that comes in pieces is one answer, its tier read from the headers', async () => {
  const port = await serve((response) => {
    response.writeHead(200, { 'X-Tier': 'personal', 'Content-Length': 6 });
    response.write('abc');
    setTimeout(() => response.end('def'), 20);
  });
  expect(await ask(port)).toEqual({ ok: true, personal: true });
});

test('a status other than 200 and a closed connection are failures', async () => {
  const port = await serve((response, count) => {
    if (count > 0) response.destroy();
    else response.writeHead(503, { 'Content-Length': 1 }).end('x');
  });
  expect(await ask(port)).toMatchObject({ ok: false });
  expect(await ask(port)).toMatchObject({ ok: false });
});

test('a request that is due while every connection is busy is not sent but counted', async () => {
  const port = await serve((response) => {
    setTimeout(() => response.writeHead(200, { 'Content-Length': 2 }).end('ok'), 50);
  });
  // Two connections carry at most 40 of the 80 a second that are asked.
  const phases = [{ requestsPerSecond: 80, seconds: 1 }];
  const [report] = await runLoad({ port, connections: 2, users: 9, seed: 1, phases });
  expect(report!.sent + report!.skipped).toBe(80);
  expect(report!.skipped).toBeGreaterThan(30);
  expect(report).toMatchObject({ failures: 0, personal: 0 });
  expect(quantile(Uint32Array.from(report!.latencies), 0)).toBeGreaterThan(0.045);
});

test('what was never answered is a failure, and the last answer that was not personal is remembered', () => {
  const tally = createTally();
  for (let i = 0; i < 3; i++) tally.sent();
  tally.answered({ ok: true, personal: false }, 0.25, 0.001);
  tally.answered({ ok: true, personal: true }, 0.75, 0.7);
  expect(tally.report()).toMatchObject({ sent: 3, failures: 1, late: 1, personal: 1, lastImpersonalSeconds: 0.25 });
});
