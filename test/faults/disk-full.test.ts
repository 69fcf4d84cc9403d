/** A disk that takes no more: said in words, nothing half-written, and the same command works once there is room. */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { built, packageRoot } from '../../src/core/package.js';

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

it('an import and a training run that do not fit fail in words, and succeed when repeated with room', async () => {
  const importing = ['import', data, ...places.slice(0, 2)];
  const stopped = await matinee(2400, ...importing);
  expect(stopped.stderr).toMatch(/^matinee: cannot write to .*state: .*\n {2}hint: Is the disk full\?.*\n$/);
  expect(stopped.code).toBe(1);
  expect(await matinee('unlimited', ...importing)).toEqual({ code: 0, stderr: '' });

  const training = ['train', '--model', 'ials', '--iterations', '1', ...places];
  const refused = await matinee(2400, ...training);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('cannot write to')]);
  expect((await matinee('unlimited', 'recommend', '42', ...places)).stderr).toContain('no model is current');
  expect(await matinee('unlimited', ...training)).toEqual({ code: 0, stderr: '' });
  expect(await matinee('unlimited', 'recommend', '42', ...places)).toEqual({ code: 0, stderr: '' });
}, 60_000);
