/** Overlays: numbered, immutable, behind their version in every tensor, refused when damaged, removed with it. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { open } from 'lmdb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { built } from '../../src/core/package.js';
import type { Model } from '../../src/registry/model.js';
import type { OverlayRows } from '../../src/registry/overlay.js';
import { openRegistry, type Registry } from '../../src/registry/registry.js';
import { facts, ials, linear, withCold } from './models.js';

let folder: string;
let registry: Registry;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  registry = unwrap(openRegistry(folder));
});

afterEach(async () => {
  await registry.close();
  await rm(folder, { recursive: true });
});

const write = (model: Model, second = 1): string => unwrap(registry.write(model, facts(second))).id;
const created = '2026-02-03T04:05:06.000Z';

/** Rows as another model has them, under names that are new. */
function rowsOf({ filmIds, items, bias, gain, cold }: Model): OverlayRows {
  return {
    ...{ created, films: 99, filmIds: filmIds.map((id) => `new+${id}`), items },
    ...(bias && { bias }),
    ...(gain && { gain }),
    ...(cold && { cold: cold.columns }),
  };
}

test.each<[string, Model, Model]>([
  ['fold-in with bias', ials(1), ials(2, 3)],
  ['sum', linear(1), linear(2, 5)],
  ['cold columns', withCold(linear(1)), withCold(linear(2, 5))],
])('rows stand behind those of the version, which stays as it was: %s', (_, model, later) => {
  const id = write(model);
  const rows = rowsOf(later);
  expect(registry.newestOverlay(id)).toBe(0);
  expect(unwrap(registry.writeOverlay(id, rows))).toBe(1);
  expect(registry.newestOverlay(id)).toBe(1);
  expect(unwrap(registry.overlay(id, 1))).toEqual({ version: id, number: 1, ...rows });
  const n = later.filmIds.length;
  expect(unwrap(registry.overlayShape(id, 1))).toEqual({ items: n, idBytes: rows.filmIds.join('').length });
  expect(unwrap(registry.load(id))).toEqual(model);
  expect(unwrap(registry.load(id, 0))).toEqual(model);

  const both = unwrap(registry.load(id, 1));
  const { bias, gain, cold } = later;
  expect(both).toMatchObject({ kind: model.kind, encoder: model.encoder, fallback: model.fallback });
  expect(both.filmIds).toEqual([...model.filmIds, ...rows.filmIds]);
  expect(both.items.subarray(-later.items.length)).toEqual(later.items);
  expect(both.bias?.slice(-n)).toEqual(bias);
  expect(both.gain?.slice(-n)).toEqual(gain);
  expect(both.cold?.columns.slice(-n * 52)).toEqual(cold?.columns);
  expect(both.cold?.weights).toEqual(model.cold?.weights);
});

test('each has the next number, of its own version; the same rows are the same overlay', () => {
  const [id, other] = [write(linear(1)), write(linear(7), 2)];
  const [first, second] = [rowsOf(linear(2, 2)), rowsOf(linear(2, 3))];
  const numbers = [first, first, second, { ...second, films: 100 }, first].map((rows) =>
    unwrap(registry.writeOverlay(id, rows)),
  );
  expect(numbers).toEqual([1, 1, 2, 2, 3]);
  expect(unwrap(registry.writeOverlay(other, first))).toBe(1);
  expect(unwrap(registry.overlay(id, 1)).filmIds).toEqual(first.filmIds);
  expect(unwrap(registry.overlay(id, 2)).filmIds).toEqual(second.filmIds);
});

test('a hundred are kept', () => {
  const id = write(linear(1));
  for (let n = 0; n < 103; n++) unwrap(registry.writeOverlay(id, rowsOf(linear(2, 1 + (n % 2)))));
  expect(registry.newestOverlay(id)).toBe(103);
  expect(registry.overlay(id, 3)).toMatchObject({ ok: false, error: { code: 'version-unknown' } });
  expect(registry.overlay(id, 4)).toMatchObject({ ok: true });
});

const withoutGain = ({ gain: _, ...rest }: OverlayRows): OverlayRows => rest;

