/** The executable itself, as the build made it: exit codes and pipes that close early. */

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { built, packageVersion } from '../../src/core/package.js';

const main = built('src/cli/main.js');
// The variables of whoever runs the tests are not part of them.
const env = { PATH: process.env.PATH };

test('it prints its version', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [main, '--version'], { env });
  expect(stdout).toBe(`${packageVersion}\n`);
});

test('wrong usage ends the process with 2, a refused setting with 1', async () => {
  for (const [args, code] of [
    [['nonsense'], 2],
    [['config', 'check', '--port', 'x'], 1],
  ] as const) {
    const child = spawn(process.execPath, [main, ...args], { env, stdio: 'ignore' });
    expect(await once(child, 'exit')).toEqual([code, null]);
  }
});

test('a reader that leaves early is no error', async () => {
  const child = spawn(process.execPath, [main, 'config', 'show'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let complaints = '';
  child.stderr.on('data', (data: Buffer) => (complaints += data.toString()));
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(complaints).toBe('');
});
