/** The process as an operator meets it: signals, exit codes, and what is in flight when it ends. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundledData } from '../../src/app/import.js';
import { built } from '../../src/core/package.js';
import { transports } from './transports.js';

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
const children: ChildProcess[] = [];

const anyPort = ['--port', '0', '--admin-port', '0'];

async function start(...args: string[]): Promise<{ child: ChildProcess; url: string; port: number }> {
  const places = ['--data-dir', join(folder, 'var'), '--models-dir', join(folder, 'models')];
  const child = spawn(
    process.execPath,
    [built('src/cli/main.js'), 'start', '--data', bundledData, ...places, ...anyPort, ...args],
    { env: { PATH: process.env.PATH }, cwd: folder },
  );
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  let port: string | undefined;
  while (port === undefined) {
    if (child.exitCode !== null) throw new Error(output);
    await sleep(20);
    port = /listening on port (\d+)/.exec(output)?.[1];
  }
  return { child, url: `http://127.0.0.1:${port}`, port: Number(port) };
}

beforeAll(async () => {
  // The first start imports and trains; the tests measure the later ones.
  const { child } = await start();
  child.kill('SIGTERM');
  await once(child, 'exit');
}, 60_000);

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const endings = transports.flatMap((transport) =>
  (['SIGTERM', 'SIGINT'] as const).map((signal) => [signal, transport] as const),
);

it.each(endings)('%s ends it with 0 over %s, idle connections or not', async (signal, transport) => {
  const { child, port } = await start('--transport', transport);
  const idle = Array.from({ length: 20 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await Promise.all(idle.map((socket) => once(socket, 'connect')));
  const from = performance.now();
  child.kill(signal);
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(performance.now() - from).toBeLessThan(3000);
  for (const socket of idle) socket.destroy();
});

it('answers what is in flight before it ends, and then refuses connections', async () => {
  const { child, url } = await start();
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const ask = async (user: number): Promise<{ status: number | undefined; body: string }> => {
    const [response] = (await once(get(`${url}/recommend/${user}`, { agent }), 'response')) as [IncomingMessage];
    let body = '';
    for await (const chunk of response) body += String(chunk);
    return { status: response.statusCode, body };
  };
  const users = Array.from({ length: 50 }, (_, i) => i + 1);
  const before = await Promise.all(users.map(ask));
  const exited = once(child, 'exit');
  // Sent over open connections, just before the signal.
  const asked = users.map(ask);
  await new Promise(setImmediate);
  child.kill('SIGTERM');
  expect(await Promise.all(asked)).toEqual(before);
  expect(before.every(({ status, body }) => status === 200 && body.split(',').length === 20)).toBe(true);
  expect(await exited).toEqual([0, null]);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  agent.destroy();
});

it('ends soon under load that never pauses, and at once on a second signal', async () => {
  for (const [signals, limitMs] of [
    [1, 2000],
    [2, 300],
  ] as const) {
    const { child, url } = await start();
    const stop = new AbortController();
    const load = Array.from({ length: 16 }, async () => {
      while (!stop.signal.aborted) {
        await fetch(`${url}/recommend/1`).then(
          (response) => response.text(),
          () => sleep(1),
        );
      }
    });
    await sleep(100);
    const exited = once(child, 'exit');
    const from = performance.now();
    for (let i = 0; i < signals; i++) {
      child.kill('SIGTERM');
      // Signals of one kind that are pending together are delivered as one.
      await sleep(10);
    }
    const [code, signal] = (await exited) as [number | null, string | null];
    expect(performance.now() - from).toBeLessThan(limitMs);
    expect(code === 0 || (signals === 2 && signal === 'SIGTERM')).toBe(true);
    stop.abort();
    await Promise.all(load);
  }
});

it('survives kill -9 without losing anything it had', async () => {
  const first = await start();
  const before = await (await fetch(`${first.url}/recommend/42`)).text();
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const second = await start();
  expect(await (await fetch(`${second.url}/recommend/42`)).text()).toBe(before);
  second.child.kill('SIGTERM');
  expect(await once(second.child, 'exit')).toEqual([0, null]);
});
