/** Models out and in: our own versions keep their identity, others' models are read or refused with the place and a cure. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { exportModel } from '../../src/registry/export-model.js';
import { importModel } from '../../src/registry/import-model.js';
import { factsOf, manifestOf } from '../../src/registry/manifest-of.js';
import type { Model } from '../../src/registry/model.js';
import { openRegistry } from '../../src/registry/registry.js';
import { decodeSafetensors, encodeSafetensors, type SafeTensor } from '../../src/registry/safetensors.js';
import { toTensors } from '../../src/registry/tensors.js';
import { facts, ials, linear, popularity, withCold } from './models.js';

const exported = (model: Model): Buffer =>
  Buffer.concat(exportModel(model, manifestOf(model, toTensors(model), facts(1))));

const foldIn = { type: 'fold-in', alpha: 4, reg: 1, regScaling: 0 } as const;
const weighing: Model = { ...ials(1), encoder: { ...foldIn, floor: 0, ratingHigh: 10 } };

test.each<[string, Model]>([
  ['fold-in', ials(1)],
  ['fold-in that weighs', weighing],
  ['sum', linear(1)],
  ['of texts', { ...linear(1), kind: 'text' }],
  ['with cold columns', withCold(linear(1))],
  ['constant', popularity(['a', '映画'])],
  ['no items', popularity([])],
])('an export comes back as the same version under the same id: %s', async (_, model) => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  const here = unwrap(openRegistry(join(folder, 'here')));
  const there = unwrap(openRegistry(join(folder, 'there')));
  const original = unwrap(here.write(model, facts(1)));
  const file = Buffer.concat(exportModel(unwrap(here.load(original.id)), original));
  const imported = unwrap(importModel(file, 'x'));
  expect(imported).toEqual({ model, manifest: original, notes: [] });
  expect(unwrap(there.write(imported.model, factsOf(imported.manifest!)))).toEqual(original);
  await here.close();
  await there.close();
  await rm(folder, { recursive: true });
});

/** A file as someone else would write it, with parts replaced or (undefined) left out. */
function foreign(
  tensors: Record<string, SafeTensor | undefined> = {},
  metadata: Record<string, string | undefined> = {},
): Buffer {
  const present = <T>(parts: Record<string, T | undefined>) =>
    new Map(Object.entries(parts).filter((part): part is [string, T] => part[1] !== undefined));
  return Buffer.concat(
    encodeSafetensors({
      metadata: present({ kind: 'ials', alpha: '40', reg: '0.01', reg_scaling: '1', ...metadata }),
      tensors: present({ items: f32([3, 2], 1, 0, 0, 3, 2, 2), film_ids: ids('a\nb\nc'), ...tensors }),
    }),
  );
}
const bytesOf = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer);
const f32 = (shape: number[], ...values: number[]): SafeTensor => ({
  ...{ dtype: 'F32', shape },
  bytes: bytesOf(Float32Array.from(values)),
});
const coldWeights = JSON.stringify(withCold(linear(1)).cold!.weights);
const ids = (text: string): SafeTensor => ({ dtype: 'U8', shape: [Buffer.byteLength(text)], bytes: Buffer.from(text) });

test('a model made elsewhere: the encoder from its numbers, the fallback from the norms', () => {
  const { model, manifest, notes } = unwrap(importModel(foreign(), 'x'));
  expect(model).toEqual({
    kind: 'ials',
    encoder: { type: 'fold-in', alpha: 40, reg: 0.01, regScaling: 1 },
    filmIds: ['a', 'b', 'c'],
    dimensions: 2,
    items: Float32Array.of(1, 0, 0, 3, 2, 2),
    fallback: Int32Array.of(1, 2, 0),
  });
  expect(manifest).toBeNull();
  expect(notes).toEqual(['fallback was made from the rows of largest norm']);
});

test('wider types are converted, and it says so', () => {
  const items: SafeTensor = { dtype: 'F64', shape: [3, 2], bytes: bytesOf(Float64Array.of(1, 0, 0, 3, 2, 0.1)) };
  const fallback: SafeTensor = { dtype: 'I64', shape: [2], bytes: bytesOf(BigInt64Array.of(2n, 0n)) };
  const { model, notes } = unwrap(importModel(foreign({ items, fallback, bias: f32([3], 0, 1, 2) }), 'x'));
  expect(model.items[5]).toBe(Math.fround(0.1));
  expect(model.fallback).toEqual(Int32Array.of(2, 0));
  expect(model.bias).toEqual(Float32Array.of(0, 1, 2));
  expect(notes).toEqual(['items was converted from F64 to F32']);
});

test('a constant encoder brings its user vector', () => {
  const { model } = unwrap(importModel(foreign({ user: f32([2], 1, 1) }, { kind: 'popularity' }), 'x'));
  expect(model.encoder).toEqual({ type: 'constant' });
  expect(model.user).toEqual(Float32Array.of(1, 1));
});

test('a sum encoder brings its gain; without numbers all films weigh alike', () => {
  const gain = f32([3], 1, 0.5, 0.25);
  const numbers = { kind: 'linear', floor: '-0.5', rating_high: '10' };
  const { model } = unwrap(importModel(foreign({ gain }, numbers), 'x'));
  expect(model).toMatchObject({ kind: 'linear', encoder: { type: 'sum', floor: -0.5, ratingHigh: 10 } });
  expect(model.gain).toEqual(Float32Array.of(1, 0.5, 0.25));
  const plain = unwrap(importModel(foreign({ gain }, { kind: 'linear' }), 'x'));
  expect(plain.model.encoder).toEqual({ type: 'sum', floor: 1, ratingHigh: 5 });
  const aged = unwrap(importModel(foreign({ gain }, { kind: 'linear', recency: '0.6' }), 'x'));
  expect(aged.model.encoder).toEqual({ type: 'sum', floor: 1, ratingHigh: 5, recency: 0.6 });
});

