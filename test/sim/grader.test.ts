/** The grader against real sockets: what the log says of every answer; and answers that come out the same again. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { fixedRecommender } from '../../src/sim/grader/fixed.js';
import { createGrader, type Answer, type Recommender } from '../../src/sim/grader/grader.js';
import { recordedRecommender, recordingRecommender } from '../../src/sim/grader/recorded.js';

const ids = Array.from({ length: 30 }, (_, film) => `film+${film}+1999`);
const filmIndex = (id: string): number | undefined => (ids.includes(id) ? ids.indexOf(id) : undefined);

function graderFor(port: number, timeoutMs?: number): Recommender {
  const grader = createGrader({ url: `http://127.0.0.1:${port}`, filmIndex, ...(timeoutMs && { timeoutMs }) });
  onTestFinished(() => grader.close());
  return grader;
}

async function serve(listener: RequestListener): Promise<number> {
  const server = createHttpServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** The bytes of each request up to its blank line, and a socket to answer with. */
async function serveRaw(onRequest: (head: string, socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let received = '';
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      for (let end; (end = received.indexOf('\r\n\r\n')) !== -1; received = received.slice(end + 4)) {
        onRequest(received.slice(0, end), socket);
      }
    });
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Asks a service that answers with this. */
async function judged(body: string, status = 200): Promise<Answer> {
  const port = await serve((_, response) => response.writeHead(status).end(body));
  return graderFor(port).ask('5');
}

test('a list of known films is a success: films, the result as the log has it, latency, version and tier', async () => {
  const port = await serve((_, response) => {
    response.writeHead(200, { 'X-Model-Version': 'v7', 'X-Tier': 'personal' }).end('film+3+1999,film+1+1999');
  });
  const { latencyMs, ...answer } = await graderFor(port).ask('5');
  expect(answer).toEqual({
    status: 200,
    films: [3, 1],
    result: 'film+3+1999, film+1+1999',
    model: 'v7',
    tier: 'personal',
  });
  expect(Number.isInteger(latencyMs) && latencyMs >= 0 && latencyMs < 600).toBe(true);
});

test('one id that the catalogue does not have spoils the list, whatever it looks like', async () => {
  const verdict = async (body: string): Promise<unknown> => {
    const { status, films, result } = await judged(body);
    return [status, films, result];
  };
  const notFound = (id: string): unknown => [400, [], `movie ["${id}" not found`];
  expect(await verdict('film+1+1999,winter+in+wartime+2008,none')).toEqual(notFound('winter+in+wartime+2008'));
  expect(await verdict('film+1+1999, film+2+1999')).toEqual(notFound(' film+2+1999'));
  expect(await verdict('film+1+1999\n')).toEqual(notFound('film+1+1999\\u000a'));
  expect(await verdict('["film+1+1999"]')).toEqual(notFound('["film+1+1999"]'));
  expect(await verdict('')).toEqual(notFound(''));
  expect(await verdict('amélie')).toEqual(notFound('am??lie'));
  expect(await verdict('x'.repeat(5_000))).toEqual(notFound(`${'x'.repeat(99)}...`));
});

test('twenty films are shown, twenty-one are not', async () => {
  expect(await judged(ids.slice(0, 20).join(','))).toMatchObject({ status: 200, films: { length: 20 } });
  expect(await judged(ids.slice(0, 21).join(','))).toMatchObject({
    status: 400,
    films: [],
    result: '21 movies, at most 20 are shown',
  });
});

test('any other status is an error of the service', async () => {
  expect(await judged('film+1+1999', 503)).toMatchObject({ status: 500, films: [], result: 'HTTP status 503' });
  expect(await judged('', 204)).toMatchObject({ status: 500, films: [], result: 'HTTP status 204' });
});

test('no whole answer in time is a time-out, whether nothing came or the end is missing', async () => {
  const port = await serve((request, response) => {
    if (request.url === '/recommend/half') response.writeHead(200, { 'content-length': 100 }).write('film');
  });
  const grader = graderFor(port, 100);
  for (const answer of await Promise.all([grader.ask('none'), grader.ask('half')])) {
    expect(answer).toMatchObject({
      status: 0,
      films: [],
      result: `java.util.concurrent.TimeoutException: Request timeout to 127.0.0.1:${port} after 100 ms`,
    });
    expect(answer.latencyMs).toBeGreaterThanOrEqual(100);
    expect(answer.latencyMs).toBeLessThan(400);
  }
});

test('a list that comes a little too late is told and shown to nobody', async () => {
  const port = await serve((_, response) => void setTimeout(() => response.end('film+1+1999'), 215));
  // A busy machine may be later than the grader is patient, but not every time.
  const grader = graderFor(port, 205);
  let answer = await grader.ask('5');
  for (let again = 0; again < 30 && answer.result.includes('Timeout'); again++) answer = await grader.ask('5');
  expect(answer).toMatchObject({ status: 0, films: [], result: 'film+1+1999' });
  expect(answer.latencyMs).toBeGreaterThan(205);
});

