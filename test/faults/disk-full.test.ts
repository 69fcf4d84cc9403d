/** A disk that takes no more: said in words, nothing half-written, and the same command works once there is room. */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { built, packageRoot } from '../../src/core/package.js';
import { openSmallDisk } from './small-disk.js';

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
const data = join(packageRoot, 'data/movielens-latest-small');
const places = ['--data-dir', join(folder, 'var'), '--models-dir', join(folder, 'models')];

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command that may not make any file longer than so many blocks of 512 bytes, the unit of POSIX shells. */
async function matinee(blocksMax: number | 'unlimited', ...args: string[]): Promise<{ code: number; stderr: string }> {
  const command = `ulimit -f ${blocksMax}; exec "$@"`;
  const run = promisify(execFile)('sh', ['-c', command, 'sh', process.execPath, built('src/cli/main.js'), ...args], {
    env: { PATH: process.env.PATH },
  });
  try {
    return { code: 0, stderr: (await run).stderr };
  } catch (error) {
    return error as { code: number; stderr: string };
  }
}

const disk = await openSmallDisk(256);
afterAll(() => {
  disk?.close();
});

const importing = ['import', data, ...places.slice(0, 2)];

it('where no file may be long enough, nothing is made; with room, the same command works', async () => {
  const stopped = await matinee(2400, ...importing);
  expect(stopped.stderr).toMatch(
    /^matinee: cannot make a state in .*state: .* \(ulimit -f\), .*\n {2}hint: Make room.*\n$/,
  );
  expect(stopped.code).toBe(1);
  expect(await matinee('unlimited', ...importing)).toEqual({ code: 0, stderr: '' });
  const repeated = await matinee(2400, ...importing);
  expect(repeated.stderr).toMatch(/^matinee: cannot write to .*state: .*\n {2}hint: Is the disk full\?.*\n$/);
}, 60_000);

it.skipIf(disk === undefined)(
  'on a full disk training fails in words, and the model that was there serves on',
  async () => {
    const there = ['--data-dir', join(disk!.folder, 'var'), '--models-dir', join(disk!.folder, 'models')];
    const works = async (...args: string[]): Promise<void> => {
      expect(await matinee('unlimited', ...args)).toEqual({ code: 0, stderr: '' });
    };
    await works('import', data, ...there.slice(0, 2));
    await works('train', '--model', 'ials', '--iterations', '1', ...there);
    const training = ['train', '--model', 'ials', '--iterations', '2', ...there];
    for (const leftMib of [0, 3, 60]) {
      disk!.fill(leftMib);
      const { code, stderr } = await matinee('unlimited', ...training);
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/^matinee: cannot write [^]*(MiB are left|no space left)[^]*\n {2}hint: .*\n$/),
      ]);
      await works('recommend', '42', ...there);
      disk!.clear();
    }
    await works(...training);
  },
  60_000,
);
