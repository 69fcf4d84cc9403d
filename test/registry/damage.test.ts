/** Damage is found, named and never served: bytes altered in the database, bytes lost from its file. */

import { copyFile, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { open } from 'lmdb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { built } from '../../src/core/package.js';
import type { Manifest } from '../../src/registry/manifest.js';
import { openRegistry } from '../../src/registry/registry.js';
import { facts, ials } from './models.js';

let folder: string;
let models: string;
let sound: string;
let id: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  models = join(folder, 'models');
  const registry = unwrap(openRegistry(models));
  sound = unwrap(registry.write(ials(1), facts(1))).id;
  id = unwrap(registry.write(ials(2, 20_000, 32), facts(2))).id;
  unwrap(registry.promote(sound));
  await registry.close();
});

afterEach(() => rm(folder, { recursive: true }));

/** What someone with an editor for LMDB could do. */
async function tamper(
  chunks: (get: (key: string) => Uint8Array, put: (key: string, value?: Uint8Array) => void) => void,
) {
  const root = open({ path: models, noSubdir: false });
  const database = root.openDB<Uint8Array, string>({ name: 'chunks', encoding: 'binary' });
  chunks(
    (key) => Uint8Array.from(database.getBinary(key)!),
    (key, value) => {
      if (value) database.putSync(key, value);
      else database.removeSync(key);
    },
  );
  await root.close();
}

async function tamperManifest(edit: (manifest: Manifest) => Manifest | string) {
  const root = open({ path: models, noSubdir: false });
  const database = root.openDB<string, string>({ name: 'manifests', encoding: 'string' });
  const edited = edit(JSON.parse(database.get(id)!) as Manifest);
  database.putSync(id, typeof edited === 'string' ? edited : JSON.stringify(edited));
  await root.close();
}

async function expectRefused(message: RegExp) {
  const registry = unwrap(openRegistry(models));
  const loaded = registry.load(id);
  expect(loaded).toMatchObject({ ok: false, error: { code: 'version-corrupt', fields: { version: id } } });
  if (!loaded.ok) expect(loaded.error.message).toMatch(message);
  expect(registry.promote(id).ok).toBe(false);
  expect(registry.pointers().current).toBe(sound);
  expect(unwrap(registry.load(sound))).toEqual(ials(1));
  unwrap(registry.remove(id));
  await registry.close();
}

test('one bit of one chunk', async () => {
  await tamper((get, put) => {
    const chunk = get(`${id}/items/000001`);
    chunk[77]! ^= 1;
    put(`${id}/items/000001`, chunk);
  });
  await expectRefused(/items: chunk 1 does not match/);
});

test('a chunk that is gone', async () => {
  await tamper((_, put) => put(`${id}/film_ids/000000`));
  await expectRefused(/chunk 0 of film_ids is missing/);
});

test.each([-1, 1])('a chunk whose length is off by %i', async (change) => {
  await tamper((get, put) => {
    const chunk = get(`${id}/items/000002`);
    put(
      `${id}/items/000002`,
      Uint8Array.from({ length: chunk.length + change }, (_, i) => chunk[i] ?? 0),
    );
  });
  await expectRefused(/chunk 2 of items has \d+ bytes, not \d+/);
});

test.each<[string, (manifest: Manifest) => Manifest | string, RegExp]>([
  ['not JSON', () => '{"format":1,', /not JSON/],
  ['a field that is missing', ({ command: _, ...rest }) => rest as Manifest, /not valid at command/],
  ['a format of the future', (manifest) => ({ ...manifest, format: 2 as 1 }), /not valid at format/],
  ['another encoder', (m) => ({ ...m, encoder: { ...m.encoder, alpha: 1 } as typeof m.encoder }), /agree with its id/],
  [
    'another digest',
    (m) => ({ ...m, tensors: { ...m.tensors, bias: { ...m.tensors.bias!, sha256: '0'.repeat(64) } } }),
    /agree with its id/,
  ],
  ['fewer items', (manifest) => ({ ...manifest, items: 19_999 }), /items has shape \[20000, 32\], not \[19999, 32\]/],
  [
    'another type',
    (m) => ({ ...m, tensors: { ...m.tensors, items: { ...m.tensors.items!, dtype: 'i32' } } }),
    /items is i32, not f32/,
  ],
  [
    'another shape',
    (m) => ({ ...m, tensors: { ...m.tensors, fallback: { ...m.tensors.fallback!, shape: [9] } } }),
    /fallback has 12 bytes, and its shape asks for 36/,
  ],
  [
    'fewer chunks',
    (m) => ({ ...m, tensors: { ...m.tensors, items: { ...m.tensors.items!, chunks: [] } } }),
    /lists 0 chunks/,
  ],
])('a manifest with %s', async (_, edit, message) => {
  await tamperManifest(edit);
  await expectRefused(message);
});

test('a damaged manifest is listed as such beside the sound ones', async () => {
  await tamperManifest(() => 'nonsense');
  const registry = unwrap(openRegistry(models));
  const { versions, damaged } = registry.list();
  expect(versions.map((manifest) => manifest.id)).toEqual([sound]);
  expect(damaged).toMatchObject([{ id, error: { code: 'version-corrupt' } }]);
  await registry.close();
});

// A process of its own for each cut: LMDB ends the process that touches a page beyond the end of the file.
test('a file cut off anywhere gives an error or sound versions, never a signal', async () => {
  const script = `
    const { openRegistry } = await import(process.argv[1]);
    for (const folder of process.argv.slice(2)) {
      const opened = openRegistry(folder);
      if (!opened.ok) { console.log(opened.error.code); continue; }
      const { versions, damaged } = opened.value.list();
      console.log([...versions.map(({ id }) => opened.value.load(id)), ...damaged].map((v) => v.ok ? 'sound' : v.error.code).join());
      await opened.value.close();
    }`;
  // Pages that the removal sets free are used again, so that the roots of the trees end up before the bytes of the last version:
  // LMDB opens such a file, and what is missing is met later.
  const registry = unwrap(openRegistry(models));
  unwrap(registry.write(ials(3, 20_000, 32), facts(3)));
  unwrap(registry.remove(id));
  for (const second of [4, 5, 6]) unwrap(registry.write(ials(second), facts(second)));
  await registry.close();

  const size = (await readFile(join(models, 'data.mdb'))).length;
  const cuts = [1, 20, 4096, 5000, 8192, ...Array.from({ length: 20 }, (_, i) => Math.floor((size * (i + 1)) / 21))];
  const folders: string[] = [];
  for (const cut of cuts) {
    const cutFolder = join(folder, `cut-${cut}`);
    await mkdir(cutFolder);
    await copyFile(join(models, 'data.mdb'), join(cutFolder, 'data.mdb'));
    await truncate(join(cutFolder, 'data.mdb'), cut);
    folders.push(cutFolder);
  }
  const args = ['--input-type=module', '-e', script, built('src/registry/registry.js'), ...folders];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const lines = stdout.trim().split('\n');
  expect(lines).toHaveLength(cuts.length);
  for (const line of lines)
    expect(line).toMatch(/^(file-unreadable|(sound|version-corrupt)(,(sound|version-corrupt))*)$/);
});

test('what is not a registry is said so', async () => {
  const garbage = join(folder, 'garbage');
  await mkdir(garbage);
  await writeFile(join(garbage, 'data.mdb'), 'not a database '.repeat(1000));
  expect(openRegistry(garbage)).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
  const file = join(folder, 'file');
  await writeFile(file, 'a file where a folder should be');
  expect(openRegistry(file)).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
});