test('what is not there, or does not fit, is refused by name', () => {
  const id = write(withCold(linear(1)));
  const rows = rowsOf(withCold(linear(2, 2)));
  const refused = (other: OverlayRows, message: RegExp): void => {
    const result = registry.writeOverlay(id, other);
    expect(result).toMatchObject({ ok: false, error: { code: 'version-invalid' } });
    if (!result.ok) expect(result.error.message).toMatch(message);
  };
  refused({ ...rows, filmIds: ['film+3+1999', 'b'] }, /"film\+3\+1999" stands in row 3 and in row 40/);
  refused({ ...rows, items: rows.items.slice(8) }, /items has 328 values/);
  refused({ ...rows, items: rows.items.with(9, NaN) }, /NaN in row 41, column 1/);
  refused(withoutGain(rows), /gain has 40 values/);
  refused({ ...rows, cold: rows.cold!.slice(1) }, /cold has/);
  expect(registry.newestOverlay(id)).toBe(0);
  expect(registry.writeOverlay('ials-x', rows)).toMatchObject({ ok: false, error: { code: 'version-unknown' } });
  expect(registry.load(id, 1)).toMatchObject({ ok: false, error: { code: 'version-unknown', fields: { overlay: 1 } } });
  expect(registry.newestOverlay('ials-x')).toBe(0);
});

test('they go with their version', () => {
  const [id, other] = [write(linear(1)), write(linear(7), 2)];
  for (const version of [id, other]) unwrap(registry.writeOverlay(version, rowsOf(linear(2, 2))));
  unwrap(registry.remove(id));
  expect(registry.newestOverlay(id)).toBe(0);
  expect(unwrap(registry.load(other, 1)).filmIds).toHaveLength(42);
  write(linear(1));
  expect(registry.newestOverlay(id)).toBe(0);
});

/** Changes the bytes below a key behind the registry's back. */
async function tamper(key: string, edit: (bytes: Uint8Array) => Uint8Array | undefined): Promise<void> {
  const root = open({ path: folder, noSubdir: false });
  const chunks = root.openDB<Uint8Array, string>({ name: 'chunks', encoding: 'binary' });
  const edited = edit(Uint8Array.from(chunks.getBinary(key)!));
  if (edited) chunks.putSync(key, edited);
  else chunks.removeSync(key);
  await root.close();
}

test.each<[string, string, (bytes: Uint8Array) => Uint8Array | undefined, RegExp]>([
  ['a bit', '/items/000000', (bytes) => bytes.with(5, bytes[5]! ^ 1), /items: chunk 0 does not match/],
  ['a byte less', '/gain/000000', (bytes) => bytes.subarray(1), /chunk 0 of gain has 7 bytes, not 8/],
  ['a chunk that is gone', '/film_ids/000000', () => undefined, /chunk 0 of film_ids is missing/],
  ['nonsense', '', () => Buffer.from('{}'), /its manifest cannot be read/],
  ['another shape', '', (bytes) => edited(bytes, '"items":2,', '"items":3,'), /items has shape \[2, 8\], not \[3, 8\]/],
  ['a tensor less', '', (bytes) => edited(bytes, '"film_ids"', '"films"'), /it has no tensor film_ids/],
])('damage does not serve, and the version still does: %s', async (_, place, edit, message) => {
  const id = write(linear(1));
  unwrap(registry.writeOverlay(id, rowsOf(linear(2, 2))));
  await tamper(`${id}/overlays/0000000001${place}`, edit);
  registry.refresh();
  const loaded = registry.load(id, 1);
  expect(loaded).toMatchObject({ ok: false, error: { code: 'version-corrupt', fields: { version: id, overlay: 1 } } });
  if (!loaded.ok) expect(loaded.error.message).toMatch(message);
  expect(registry.load(id).ok).toBe(true);
  expect(unwrap(registry.writeOverlay(id, rowsOf(linear(2, 2))))).toBe(2);
  expect(registry.load(id, 2).ok).toBe(true);
});

const edited = (bytes: Uint8Array, from: string, to: string): Uint8Array =>
  Buffer.from(Buffer.from(bytes).toString().replace(from, to));

test('two processes that write at once never share a number', async () => {
  const id = write(linear(1));
  const writer = fileURLToPath(new URL('writer.mjs', import.meta.url));
  const args = [built('src/registry/registry.js'), folder, 'overlays', id];
  await Promise.all(['a', 'b'].map((name) => promisify(execFile)(process.execPath, [writer, ...args, name])));
  registry.refresh();
  expect(registry.newestOverlay(id)).toBe(20);
  const authors = Array.from({ length: 20 }, (_, i) => unwrap(registry.overlay(id, i + 1)).filmIds[0]!);
  expect(new Set(authors).size).toBe(20);
});
