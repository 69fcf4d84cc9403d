/** What the container image relies on, shown by the process itself: a read-only world, being PID 1, and no bundled data. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { bundledData } from '../../src/app/import.js';
import { built, packageRoot, packageVersion } from '../../src/core/package.js';

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

it('is labelled with the version of the package', () => {
  expect(readFileSync(join(packageRoot, 'Dockerfile'), 'utf8')).toContain(`image.version="${packageVersion}"`);
});

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
}

function start(command: string, ...args: readonly string[]): Started {
  const child = spawn(command, args, { env: { PATH: process.env.PATH }, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  return { child, output: () => output };
}

/** Waits for something that a started process brings about; what it printed is the error when it ended first. */
async function until<T>({ child, output }: Started, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended: ${output()}`);
    await sleep(20);
  }
}

const listening = (started: Started): Promise<string> =>
  until(started, () => {
    const port = /listening on port (\d+)/.exec(started.output())?.[1];
    return port === undefined ? undefined : `http://127.0.0.1:${port}`;
  });

const placesIn = (data: string): string[] => [
  ...['--data-dir', join(data, 'var'), '--models-dir', join(data, 'models')],
  ...['--port', '0', '--admin-port', '0', '--site-port', '0'],
];

describe('as PID 1, where nothing but the data folder can be written', () => {
  const data = join(folder, 'data');
  // Namespaces of its own, as a container has them: every mount but the data's becomes read-only.
  const namespaces = ['--map-root-user', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const confine = `
    mount --bind "$1" "$1"
    while read -r _ point _; do
      [ "$point" = "$1" ] || mount -o remount,bind,ro "$point" 2>/dev/null
    done </proc/mounts
    for place in "$2" "$2/dist" "$2/node_modules" "$3"; do
      touch "$place/matinee-writes" 2>/dev/null && echo "$place is writable" && exit 99
    done
    shift 3
    exec "$@"`;
  const confined = (...command: readonly string[]): Started =>
    start('unshare', ...namespaces, 'sh', '-c', confine, 'sh', data, packageRoot, tmpdir(), ...command);
  const service = (): Started => confined(process.execPath, built('src/cli/main.js'), 'start', ...placesIn(data));

  /** To the process inside, which `unshare` waits for: it has no shell above it that could take part. */
  const terminate = ({ child }: Started): void => {
    const inside = readFileSync(`/proc/${child.pid!}/task/${child.pid!}/children`, 'utf8').trim();
    process.kill(Number(inside), 'SIGTERM');
  };

  mkdirSync(data);
  const probe = spawnSync('unshare', [...namespaces, 'sh', '-c', confine, 'sh', data, packageRoot, tmpdir(), 'true']);
  const possible = probe.status === 0;
  if (!possible) console.log(`skipped: no namespaces here: ${probe.error?.message ?? probe.output.join('').trim()}`);

  it.runIf(possible)('ends by SIGTERM while it still imports', async () => {
    const started = service();
    await until(started, () => existsSync(join(data, 'var/state/data.mdb')) || undefined);
    const exited = once(started.child, 'exit');
    terminate(started);
    expect([await exited, started.output()]).toEqual([[143, null], '']);
  });

  it.runIf(possible)(
    'takes up what it left, answers personally, and ends by SIGTERM with 0',
    async () => {
      const started = service();
      const answer = await fetch(`${await listening(started)}/recommend/42`);
      expect([answer.status, answer.headers.get('x-tier')]).toEqual([200, 'personal']);
      expect(readdirSync(data).sort()).toEqual(['models', 'var']);
      const exited = once(started.child, 'exit');
      const from = performance.now();
      terminate(started);
      expect(await exited).toEqual([0, null]);
      expect(performance.now() - from).toBeLessThan(5000);
    },
    30_000,
  );
});

describe('an installation without the bundled data', () => {
  const tree = join(folder, 'tree');
  const main = join(tree, 'dist/src/cli/main.js');
  const places = placesIn(join(folder, 'mine'));

  it('starts empty, says what to do, and serves once that is done', async () => {
    mkdirSync(tree);
    for (const part of ['package.json', 'dist']) cpSync(join(packageRoot, part), join(tree, part), { recursive: true });
    symlinkSync(join(packageRoot, 'node_modules'), join(tree, 'node_modules'));

    const started = start(process.execPath, main, 'start', ...places);
    const url = await listening(started);
    const steps = 'not ready: no films: run `matinee import`\nnot ready: no model is current: run `matinee train`\n';
    await until(started, () => started.output().includes(steps) || undefined);
    const empty = await fetch(`${url}/recommend/42`);
    expect([empty.status, empty.headers.get('x-tier'), await empty.text()]).toEqual([200, 'static', '']);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);

    const modelPlaces = places.slice(0, 4);
    for (const command of [
      ['import', bundledData, ...places.slice(0, 2)],
      ['train', '--model', 'ials', '--iterations', '1', ...modelPlaces],
    ]) {
      const done = start(process.execPath, main, ...command);
      expect([await once(done.child, 'close'), done.output()]).toEqual([[0, null], expect.any(String)]);
    }
    await until(started, async () => ((await fetch(`${url}/readyz`)).status === 200 ? true : undefined));
    const answer = await fetch(`${url}/recommend/42`);
    expect([answer.headers.get('x-tier'), (await answer.text()).split(',').length]).toEqual(['personal', 20]);
    started.child.kill('SIGTERM');
    expect(await once(started.child, 'exit')).toEqual([0, null]);
  }, 60_000);
});
