/** The whole loop on one machine: a world of its own, a service that learns from it, and what either of them survives. */

import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundledData } from '../../src/app/import.js';
import { startLoop, type Loop } from '../../src/app/loop.js';
import { prepare } from '../../src/app/start.js';
import { startWorld } from '../../src/app/world.js';
import { recall } from '../../src/app/world-memory.js';
import { loopLine } from '../../src/cli/loop-line.js';
import { loadConfig, type Config } from '../../src/config/load.js';
import { unwrap } from '../../src/core/errors.js';
import type { Fault } from '../../src/core/fault.js';
import { segmentNames } from '../../src/sim/log/log-directory.js';
import { contentOf, readLines } from '../faults/ingest-content.js';

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
const dataDir = join(folder, 'var');
const config = configWith(0);
const target = { stderr: { write: () => true }, isTty: false };
const faults: Fault[] = [];
const WAIT_MS = 10_000;
/** A minute is promised on two free cores. */
const PERSONAL_MS = 20_000;
const TEST_MS = 40_000;

let loop: Loop;

function configWith(sitePort: number): Config {
  const ports = { port: '0', adminPort: '0', sitePort: String(sitePort), host: '127.0.0.1' };
  const flags = { dataDir, modelsDir: join(folder, 'models'), workers: '1', ...ports };
  return unwrap(loadConfig({ flags, env: {}, cwd: folder })).config;
}

const open = async (): Promise<Loop> =>
  unwrap(await startLoop(config, { kafka: undefined, onFault: (fault) => faults.push(fault) }, target));

async function within<T>(ms: number, what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await sleep(50);
  }
  return expect.fail(`not within ${ms} ms: ${what}`);
}

/** By partition, as far as the lines have ended. */
function logText(): string[] {
  return ['0', '1'].map((partition) => {
    const path = join(dataDir, 'log', partition);
    const text = segmentNames(path).map((name) => readFileSync(join(path, name), 'latin1'));
    return text.join('').replace(/[^\n]*$/, '');
  });
}

const linesIn = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0);
const memory = () => unwrap(recall(join(dataDir, 'world.json'), 1))!;

/** The first films of the bundled data, and who rated many of them. */
beforeAll(async () => {
  const data = join(folder, 'small');
  mkdirSync(data);
  const rows = (name: string): string[] => readFileSync(join(bundledData, name), 'utf8').trimEnd().split('\n');
  const films = rows('movies.csv').slice(0, 301);
  const known = new Set(films.map((row) => row.split(',')[0]));
  const ratings = rows('ratings.csv').filter((row, i) => i === 0 || known.has(row.split(',')[1]));
  writeFileSync(join(data, 'movies.csv'), `${films.join('\n')}\n`);
  writeFileSync(join(data, 'ratings.csv'), `${ratings.join('\n')}\n`);
  unwrap(await prepare(config, [data], 'matinee start', () => undefined));
  loop = await open();
}, 60_000);

afterAll(async () => {
  await loop.close();
  rmSync(folder, { recursive: true, force: true });
});

