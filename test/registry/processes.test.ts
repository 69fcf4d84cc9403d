/** Two processes on one registry: a retraining job that writes, and a service that reads and must survive the other's death. */

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { open } from 'lmdb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { built } from '../../src/core/package.js';
import { random } from '../../src/core/random.js';
import { openRegistry } from '../../src/registry/registry.js';
import { facts, ials } from './models.js';

const writer = fileURLToPath(new URL('writer.mjs', import.meta.url));
const compiled = built('src/registry/registry.js');

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'matinee-'))));
afterEach(() => rm(folder, { recursive: true }));

test('a reader sees what another process promotes, at its next turn, though the file has grown', async () => {
  const registry = unwrap(openRegistry(folder));
  const first = unwrap(registry.write(ials(1), facts(1))).id;
  unwrap(registry.promote(first));
  const { stdout } = await promisify(execFile)(process.execPath, [writer, compiled, folder, 'promote']);
  const second = stdout.trim();
  expect(registry.pointers()).toEqual({ current: second, previous: first, candidate: null });
  expect(unwrap(registry.load(second)).filmIds).toHaveLength(10_000);
  await registry.close();
});

test('a thread that never returns to its event loop sees it after a refresh', async () => {
  const registry = unwrap(openRegistry(folder));
  const child = spawn(process.execPath, [writer, compiled, folder, 'promote']);
  const seen = registry.list().versions.length;
  const deadline = performance.now() + 10_000;
  let now = seen;
  while (now === seen && performance.now() < deadline) {
    registry.refresh();
    now = registry.list().versions.length;
  }
  expect(now).toBe(1);
  await once(child, 'exit');
  await registry.close();
});

test('kill -9 at any moment leaves whole versions, no stray bytes and the pointers as they were', async () => {
  const seed = 20_260_102;
  const { integer } = random(seed);
  const before = unwrap(openRegistry(folder));
  const current = unwrap(before.write(ials(1), facts(1))).id;
  unwrap(before.promote(current));
  await before.close();

  for (let round = 0; round < 8; round++) {
    const child = spawn(process.execPath, [writer, compiled, folder, 'endless', String(1 + round * 10_000)]);
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    await once(child.stdout, 'data');
    const pause = integer(60);
    await sleep(pause);
    child.kill('SIGKILL');
    await once(child, 'close');
    const acknowledged = output.split('\n').at(-2);

    const registry = unwrap(openRegistry(folder));
    const { versions, damaged } = registry.list();
    expect(damaged, `seed ${seed}, round ${round}, killed after ${pause} ms`).toEqual([]);
    expect(versions.map(({ id }) => id)).toContain(acknowledged);
    for (const { id } of versions) unwrap(registry.load(id));
    expect(registry.pointers()).toEqual({ current, previous: null, candidate: null });
    const expected = versions.flatMap(({ id, tensors }) =>
      Object.entries(tensors).flatMap(([name, { chunks }]) =>
        chunks.map((_, i) => `${id}/${name}/${String(i).padStart(6, '0')}`),
      ),
    );
    await registry.close();
    expect(await chunkKeys()).toEqual(expected.sort());
  }
});

async function chunkKeys(): Promise<string[]> {
  const root = open({ path: folder, noSubdir: false, readOnly: true });
  const keys = [...root.openDB<Uint8Array, string>({ name: 'chunks', encoding: 'binary' }).getKeys()];
  await root.close();
  return keys;
}
