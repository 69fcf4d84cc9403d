/** `matinee state`: sizes and the canonical text, by the command. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StateSpace } from '../../src/app/state.js';
import { addState } from '../../src/cli/state.js';
import { unwrap } from '../../src/core/errors.js';
import { openState } from '../../src/store/state.js';
import { runCommand } from './run.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
});
afterEach(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => runCommand([addState], ['state', ...args, '--data-dir', folder]);

async function fill(): Promise<void> {
  const state = unwrap(openState(join(folder, 'state')));
  for (const id of ['a', 'b']) state.films.put({ id, title: id, year: null, genres: [] });
  for (const user of [1, 2, 3]) state.histories.merge(user, [{ film: 1, rating: 4, minutes: null, timeMs: 1000 }]);
  await state.close();
}

test('stats: what users, films and databases take', async () => {
  await fill();
  const space = JSON.parse((await run('stats', '--json')).stdout) as StateSpace;
  expect(space).toMatchObject({ users: 3, films: 2, interactions: 3 });
  const histories = space.databases.find(({ name }) => name === 'histories')!;
  expect(histories).toEqual({
    ...{ name: 'histories', entries: 3, branchPages: 0, leafPages: 1, overflowPages: 0, bytes: 4096 },
  });
  expect(space.bytesPerUser).toBe(4096 / 3); // nobody has a profile
  expect(space.bytesOnDisk).toBeGreaterThan(space.databases.reduce((sum, { bytes }) => sum + bytes, 0));

  const { stdout } = await run('stats');
  expect(stdout).toMatch(/^bytes a film +6144$/m);
  expect(stdout).toMatch(/^histories +3 +0 +1 +0 +4096 +1365.3$/m);
});

test('dump --canonical: JSON lines', async () => {
  await fill();
  const { code, stdout } = await run('dump', '--canonical');
  expect(code).toBe(0);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map((line) => Object.keys(line)[0])).toEqual(['film', 'film', 'history', 'history', 'history']);
});

test('without a state, and without a form', async () => {
  expect(await run('stats')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('does not hold a state') as string,
  });
  expect(await run('dump')).toMatchObject({ code: 2, stderr: expect.stringContaining('--canonical') as string });
});
