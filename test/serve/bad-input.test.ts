/** Thousands of odd requests and broken connections: each request is answered, and nothing stays behind. */

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/core/package.js';
import { random, type Random } from '../../src/core/random.js';
import { loadNative } from '../../src/serve/uws-native.js';
import { converse, head } from './client.js';

const REQUESTS = 20_000;
const BROKEN = 2_000;
/** Requests that one connection asks at once, and connections that are open at the same time. */
const PIPELINED = 100;
const TOGETHER = 20;
/** What may be more after the load than after a warm-up of a tenth of it: live objects, and pages the allocators keep. */
const HEAP_GROWTH_MAX = 2 * 2 ** 20;
const RSS_GROWTH_MAX = 32 * 2 ** 20;

interface Watched {
  readonly heapUsed: number;
  readonly rss: number;
  readonly descriptors: number;
}

/** Requests that are answered without the engine, hence may be pipelined on either transport, and their status. */
const odd: readonly (readonly [request: (noise: string) => string, status: number])[] = [
  ...['abc', '-1', '1e9', '', '%00', '%C3%A9', '%FF', '1/2', '+1', '12345678901', '9'.repeat(300)].map(
    (id) => [(noise: string) => head(`GET /recommend/${id}${noise}`), 200] as const,
  ),
  [(noise) => head(`GET /recommend/${noise}?user=1`), 200],
  [(noise) => head(`GET /${noise}`), 404],
  [(noise) => head(`POST /recommend/${noise}`, `Content-Length: ${noise.length}`) + noise, 405],
  [(noise) => head('DELETE /healthz', `X-Noise: ${noise}`), 405],
  [(noise) => head('GET /healthz', `Cookie: ${noise.repeat(20)}`), 200],
];

/** Letters that no user id has. */
const noiseOf = ({ integer }: Random): string =>
  Array.from({ length: 1 + integer(30) }, () => String.fromCharCode(0x61 + integer(26))).join('');

async function askOdd(port: number, numbers: Random): Promise<void> {
  const asked = Array.from({ length: PIPELINED }, () => odd[numbers.integer(odd.length)]!);
  const peer = await converse(port, asked.map(([request]) => request(noiseOf(numbers))).join(''));
  await peer.until(() => peer.closed() || peer.statuses().length === asked.length, 10_000);
  expect(peer.statuses()).toEqual(asked.map(([, status]) => status));
  peer.socket.destroy();
}

/** Says something true, half true or senseless, and goes without waiting for the answer. */
async function breakOff(port: number, numbers: Random): Promise<void> {
  const { integer } = numbers;
  const senseless = Buffer.from(Array.from({ length: integer(2000) }, () => integer(256)));
  const request = head(`GET /recommend/${integer(1000)}`);
  const said = [senseless, request, request.slice(0, integer(request.length)), ''][integer(4)]!;
  const { socket } = await converse(port, said);
  if (integer(2) === 0) await sleep(integer(3));
  if (integer(2) === 0) socket.destroy();
  else socket.resetAndDestroy();
}

async function load(port: number, numbers: Random, share: number): Promise<void> {
  const rounds = async (count: number, one: () => Promise<void>): Promise<void> => {
    for (let i = 0; i < count; i += TOGETHER) await Promise.all(Array.from({ length: TOGETHER }, one));
  };
  await rounds((REQUESTS * share) / PIPELINED, () => askOdd(port, numbers));
  await rounds(BROKEN * share, () => breakOff(port, numbers));
}

async function watch(child: ChildProcess): Promise<Watched> {
  child.send('watch');
  const [watched] = (await once(child, 'message')) as [Watched];
  return watched;
}

/** The server learns of the last closed connections a moment later than we do. */
async function settled(child: ChildProcess, descriptors: number): Promise<Watched> {
  for (let tries = 0; tries < 50; tries++) {
    const watched = await watch(child);
    if (watched.descriptors <= descriptors) return watched;
    await sleep(20);
  }
  return watch(child);
}

async function survives(transport: 'uws' | 'node'): Promise<void> {
  const file = join(packageRoot, 'test/serve/bad-input-process.mjs');
  const child = fork(file, [transport], { execArgv: ['--expose-gc'], silent: true });
  let printed = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (printed += String(chunk)));
  try {
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    const numbers = random(11);
    const { descriptors } = await watch(child);
    await load(port, numbers, 0.1);
    const before = await settled(child, descriptors);
    await load(port, numbers, 1);
    const after = await settled(child, descriptors);
    expect(after.descriptors).toBe(descriptors);
    expect(after.heapUsed - before.heapUsed).toBeLessThan(HEAP_GROWTH_MAX);
    expect(after.rss - before.rss).toBeLessThan(RSS_GROWTH_MAX);
    child.send('close');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(printed).toBe('');
  } finally {
    child.kill();
  }
}

test.skipIf(!loadNative().ok)('the native transport survives bad input', () => survives('uws'));
test('the portable transport survives bad input', () => survives('node'));