test('a fold-in can weigh films by how much they were liked', () => {
  const { model } = unwrap(importModel(foreign({}, { floor: '0.25', rating_high: '5' }), 'x'));
  expect(model.encoder).toMatchObject({ alpha: 40, floor: 0.25, ratingHigh: 5 });
});

test('provenance that belongs to other tensors is left out, and it says so', () => {
  const { metadata, tensors } = unwrap(decodeSafetensors(exported(ials(1)), 'x'));
  const other = unwrap(decodeSafetensors(exported(ials(2)), 'x')).tensors.get('items')!;
  const mixed = Buffer.concat(encodeSafetensors({ metadata, tensors: new Map([...tensors, ['items', other]]) }));
  const { manifest, notes } = unwrap(importModel(mixed, 'x'));
  expect(manifest).toBeNull();
  expect(notes).toEqual(['the manifest in the file describes another model, so its provenance is left out']);
});

test.each<[string, Buffer, string, RegExp, RegExp]>([
  ['cut off', foreign().subarray(0, -1), 'format-invalid', /not a sound safetensors file/, /Write it again/],
  ['no kind', foreign({}, { kind: undefined }), 'format-invalid', /has no kind/, /metadata=\{"kind": "ials"/],
  [
    'an unknown kind',
    foreign({}, { kind: 'bpr' }),
    'format-invalid',
    /kind "bpr" is unknown/,
    /popularity, ials, linear/,
  ],
  ['no alpha', foreign({}, { alpha: undefined }), 'format-invalid', /has no alpha/, /"alpha": "40"/],
  ['reg in words', foreign({}, { reg: 'much' }), 'format-invalid', /reg "much" is not a number/, /Values are strings/],
  [
    'an empty scaling',
    foreign({}, { reg_scaling: ' ' }),
    'format-invalid',
    /reg_scaling "" is not a number/,
    /strings/,
  ],
  ['a floor alone', foreign({}, { floor: '0.2' }), 'format-invalid', /has no rating_high/, /Values are strings/],
  [
    'a recency in words',
    foreign({}, { kind: 'linear', recency: 'new' }),
    'format-invalid',
    /recency "new" is not a number/,
    /"recency": "0.5"/,
  ],
  ['no gain', foreign({}, { kind: 'linear' }), 'version-invalid', /needs the tensor gain/, /docs/],
  ['gain in two axes', foreign({ gain: f32([3, 1], 1, 2, 3) }), 'format-invalid', /gain is F32/, /1 axes/],
  ['a broken encoder', foreign({}, { encoder: '{' }), 'format-invalid', /encoder "\{" is not one/, /Leave it out/],
  ['no items', foreign({ items: undefined }), 'format-invalid', /no tensor items/, /It has film_ids;/],
  ['no film ids', foreign({ film_ids: undefined }), 'format-invalid', /no tensor film_ids/, /It has items;/],
  ['items in one axis', foreign({ items: f32([2], 1, 2) }), 'format-invalid', /items is F32 \[2\]/, /2 axes/],
  ['items of bytes', foreign({ items: ids('abcdef') }), 'format-invalid', /items is U8 \[6\]/, /float32/],
  ['bias in two axes', foreign({ bias: f32([3, 1], 1, 2, 3) }), 'format-invalid', /bias is F32/, /1 axes/],
  ['ids as floats', foreign({ film_ids: f32([1], 1) }), 'format-invalid', /not the UTF-8 bytes/, /np\.uint8/],
  [
    'ids in Latin-1',
    foreign({ film_ids: { dtype: 'U8', shape: [1], bytes: Uint8Array.of(0xe9) } }),
    'format-invalid',
    /not the UTF-8/,
    /encode/,
  ],
  ['an id too few', foreign({ film_ids: ids('a\nb') }), 'format-invalid', /3 rows, and film_ids 2 lines/, /same order/],
  ['an id too many', foreign({ film_ids: ids('a\nb\nc\n') }), 'format-invalid', /3 rows, and film_ids 4 lines/, /same/],
  ['a float fallback', foreign({ fallback: f32([1], 0) }), 'format-invalid', /fallback is F32/, /int32/],
  [
    'NaN',
    foreign({ items: f32([3, 2], 1, 2, 3, NaN, 5, 6) }),
    'version-invalid',
    /NaN in row 1, column 1/,
    /docs\/models/,
  ],
  ['weights without cold columns', foreign({}, { cold: coldWeights }), 'format-invalid', /only one/, /both/],
  ['cold columns without weights', foreign({ cold: f32([3, 1], 1, 2, 3) }), 'format-invalid', /only one/, /both/],
  ['broken weights', foreign({}, { cold: '{"prior":1}' }), 'format-invalid', /is not weights/, /prior, genre, text/],
  ['an id twice', foreign({ film_ids: ids('a\nb\na') }), 'version-invalid', /row 0 and in row 2/, /docs/],
  ['no user', foreign({}, { kind: 'popularity' }), 'version-invalid', /needs the tensor user/, /docs/],
  [
    'a fallback beyond',
    foreign({ fallback: { dtype: 'I64', shape: [1], bytes: bytesOf(BigInt64Array.of(2n ** 32n)) } }),
    'version-invalid',
    /at place 0/,
    /docs/,
  ],
])('refused with a cure: %s', (_, file, code, message, hint) => {
  const result = importModel(file, 'theirs.safetensors');
  expect(result).toMatchObject({ ok: false, error: { code } });
  if (result.ok) return;
  expect(result.error.message).toMatch(message);
  expect(result.error.hint).toMatch(hint);
});