test('refused, reset and cut connections and answers that are no HTTP are failures without a status', async () => {
  const port = await serveRaw((head, socket) => {
    if (head.includes('/reset')) socket.destroy();
    if (head.includes('/cut')) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nfilm+1+1999');
    if (head.includes('/odd')) socket.end('good evening\r\n\r\n');
  });
  const grader = graderFor(port);
  const result = async (user: string): Promise<unknown> => {
    const answer = await grader.ask(user);
    return [answer.status, answer.result.replace(String(port), 'port')];
  };
  expect(await result('reset')).toEqual([0, 'Connection reset: 127.0.0.1:port']);
  expect(await result('cut')).toEqual([0, 'Connection reset: 127.0.0.1:port']);
  expect(await result('odd')).toEqual([0, 'HPE_INVALID_CONSTANT: 127.0.0.1:port']);
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port: nobody } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  expect(await graderFor(nobody).ask('5')).toMatchObject({
    status: 0,
    result: `Connection refused: 127.0.0.1:${nobody}`,
  });
});

test('a user goes into the path as it is; only what no request line can hold is encoded', async () => {
  const lines: string[] = [];
  const port = await serveRaw((head, socket) => {
    lines.push(head.split('\r\n', 1)[0]!);
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nfilm+1+1999');
  });
  const grader = graderFor(port);
  const sent = async (user: string): Promise<string> => {
    expect((await grader.ask(user)).status).toBe(200);
    return lines.pop()!;
  };
  const long = '9'.repeat(10_240);
  for (const raw of ['-1', 'abc', '', '%00', '1e9', '../x', './/5', 'a?b#c', '"{}|', long]) {
    expect(await sent(raw)).toBe(`GET /recommend/${raw} HTTP/1.1`);
  }
  expect(await sent('5 5\r\n')).toBe('GET /recommend/5%205%0d%0a HTTP/1.1');
  expect(await sent('é映画\ud83c')).toBe('GET /recommend/%c3%a9%e6%98%a0%e7%94%bb%ef%bf%bd HTTP/1.1');
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (user) => {
      const line = await sent(user);
      expect(line).toMatch(/^GET \/recommend\/[\x21-\x7e]* HTTP\/1\.1$/);
    }),
  );
});

test('connections are kept, and a kept one that the service has closed costs no answer', async () => {
  let connections = 0;
  const seen = new WeakSet<Socket>();
  const port = await serveRaw((head, socket) => {
    if (!seen.has(socket)) connections++;
    // The second request of a connection meets a server that has just closed it.
    else if (head.includes('/closing')) return void socket.destroy();
    seen.add(socket);
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nfilm+1+1999');
  });
  const grader = graderFor(port);
  for (const user of ['1', '2', '3']) expect((await grader.ask(user)).status).toBe(200);
  expect(connections).toBe(1);
  expect((await grader.ask('closing')).status).toBe(200);
  expect(connections).toBe(2);
});

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'matinee-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

test('a fixed recommender answers from a function, in the words of the log', async () => {
  const asked: string[] = [];
  const fixed = fixedRecommender(ids, (user) => [asked.push(user), 2]);
  const first = await fixed.ask('abc');
  expect(first).toMatchObject({ status: 200, films: [1, 2], result: 'film+1+1999, film+2+1999', model: 'fixed' });
  expect(await fixed.ask('')).toEqual({ ...first, films: [2, 2], result: 'film+2+1999, film+2+1999' });
  expect(asked).toEqual(['abc', '']);
});

test('recorded answers come again in the order of asking, however late each was', async () => {
  const path = join(dir, 'answers.jsonl');
  const fixed = fixedRecommender(ids, (user) => [user.length]);
  const late: Recommender = {
    ask: async (user) => {
      await sleep(user === 'first' ? 30 : 0);
      return { ...(await fixed.ask(user)), latencyMs: user.length, model: undefined, status: 400 };
    },
    close: () => Promise.resolve(),
  };
  const users = ['first', '-1', '', 'ä"\n\u2028', '7'];
  const recording = unwrap(recordingRecommender(late, path));
  const answers = await Promise.all(users.map((user) => recording.ask(user)));
  await recording.close();

  const playing = recordedRecommender(path);
  expect(await Promise.all(users.map((user) => playing.ask(user)))).toEqual(answers);
  await expect(playing.ask('7')).rejects.toMatchObject({ code: 'data-missing' });
  await playing.close();
});

test('recorded answers of another run, a broken file and a missing one are refused by name and line', async () => {
  const path = join(dir, 'answers.jsonl');
  const recording = unwrap(
    recordingRecommender(
      fixedRecommender(ids, () => [1]),
      path,
    ),
  );
  for (const user of ['1', '2']) await recording.ask(user);
  await recording.close();

  const other = recordedRecommender(path);
  await other.ask('1');
  await expect(other.ask('3')).rejects.toThrow(`${path}:2 answers user '2', and user '3' asks`);
  await other.close();

  writeFileSync(path, `${readFileSync(path, 'utf8')}{"user":5}\n`);
  const broken = recordedRecommender(path);
  for (const user of ['1', '2']) await broken.ask(user);
  await expect(broken.ask('5')).rejects.toThrow(`${path}:3 is not a recorded answer`);

  const missing = recordedRecommender(join(dir, 'none'));
  await expect(missing.ask('1')).rejects.toMatchObject({ code: 'file-unreadable' });
  expect(recordingRecommender(missing, join(dir, 'none', 'x'))).toMatchObject({ error: { code: 'storage-failed' } });
});
