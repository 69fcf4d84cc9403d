/** Versions and pointers: what is written is read back, and what pointers may do. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import type { Model } from '../../src/registry/model.js';
import { openRegistry, type Registry } from '../../src/registry/registry.js';
import { facts, ials, popularity, withCold } from './models.js';

let folder: string;
let registry: Registry;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  registry = unwrap(openRegistry(join(folder, 'models')));
});

afterEach(async () => {
  await registry.close();
  await rm(folder, { recursive: true });
});

const write = (model: Model, second: number): string => unwrap(registry.write(model, facts(second))).id;
const empty = popularity([]);
const large = ials(3, 10_000, 32); // items of 1.2 MiB: several chunks

test.each([
  ['popularity', popularity(['a', 'b'])],
  ['fold-in with bias', ials(1)],
  ['several chunks', large],
  ['cold columns', withCold(ials(1))],
  ['no items', empty],
  ['names beyond ASCII', popularity(['amélie', '映画', '+plus', '💿'])],
])('a version is read back as it was written: %s', (_, model) => {
  const manifest = unwrap(registry.write(model, facts(1)));
  expect(unwrap(registry.manifest(manifest.id))).toEqual(manifest);
  expect(unwrap(registry.load(manifest.id))).toEqual(model);
});

test('the manifest tells the facts, the shapes and the digests', () => {
  const manifest = unwrap(registry.write(large, facts(1)));
  const { created, ...known } = facts(1);
  expect(manifest).toMatchObject({ ...known, created: created.toISOString(), items: 10_000, dimensions: 32 });
  expect(manifest.id).toMatch(/^ials-20260102t030401-[0-9a-f]{8}$/);
  expect(manifest.tensors.items).toMatchObject({ dtype: 'f32', shape: [10_000, 32], bytes: 1_280_000 });
  expect(manifest.tensors.items!.chunks).toHaveLength(2);
});

test('tensors may lie in shared memory', () => {
  const model = ials(1);
  const items = new Float32Array(new SharedArrayBuffer(model.items.byteLength));
  items.set(model.items);
  expect(unwrap(registry.load(write({ ...model, items }, 1)))).toEqual(model);
});

test('the id changes with the tensors, the encoder and the weights, not with the facts', () => {
  const digits = (id: string): string => id.slice(-8);
  const id = write(ials(1), 1);
  expect(digits(write(ials(1), 2))).toBe(digits(id));
  expect(digits(write(ials(2), 1))).not.toBe(digits(id));
  const encoder = { type: 'fold-in', alpha: 41, reg: 0.01, regScaling: 1 } as const;
  expect(digits(write({ ...ials(1), encoder }, 1))).not.toBe(digits(id));
  const { cold, ...rest } = withCold(ials(1));
  const heavier = { ...cold!, weights: { ...cold!.weights, era: 9 } };
  expect(digits(write({ ...rest, cold: heavier }, 1))).not.toBe(digits(write(withCold(ials(1)), 1)));
  expect(write(ials(1), 1)).toBe(id);
  expect(registry.list().versions).toHaveLength(6);
});

test('versions are listed newest first', () => {
  const ids = [write(ials(1), 5), write(popularity(['a']), 9), write(ials(2), 7)];
  expect(registry.list().versions.map(({ id }) => id)).toEqual([ids[1], ids[2], ids[0]]);
  expect(registry.list().damaged).toEqual([]);
});

test('a model that cannot be served is not stored', () => {
  const model = ials(1);
  model.items[3] = NaN;
  expect(registry.write(model, facts(1))).toMatchObject({ ok: false, error: { code: 'version-invalid' } });
  const turned = { ...ials(1), items: Float32Array.from(ials(1).items, (value, i) => value + (i % 3)) };
  expect(registry.write(turned, facts(1))).toMatchObject({ ok: false, error: { code: 'version-invalid' } });
  expect(registry.list().versions).toEqual([]);
});

test('promotion moves current, remembers the one before and ends a candidacy; rollback swaps', () => {
  const [a, b] = [write(ials(1), 1), write(ials(2), 2)];
  expect(registry.pointers()).toEqual({ current: null, previous: null, candidate: null });
  expect(registry.rollback()).toMatchObject({ ok: false, error: { code: 'pointer-unset' } });

  expect(unwrap(registry.promote(a))).toEqual({
    changed: true,
    pointers: { current: a, previous: null, candidate: null },
  });
  expect(unwrap(registry.promote(a)).changed).toBe(false);
  expect(registry.rollback()).toMatchObject({ ok: false, error: { code: 'pointer-unset' } });

  expect(unwrap(registry.setCandidate(b)).pointers).toEqual({ current: a, previous: null, candidate: b });
  expect(unwrap(registry.promote(b)).pointers).toEqual({ current: b, previous: a, candidate: null });
  expect(unwrap(registry.rollback()).pointers).toEqual({ current: a, previous: b, candidate: null });
  expect(unwrap(registry.rollback()).pointers).toEqual({ current: b, previous: a, candidate: null });

  expect(unwrap(registry.setCandidate(a)).pointers.candidate).toBe(a);
  expect(unwrap(registry.setCandidate(null)).pointers.candidate).toBe(null);
  expect(registry.pointers()).toEqual({ current: b, previous: a, candidate: null });
});

test('a version that a pointer names is not removed; any other is, with all its bytes', () => {
  const [a, b, c] = [write(ials(1), 1), write(ials(2), 2), write(large, 3)];
  unwrap(registry.promote(a));
  unwrap(registry.promote(b));
  unwrap(registry.setCandidate(c));
  for (const [id, pointer] of [
    [a, 'previous'],
    [b, 'current'],
    [c, 'candidate'],
  ] as const) {
    expect(registry.remove(id)).toMatchObject({ ok: false, error: { code: 'version-in-use', fields: { pointer } } });
  }
  unwrap(registry.setCandidate(null));
  unwrap(registry.remove(c));
  expect(registry.load(c)).toMatchObject({ ok: false, error: { code: 'version-unknown' } });
  expect(registry.remove(c)).toMatchObject({ ok: false, error: { code: 'version-unknown' } });
  expect(unwrap(registry.load(a))).toEqual(ials(1));
});

test('an unknown version is named with the one that was probably meant', () => {
  const id = write(ials(1), 1);
  const mistyped = registry.promote(id.replace('ials', 'ails'));
  expect(mistyped).toMatchObject({ ok: false, error: { code: 'version-unknown', hint: `Did you mean ${id}?` } });
  for (const name of ['', 'x'.repeat(5000), '../../etc', '💿']) {
    expect(registry.load(name)).toMatchObject({ ok: false, error: { code: 'version-unknown' } });
  }
});

test('a reader does not make a registry', () => {
  const missing = openRegistry(join(folder, 'elsewhere'), { readOnly: true });
  expect(missing).toMatchObject({ ok: false, error: { code: 'data-missing' } });
});
