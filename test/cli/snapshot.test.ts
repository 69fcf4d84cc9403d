/** `matinee snapshot`, and training from what it makes. */

import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSnapshot } from '../../src/cli/snapshot.js';
import { addState } from '../../src/cli/state.js';
import { addEvaluate } from '../../src/cli/evaluate.js';
import { addModels } from '../../src/cli/models.js';
import { addTrain } from '../../src/cli/train.js';
import { unwrap } from '../../src/core/errors.js';
import type { SnapshotManifest } from '../../src/dataset/snapshot/manifest.js';
import type { Manifest } from '../../src/registry/manifest.js';
import { openRegistry } from '../../src/registry/registry.js';
import { openState } from '../../src/store/state.js';
import { fill } from '../dataset/snapshot-state.js';
import { facts, popularity } from '../registry/models.js';
import { runCommand } from './run.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  await change(fill);
});
afterEach(() => rm(folder, { recursive: true }));

async function change(how: (state: ReturnType<typeof open>) => void): Promise<void> {
  const state = open();
  how(state);
  await state.close();
}
const open = () => unwrap(openState(join(folder, 'var/state')));
const rate = () =>
  change(({ histories }) => {
    histories.merge(1, [{ film: 0, rating: 1, minutes: null, timeMs: 1000 }]);
  });

const all = [addSnapshot, addState, addTrain, addEvaluate, addModels];
const run = (...args: string[]) =>
  runCommand(all, [...args, '--data-dir', join(folder, 'var')], {
    env: { MATINEE_MODELS_DIR: join(folder, 'models') },
  });
const json = async <T>(...args: string[]): Promise<T> => JSON.parse((await run(...args, '--json')).stdout) as T;
interface Taken {
  readonly snapshot: string;
  readonly folder: string;
  readonly made: boolean;
  readonly removed: readonly string[];
  readonly manifest: SnapshotManifest;
}
const shelf = () => join(folder, 'var/snapshots');

test('taken once, and again only after a change', async () => {
  const first = await json<Taken>('snapshot');
  expect(first).toMatchObject({ made: true, removed: [], folder: join(shelf(), first.snapshot) });
  expect(first.manifest.code).toHaveProperty('kernelSha256');
  expect(await json<Taken>('snapshot')).toMatchObject({ made: false, snapshot: first.snapshot });
  expect((await run('snapshot')).stdout).toMatch(/^\S+ is the state as it is, in /);
  await rate();
  const second = await json<Taken>('snapshot', 'take');
  expect(second).toMatchObject({ made: true });
  expect(second.snapshot).not.toBe(first.snapshot);
  expect(readdirSync(shelf()).sort()).toEqual([first.snapshot, second.snapshot].sort());
});

test('a newest one that is damaged is not taken for the state', async () => {
  const { snapshot, folder: home } = await json<Taken>('snapshot');
  truncateSync(join(home, 'films.parquet'), 50);
  const verified = await run('snapshot', 'verify', snapshot);
  expect(verified).toMatchObject({ code: 1, stdout: '' });
  expect(verified.stderr).toContain('films.parquet has 50 bytes instead of');
  await rm(home, { recursive: true });
  expect(await json<Taken>('snapshot')).toMatchObject({ made: true });
});

test('list, verify, and names that lead nowhere', async () => {
  expect((await run('snapshot', 'verify')).stderr).toContain('there is no snapshot in');
  const { snapshot, manifest, folder: home } = await json<Taken>('snapshot');
  mkdirSync(join(shelf(), '20250101t000000-00000000'));
  writeFileSync(join(shelf(), '20250101t000000-00000000', 'manifest.json'), '{}');
  const { stdout } = await run('snapshot', 'list');
  expect(stdout).toMatch(new RegExp(`^${snapshot} .* ${manifest.counts.interactions} `, 'm'));
  expect(stdout).toMatch(/^20250101t000000-00000000 +damaged/m);
  expect((await run('snapshot', 'verify')).stdout).toMatch(new RegExp(`^${snapshot} is sound`));
  expect((await run('snapshot', 'verify', home)).code).toBe(0);
  expect(await run('snapshot', 'verify', '20250101t000000-11111111')).toMatchObject({ code: 1 });
});

test('restored elsewhere, the canonical text is the same', async () => {
  const { snapshot, folder: home } = await json<Taken>('snapshot');
  expect(await run('snapshot', 'restore', snapshot)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is a state in') as string,
  });
  const copy = ['--data-dir', join(folder, 'copy')];
  const restored = await runCommand(all, ['snapshot', 'restore', home, ...copy]);
  expect(restored.stdout).toContain('partition 0 goes on at offset 1000');
  expect(existsSync(join(folder, 'copy/state.restoring'))).toBe(false);
  const dump = await runCommand(all, ['state', 'dump', '--canonical', ...copy]);
  expect(dump.stdout).toBe((await run('state', 'dump', '--canonical')).stdout);
  expect(dump.stdout.length).toBeGreaterThan(1000);
});

test('the newest 5 stay, and those that a version names', async () => {
  const old = [0, 1, 2, 3, 4, 5, 6].map((day) => `2025010${day + 1}t000000-00000000`);
  for (const id of old) mkdirSync(join(shelf(), id), { recursive: true });
  const registry = unwrap(openRegistry(join(folder, 'models')));
  const { data, ...rest } = facts(1);
  const snapshot = { id: old[1]!, sha256: 'c'.repeat(64), offsets: {} };
  unwrap(registry.write(popularity(['a']), { ...rest, data: { ...data!, snapshot } }));
  await registry.close();

  const { removed, snapshot: id } = await json<Taken>('snapshot');
  expect(removed).toEqual([old[2], old[0]]);
  expect(readdirSync(shelf()).sort()).toEqual([old[1], ...old.slice(3), id]);
});

test('a model names the snapshot it learned from, and can learn from it again', async () => {
  const train = ['train', '--model', 'ials', '--iterations', '1', '--dimensions', '2'];
  const [first] = await json<{ manifest: Manifest }[]>(...train);
  const [id] = readdirSync(shelf());
  const named = first!.manifest.data!;
  expect(named.snapshot).toMatchObject({ id, offsets: { '0': { from: 0, to: 1000 } } });
  const shown = await runCommand(all, ['models', 'show', '--models-dir', join(folder, 'models')]);
  expect(shown.stdout).toMatch(/^snapshot +\S+ [0-9a-f]{64}$/m);

  await rate();
  const [again] = await json<{ manifest: Manifest }[]>(...train, '--snapshot', id!);
  expect(again!.manifest.data).toEqual(named);
  expect(again!.manifest.tensors.items!.sha256).toBe(first!.manifest.tensors.items!.sha256);
  const [now] = await json<{ manifest: Manifest }[]>(...train);
  expect(now!.manifest.data!.fingerprint).not.toBe(named.fingerprint);
  expect(readdirSync(shelf())).toHaveLength(2);

  const evaluated = await run(
    'evaluate',
    '--snapshot',
    'newest',
    '--model',
    'popularity',
    '--protocol',
    'leave-last-out',
  );
  expect(evaluated.code).toBe(0);
});