test(
  'whoever has just begun to watch is answered personally',
  async () => {
    const tierOf = async (user: string): Promise<string | null> => {
      const response = await fetch(`http://127.0.0.1:${loop.service.listening.port}/recommend/${user}`);
      return response.headers.get('x-tier');
    };
    // Not all of them watch what the small model knows.
    const watchers = (): string[] => {
      const seen = logText()
        .join('')
        .matchAll(/^[^,]+,(\d+),GET \/data\/m\//gm);
      return [...new Set(Array.from(seen, ([, user]) => user!))];
    };
    const user = await within(PERSONAL_MS, 'a viewer is answered personally', async () => {
      for (const watcher of watchers()) if ((await tierOf(watcher)) === 'personal') return watcher;
      return undefined;
    });
    // Nobody of the imported data has such an id.
    expect(Number(user)).toBeGreaterThan(100_000);
    expect(await tierOf('99999')).toBe('popular');
  },
  TEST_MS,
);

test(
  'the line for whoever looks on tells of a world that goes on, and of a service that is there',
  async () => {
    const line = (): string => loopLine(loop.world.status(), loop.service.ingest(), loop.service.model());
    /** Lines and requests, once all that the line can say is known. */
    const figures = (): number[] | undefined =>
      /^\S+ \S+ +(\d+) +(\d+) +100\.0 % .* linear-\S+$/.exec(line())?.slice(1).map(Number);
    const before = await within(WAIT_MS, 'figures', figures);
    await within(WAIT_MS, 'they rise', () => {
      const now = figures() ?? [0, 0];
      return now.every((figure, i) => figure > before[i]!) ? true : undefined;
    });
    expect(loop.service.ingest()!.lines.accepted.recommendation).toBeGreaterThan(0);
  },
  TEST_MS,
);

test(
  'closed and started again it goes on, and nothing is lost',
  async () => {
    await loop.close();
    const before = { log: logText(), memory: memory(), read: await readLines(dataDir) };
    expect(before.read).toBeLessThanOrEqual(linesIn(before.log));
    const { report } = await contentOf(dataDir);
    expect([report.lines, report.rejected]).toEqual([before.read, {}]);
    loop = await open();
    await within(WAIT_MS, 'new lines are read', async () =>
      (await readLines(dataDir)) > linesIn(before.log) ? true : undefined,
    );
    const after = logText();
    expect(after.map((text, partition) => text.startsWith(before.log[partition]!))).toEqual([true, true]);
    expect(memory().timeMs).toBeGreaterThan(before.memory.timeMs);
    expect(memory().registered).toBeGreaterThanOrEqual(before.memory.registered);
    expect(memory().runs).toBe(before.memory.runs + 1);
    const added = after.flatMap(
      (text, partition) => text.slice(before.log[partition]!.length).match(/^[^,]{16}/gm) ?? [],
    );
    const last = new Date(before.memory.timeMs).toISOString();
    expect(added.filter((time) => time < last.slice(0, 16))).toEqual([]);

    expect(loop.service.ingest()!.gaps).toEqual([]);
  },
  TEST_MS,
);

/** Processes that this one has started, by what they run. */
const worldPids = (): number[] =>
  readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number)
      .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('world-process')),
  );

test.skipIf(process.platform !== 'linux')(
  'a world that is killed comes back at its address, and goes on where it was',
  async () => {
    const { apiUrl } = loop.world;
    await within(WAIT_MS, 'it has said something', () => loop.world.status());
    const [pid, ...others] = worldPids();
    expect(others).toEqual([]);
    process.kill(pid!, 'SIGKILL');
    await within(WAIT_MS, 'the loop says so', () => faults.at(-1));
    expect(faults).toEqual([{ code: 'worker-died', message: 'the simulated world died', hint: undefined }]);
    const { timeMs } = memory();
    const written = linesIn(logText());
    // What is asked of the service meanwhile is answered.
    expect((await fetch(`http://127.0.0.1:${loop.service.listening.port}/recommend/42`)).status).toBe(200);
    await within(WAIT_MS, 'it goes on', async () => ((await readLines(dataDir)) > written ? true : undefined));
    expect(memory().timeMs).toBeGreaterThan(timeMs);
    expect(worldPids()).not.toContain(pid);
    expect(loop.world.apiUrl).toBe(apiUrl);
    expect((await fetch(`${apiUrl}/user/100001`)).status).toBe(200);
    expect(faults).toHaveLength(1);
  },
  TEST_MS,
);

test('a port of the site that is taken is named; nothing is left running, and no log was touched', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const running = worldPids();
  const elsewhere = join(folder, 'elsewhere');
  const refused = await startLoop(
    { ...configWith(port), dataDir: elsewhere },
    { kafka: undefined, onFault: () => undefined },
    target,
  );
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'address-in-use', message: `the simulated site cannot listen on 127.0.0.1:${port}` },
  });
  await within(WAIT_MS, 'its world has ended', () => (worldPids().length === running.length ? true : undefined));
  expect(readdirSync(elsewhere)).toEqual([]);
  other.close();
});

test.skipIf(process.platform !== 'linux')(
  'a world that dies before its time begins is begun when it is back',
  async () => {
    const place = join(folder, 'early');
    mkdirSync(place);
    const order = { seed: 1, log: `dir:${join(place, 'log')}`, apiPort: 0, memory: join(place, 'world.json') };
    const others = worldPids();
    const deaths: Fault[] = [];
    const world = unwrap(await startWorld(order, (fault) => deaths.push(fault)));
    const [pid] = worldPids().filter((one) => !others.includes(one));
    process.kill(pid!, 'SIGKILL');
    await within(WAIT_MS, 'it is dead', () => deaths[0]);
    world.go(`http://127.0.0.1:${loop.service.listening.port}`);
    await within(WAIT_MS, 'its time passes', () => world.status());
    await world.close();
  },
  TEST_MS,
);
