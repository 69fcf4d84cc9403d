/** From the bundled ratings to a current version and a report, by the commands themselves. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundledData } from '../../src/app/import.js';
import { addEvaluate } from '../../src/cli/evaluate.js';
import { addImport } from '../../src/cli/import.js';
import { addTrain } from '../../src/cli/train.js';
import { unwrap } from '../../src/core/errors.js';
import { openRegistry } from '../../src/registry/registry.js';
import { runCommand, type Ran } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
const models = join(folder, 'models');
const data = ['--data-dir', join(folder, 'var')];
const both = [...data, '--models-dir', models];
const run = (...args: string[]): Promise<Ran> => runCommand([addImport, addTrain, addEvaluate], args);

interface Trained {
  readonly manifest: {
    readonly id: string;
    readonly kind: string;
    readonly seed: number | null;
    readonly command: string;
  };
  readonly promoted: boolean;
}
interface Evaluated {
  readonly n: number;
  readonly metrics: Record<string, { value: number; low: number; high: number }>;
  readonly difference: Record<string, { low: number }>;
}

beforeAll(async () => {
  expect(await run('import', ...data, bundledData)).toMatchObject({ code: 0 });
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('the first personal version becomes current, later ones wait for promotion', async () => {
  const quick = ['--iterations', '2', '--dimensions', '8', '--json'];
  const first = JSON.parse((await run('train', ...both, ...quick)).stdout) as Trained[];
  expect(first.map(({ manifest, promoted }) => [manifest.kind, promoted])).toEqual([
    ['popularity', false],
    ['linear', true],
    ['ials', false],
    ['text', false],
  ]);
  expect(first[1]!.manifest.command).toBe(`matinee train ${[...both, ...quick].join(' ')}`);

  const second = await run('train', ...both, '--model', 'ials', '--seed', '5', ...quick);
  const [version] = JSON.parse(second.stdout) as Trained[];
  expect(version).toMatchObject({ promoted: false, manifest: { seed: 5, hyperparameters: { iterations: 2 } } });

  const registry = unwrap(openRegistry(models, { readOnly: true }));
  expect(registry.pointers().current).toBe(first[1]!.manifest.id);
  const manifest = unwrap(registry.manifest(first[1]!.manifest.id));
  expect(manifest.tensors.cold).toMatchObject({ shape: [9066, 50] });
  expect(manifest.cold!.prior).toBeGreaterThan(0);
  expect(manifest.data).toMatchObject({ users: 671, interactions: 100_004 });
  expect(manifest.data!.files.map(({ name }) => name)).toContain('ratings.csv');
  await registry.close();
});

test('with the defaults the model beats popularity on the bundled data, beyond the interval', async () => {
  const lists = join(folder, 'lists.jsonl');
  const ran = await run('evaluate', ...both, '--protocol', 'leave-last-out', '--lists', lists, '--json');
  const { n, metrics, difference } = JSON.parse(ran.stdout) as Evaluated;
  expect(n).toBe(671);
  expect(metrics['recall@20']!.value).toBeGreaterThan(0.14);
  expect(difference['recall@20']!.low).toBeGreaterThan(0);

  const lines = readFileSync(lists, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(671);
  const { user, items } = JSON.parse(lines[0]!) as { user: number; items: string[] };
  expect([user, items.length, new Set(items).size]).toEqual([1, 20, 20]);
});

test('a version is evaluated by its recipe, trained anew', async () => {
  const trained = await run('train', ...both, '--model', 'ials', '--iterations', '3', '--dimensions', '4', '--json');
  const [version] = JSON.parse(trained.stdout) as Trained[];
  const protocol = ['--protocol', 'leave-last-out', '--json'];
  const byVersion = await run('evaluate', ...both, '--model', version!.manifest.id, ...protocol);
  const byFlags = await run(
    'evaluate',
    ...both,
    '--model',
    'ials',
    '--iterations',
    '3',
    '--dimensions',
    '4',
    ...protocol,
  );
  const { metrics } = JSON.parse(byVersion.stdout) as Evaluated;
  expect(metrics).toEqual((JSON.parse(byFlags.stdout) as Evaluated).metrics);
});

test('the table says what was cut, what was removed and what the figures decide', async () => {
  const { code, stdout } = await run('evaluate', ...both, '--model', 'popularity', '--half-life', '90');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^time: \d+ test users with a history, \d+ without/);
  expect(stdout).toContain('trained strictly before');
  expect(stdout).toContain('it decides nothing');
});

test('mistakes are told, and nothing is made', async () => {
  for (const [args, message] of [
    [['train', '--dimensions', 'many'], /not a number/],
    [['train', '--threads', '0'], /whole number/],
    [['train', '--reg', '0'], /reg is 0/],
    [['train', '--model', 'popularity', '--half-life', '-1'], /half-life is -1/],
    [['train', '--model', 'linear', '--recency', '4.5'], /recency is 4\.5; it must be a number from 0 to 4/],
    [['evaluate', '--protocol', 'tomorrow'], /leave-last-out/],
  ] as const) {
    expect(await run(...args, ...both)).toMatchObject({ code: 2, stderr: expect.stringMatching(message) as string });
  }
  expect(await run('evaluate', ...both, '--model', 'ials-x')).toMatchObject({ code: 1 });
  const empty = join(folder, 'empty');
  const none = await run('train', '--data-dir', empty, '--models-dir', join(folder, 'none'));
  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('matinee import') as string });
  expect(existsSync(join(folder, 'none'))).toBe(false);
});
