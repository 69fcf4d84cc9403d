/** `matinee models`, from the first version to the last. */

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addModels } from '../../src/cli/models.js';
import { unwrap } from '../../src/core/errors.js';
import { openRegistry } from '../../src/registry/registry.js';
import { encodeSafetensors, type SafeTensor } from '../../src/registry/safetensors.js';
import { facts, ials, popularity } from '../registry/models.js';
import { runCommand } from './run.js';

let cwd: string;
let first: string;
let second: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'matinee-'));
  const registry = unwrap(openRegistry(join(cwd, 'models')));
  first = unwrap(registry.write(popularity(['a', 'b']), facts(1))).id;
  second = unwrap(registry.write(ials(1), facts(2))).id;
  unwrap(registry.promote(first));
  await registry.close();
});

afterEach(() => rm(cwd, { recursive: true }));

const models = (...args: string[]) =>
  runCommand([addModels], ['models', ...args, '--models-dir', join(cwd, 'models')], { cwd });

const json = async (...args: string[]): Promise<unknown> => JSON.parse((await models(...args, '--json')).stdout);

test('list shows versions and pointers', async () => {
  const { code, stdout } = await models('list');
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(new RegExp(`^${second} +ials +40 +8 +2026-01-02 03:04$`));
  expect(lines[2]).toMatch(new RegExp(`^${first} +popularity +2 +1 +2026-01-02 03:04 +current$`));
  expect(await json('list')).toMatchObject({
    pointers: { current: first, previous: null, candidate: null },
    versions: [{ id: second }, { id: first }],
    damaged: [],
  });
});

test('show tells where a version came from', async () => {
  const { stdout } = await models('show', second);
  expect(stdout).toMatch(/^encoder +type fold-in, alpha 40, reg 0.01, regScaling 1$/m);
  expect(stdout).toMatch(/^command +matinee train ials --seed 7$/m);
  expect(stdout).toMatch(/^metric recall@20 +0.2 \(0.1 to 0.3\)$/m);
  expect(stdout).toMatch(/^data +90 interactions of 10 users with 40 films, 1970-01-01 to 2001-09-09$/m);
  expect(stdout).toMatch(/^tensor items +f32 \[40, 8\] [0-9a-f]{64}$/m);
  expect(await json('show')).toMatchObject({ id: first, kind: 'popularity' });
});

test('promote, rollback, remove', async () => {
  expect((await models('promote', second)).stdout).toBe(`${second} is now current; the previous one is ${first}\n`);
  expect((await models('promote', 'current')).stdout).toBe(`${second} is current already\n`);
  expect(await json('rollback')).toEqual({
    pointers: { current: first, previous: second, candidate: null },
    changed: true,
  });
  const used = await models('remove', second);
  expect(used).toMatchObject({ code: 1, stdout: '' });
  expect(used.stderr).toContain(`version ${second} is the previous one`);
});

test('a version goes out, away and in again under the same id', async () => {
  const file = join(cwd, 'model.safetensors');
  expect(await json('export', second, file)).toEqual({ version: second, file });
  expect((await models('remove', second)).stdout).toBe(`${second} is removed\n`);
  expect((await models('show', second)).code).toBe(1);
  const { stdout } = await models('import', file);
  expect(stdout).toBe(`${second} is imported; \`matinee models promote ${second}\` lets it serve\n`);
  expect(await readdir(cwd)).toEqual(['model.safetensors', 'models']);
});

test.each([
  [['show', 'candidate'], 'there is no candidate version'],
  [['rollback'], 'there is no previous version'],
  [['promote', 'ails'], 'the registry holds no version ails'],
  [['import', 'nowhere.safetensors'], 'cannot read nowhere.safetensors'],
  [['export', 'current', 'no/such/folder'], 'cannot write no/such/folder'],
])('%j fails with exit code 1 and a reason', async (args, message) => {
  const { code, stderr } = await models(...args);
  expect(code).toBe(1);
  expect(stderr).toContain(message);
});

test("a model made elsewhere: a fold-in's items are turned into their axes, a sum's stay as they are", async () => {
  const tensors = { items: [1, 0, 1, 1, 0, 2], gain: [1, 0.5, 0.5] };
  const f32 = (values: readonly number[], shape: number[]): SafeTensor => ({
    ...{ dtype: 'F32', shape },
    bytes: new Uint8Array(Float32Array.from(values).buffer),
  });
  const film_ids: SafeTensor = { dtype: 'U8', shape: [5], bytes: Buffer.from('a\nb\nc') };
  const parts = { items: f32(tensors.items, [3, 2]), film_ids };
  const write = (name: string, metadata: Record<string, string>, added: Record<string, SafeTensor>) => {
    const file = {
      metadata: new Map(Object.entries(metadata)),
      tensors: new Map(Object.entries({ ...parts, ...added })),
    };
    return writeFile(join(cwd, name), Buffer.concat(encodeSafetensors(file)));
  };
  await write('linear', { kind: 'linear', floor: '-0.5', rating_high: '10' }, { gain: f32(tensors.gain, [3]) });
  await write('ials', { kind: 'ials', alpha: '4', reg: '1', reg_scaling: '0' }, {});

  const turned = 'items were turned into their principal axes';
  const folding = await models('import', join(cwd, 'ials'));
  expect(folding.stdout + folding.stderr).toContain(turned);
  const { code, stdout, stderr } = await models('import', join(cwd, 'linear'));
  expect([code, (stdout + stderr).includes(turned)]).toEqual([0, false]);
  const id = /linear-\d{8}t\d{6}-[0-9a-f]{8}/.exec(stdout)![0];
  expect(await json('show', id)).toMatchObject({
    encoder: { type: 'sum', floor: -0.5, ratingHigh: 10 },
    hyperparameters: { floor: -0.5, ratingHigh: 10 },
  });
  expect((await models('promote', id)).code).toBe(0);
});

test('a file that is no model is refused, and nothing is added', async () => {
  const file = join(cwd, 'text.safetensors');
  await writeFile(file, 'this is not one');
  expect(await json('import', file)).toMatchObject({ error: { code: 'format-invalid' } });
  expect(((await json('list')) as { versions: unknown[] }).versions).toHaveLength(2);
});

test('without a registry, list says how to get one', async () => {
  const { code, stderr } = await runCommand([addModels], ['models', 'list', '--models-dir', join(cwd, 'none')]);
  expect(code).toBe(1);
  expect(stderr).toContain('matinee train');
});
