/** Which code made a version: told where it can be known, null where it cannot. */

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { codeFacts, workTree } from '../../src/registry/code-facts.js';
import { manifestSchema } from '../../src/registry/manifest.js';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'matinee-'))));
afterEach(() => rm(folder, { recursive: true }));

const unknown = { commit: null, dirty: null };
const git = (...args: string[]) => promisify(execFile)('git', ['-C', folder, ...args]);

test('this package', async () => {
  const facts = await codeFacts();
  expect(manifestSchema.shape.code.parse(facts)).toEqual(facts);
  expect(facts).toMatchObject({ node: process.version, lockfileSha256: expect.any(String) as string });
});

test('a folder without Git is unknown', async () => {
  expect(await workTree(folder)).toEqual(unknown);
  expect(await workTree(join(folder, 'missing'))).toEqual(unknown);
});

test('a work tree is known once it has a commit, and dirty when a file changed or is new', async () => {
  await git('init', '--quiet');
  expect(await workTree(folder)).toEqual(unknown);
  await writeFile(join(folder, 'a'), '1');
  await git('add', 'a');
  await git('-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '--quiet', '-m', 'one');
  const { stdout } = await git('rev-parse', 'HEAD');
  expect(await workTree(folder)).toEqual({ commit: stdout.trim(), dirty: false });
  await writeFile(join(folder, 'b'), '2');
  expect(await workTree(folder)).toEqual({ commit: stdout.trim(), dirty: true });
});

test('a folder inside the work tree of another project is unknown', async () => {
  await git('init', '--quiet');
  await git('-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '--quiet', '--allow-empty', '-m', 'one');
  await mkdir(join(folder, 'node_modules/matinee'), { recursive: true });
  expect(await workTree(join(folder, 'node_modules/matinee'))).toEqual(unknown);
});
