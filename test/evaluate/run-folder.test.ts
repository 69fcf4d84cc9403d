/** Run folders: named by their inputs, whole or not there. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { asJson, writeRunFolder } from '../../src/evaluate/run-folder.js';
import { sha256 } from '../../src/registry/digest.js';

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const inputs = { snapshot: 'abc', seed: 1 };
const files = { 'report.json': asJson({ n: 1 }), 'figures/a.svg': '<svg/>' };

test('a run folder is named by the digest of its inputs, which stand in it', () => {
  const run = unwrap(writeRunFolder(folder, 'compare', inputs, files));
  const told = readFileSync(join(run.path, 'inputs.json'));
  expect(JSON.parse(told.toString())).toEqual(inputs);
  expect(run.id).toBe(`compare-${sha256(told).slice(0, 12)}`);
  expect(readFileSync(join(run.path, 'figures/a.svg'), 'utf8')).toBe('<svg/>');
  expect(existsSync(`${run.path}.part`)).toBe(false);
});

test('the same inputs replace the folder, others make another', () => {
  const first = unwrap(writeRunFolder(folder, 'compare', inputs, { ...files, 'costs.json': '{}' }));
  const again = unwrap(writeRunFolder(folder, 'compare', inputs, files));
  expect(again).toEqual(first);
  expect(existsSync(join(again.path, 'costs.json'))).toBe(false);
  expect(unwrap(writeRunFolder(folder, 'compare', { ...inputs, seed: 2 }, files)).id).not.toBe(first.id);
});

test('a place that cannot be written is named', () => {
  const place = join(folder, 'a-file');
  writeFileSync(place, '');
  const run = writeRunFolder(place, 'compare', inputs, files);
  expect(run).toMatchObject({
    ok: false,
    error: { code: 'storage-failed', message: expect.stringContaining(place) as string },
  });
});
