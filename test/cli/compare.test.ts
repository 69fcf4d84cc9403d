/** `matinee compare` and `matinee tune`: run folders of the same bytes, tables, costs, and what is refused. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Compared } from '../../src/app/compare.js';
import type { Tuning } from '../../src/app/tune.js';
import { addCompare } from '../../src/cli/compare.js';
import { addImport } from '../../src/cli/import.js';
import { addTrain } from '../../src/cli/train.js';
import { addTune } from '../../src/cli/tune.js';
import { completion, startChat } from '../text/llm/chat-server.js';
import { unwrap } from '../../src/core/errors.js';
import { openState } from '../../src/store/state.js';
import { runCommand, type Ran } from './run.js';
import { writeTwoGenres, writeTwoTastes } from './two-tastes.js';

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
const data = ['--data-dir', join(folder, 'var')];
const places = [...data, '--models-dir', join(folder, 'models')];
const run = (...args: string[]): Promise<Ran> => runCommand([addTrain, addCompare, addTune], [...args, ...places]);

async function printed<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await run(...args, '--json');
  // A slow machine is told of the progress there.
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as T;
}

/** Contents of all files below. */
const contents = (path: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'utf8')]),
  );

const wide = (text: string): string[] =>
  text.split('\n').filter((line) => line.length > 100 && /^\S+ {2}/.test(line) && !line.includes('/'));

beforeAll(async () => {
  const file = writeTwoTastes(folder);
  expect(await runCommand([addImport], ['import', file, ...data])).toMatchObject({ code: 0 });
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('compare: both popularities beside the models, and the same inputs give the same bytes', async () => {
  const compared = (): Promise<Compared> => printed('compare', 'linear', '--protocol', 'leave-last-out');
  const { run: first, comparisons, signal } = await compared();
  const [comparison] = comparisons;
  expect(comparison!.figures.models.map(({ model }) => model)).toEqual(['popularity', 'recent popularity', 'linear']);
  expect(comparison!.verdict).toMatchObject({ best: 'linear', choice: 'linear', evidence: 'sufficient' });
  expect(comparison).toMatchObject({ protocol: 'leave-last-out', decides: true, k: 20 });
  expect(comparison!.groups.map(({ by }) => by)).toContain('activity');
  expect(signal).toMatchObject({ users: 240, verdict: 'measurable' });

  const before = contents(first.path);
  expect(
    Object.keys(before)
      .map((path) => path.slice(first.path.length + 1))
      .sort(),
  ).toEqual([
    'figures/leave-last-out-less-popularity.svg',
    'figures/leave-last-out.svg',
    'inputs.json',
    'report.json',
    'report.md',
  ]);
  const inputs = JSON.parse(before[join(first.path, 'inputs.json')]!) as Record<string, unknown>;
  expect(inputs).toMatchObject({
    snapshot: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    ...{ seed: 1, protocols: ['leave-last-out'], code: { node: process.version } },
    models: [{ name: 'popularity' }, { name: 'recent popularity' }, { kind: 'linear' }],
  });
  rmSync(first.path, { recursive: true });
  expect((await compared()).run).toEqual(first);
  expect(contents(first.path)).toEqual(before);
});

test('a person sees each protocol, its verdict and where the report is', async () => {
  const { stdout, code } = await run('compare', 'linear', '--protocol', 'leave-last-out', 'leave-one-out');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^leave-last-out: 240 test users with a history; 95 % intervals$/m);
  expect(stdout).toMatch(/^linear has the best ndcg@20, 0\.\d{4}, surely above popularity/m);
  expect(stdout).toMatch(/^leave-one-out: 240 test users/m);
  expect(stdout).toMatch(/^- nothing is known of gender, age, occupation, signup, language: no figures by it$/m);
  expect(stdout).toMatch(/^The log: taste beyond popularity is measurable, its effect \w+: two users share two films/m);
  expect(stdout).toMatch(/^report, pictures and inputs: .*runs\/compare-[0-9a-f]{12}$/m);
  expect(wide(stdout)).toEqual([]);
});

test('a version is compared by its recipe', async () => {
  const quick = ['--iterations', '3', '--dimensions', '4', '--reg', '2'];
  const [version] = await printed<{ manifest: { id: string } }[]>('train', '--model', 'ials', ...quick);
  const { comparisons, run: made } = await printed<Compared>('compare', version!.manifest.id, '--protocol', 'strong');
  expect(comparisons[0]!.figures.models.at(-1)!.model).toBe(version!.manifest.id);
  const { models } = JSON.parse(readFileSync(join(made.path, 'inputs.json'), 'utf8')) as { models: unknown[] };
  expect(models.at(-1)).toMatchObject({ kind: 'ials', hyperparameters: { iterations: 3, dimensions: 4, reg: 2 } });
});

test('cold-text: a configured language model has a row of its own, and says what it cost', async () => {
  let questions = 0;
  // Every second question is one too many.
  const chat = await startChat((_, response) => {
    if (++questions % 2 === 1) return completion({});
    response.statusCode = 400;
    return {};
  });
  const genres = join(folder, 'genres');
  const imported = await runCommand([addImport], ['import', writeTwoGenres(folder), '--data-dir', genres]);
  expect(imported).toMatchObject({ code: 0 });
  const state = unwrap(openState(join(genres, 'state')));
  for (const user of [...state.histories.users()]) state.users.put(user, { gender: user % 3 > 0 ? 'F' : 'M', age: 30 });
  await state.close();
  const prices = ['--llm-input-usd', '1', '--llm-output-usd', '2', '--llm-daily-usd', '5'];
  const llm = ['--llm-url', chat.url, '--llm-model', 'tiny', ...prices];
  try {
    const comparing = async (...models: string[]): Promise<Compared> => {
      const there = ['--data-dir', genres, '--models-dir', join(folder, 'models'), ...llm, '--json'];
      const asked = ['compare', ...models, '--protocol', 'cold-text', ...there];
      const { code, stdout, stderr } = await runCommand([addCompare], asked);
      expect(code, stderr).toBe(0);
      return JSON.parse(stdout) as Compared;
    };
    const { comparisons, run: made } = await comparing('linear', 'text');
    const [{ figures, facts, notes, groups }] = comparisons as [Compared['comparisons'][number]];
    expect(facts).toMatchObject({ known: 'what they say', cold: 0 });
    expect(facts.testUsers).toBeGreaterThan(200);
    expect(figures.models.map(({ model }) => model)).toEqual([
      ...['popularity', 'popularity by age and gender', 'recent popularity', 'linear', 'text', 'linear, tiny reads'],
    ]);
    expect(groups.map(({ by, name }) => `${by} ${name}`)).toEqual([
      ...['gender F', 'gender M', 'age 25-34', 'activity no films'],
    ]);
    expect(groups[0]!.figures!.models.at(-1)!.lessRecent).toHaveProperty('ndcg@20');
    expect(notes.join('\n')).toMatch(/^tiny read \d+ of \d+ texts, the others were read locally \(\d+ tokens in, /m);
    expect(readFileSync(join(made.path, 'inputs.json'), 'utf8')).toContain('"languageModel": "tiny"');
    expect(questions).toBeGreaterThan(100);

    const rows = async (...models: string[]): Promise<string[]> =>
      (await comparing(...models)).comparisons[0]!.figures.models.map(({ model }) => model).slice(3);
    const [version] = await printed<{ manifest: { id: string } }[]>('train', '--model', 'popularity');
    const { id } = version!.manifest;
    expect(await rows('text', id)).toEqual(['text', id, 'text, tiny reads']);
    expect(await rows(id)).toEqual([id]);
  } finally {
    await chat.close();
  }
}, 60_000);

test('--report measures costs, apart from what is the same each time, and writes one document', async () => {
  const document = join(folder, 'comparison.md');
  const { costs, run: made } = await printed<Compared>(
    ...['compare', 'linear', '--protocol', 'leave-last-out', '--report', '--write', document],
  );
  expect(costs.map(({ model }) => model)).toEqual(['popularity', 'recent popularity', 'linear']);
  for (const cost of costs) {
    expect(cost.peakBytes).toBeGreaterThan(2 ** 24);
    expect(cost.trainSeconds).toBeGreaterThan(0);
    expect(cost.answersPerSecond).toBeGreaterThan(100);
    expect(cost.answerCpuMicros).toBeGreaterThan(0.1);
    expect(Math.min(cost.diskBytes, cost.imageBytes)).toBeGreaterThan(1000);
  }
  expect(readFileSync(join(made.path, 'report.md'), 'utf8')).not.toContain('answers/s');
  expect(JSON.parse(readFileSync(join(made.path, 'costs.json'), 'utf8'))).toEqual(costs);
  const text = readFileSync(document, 'utf8');
  expect(text).toMatch(
    /^# Which model\n\nWritten by `matinee compare linear .*\n\nThe choice is \*\*linear\*\*: leave-last-out puts/,
  );
  expect(text).toMatch(/^\| quality +\| metric +\| data +\| operationalisation +\|$/m);
}, 60_000);

test('tune: seeded, its log in a run folder, the command that trains what it found', async () => {
  const tuned = (seed: string): Promise<Tuning> => printed('tune', 'linear', '--trials', '5', '--seed', seed);
  const { run: first, recipe, search } = await tuned('3');
  expect(recipe.kind).toBe('linear');
  expect(Object.keys(search.scores)).toEqual(expect.arrayContaining(['popularity', 'defaults', 'draw 1', 'draw 5']));
  const before = contents(first.path);
  expect(before[join(first.path, 'report.md')]).toMatch(
    /On validation alone[^]*^- all of the log: taste beyond popularity is/m,
  );
  rmSync(first.path, { recursive: true });
  expect((await tuned('3')).run).toEqual(first);
  expect(contents(first.path)).toEqual(before);
  expect((await tuned('4')).run.id).not.toBe(first.id);

  const { stdout } = await run('tune', 'linear', '--trials', '5', '--seed', '3');
  const line = /^to use it: +matinee (train --model linear .*)$/m.exec(stdout)![1]!;
  expect(line).toContain(` --seed=3 --data-dir=${places[1]!} --models-dir=${places[3]!}`);
  const { stdout: made, code } = await runCommand([addTrain], [...line.split(' '), '--json']);
  expect(code).toBe(0);
  const [version] = JSON.parse(made) as { manifest: { seed: number; hyperparameters: object } }[];
  const { seed, ...parameters } = recipe.parameters as Record<string, number>;
  expect([seed, version!.manifest.seed]).toEqual([3, 3]);
  expect(version!.manifest.hyperparameters).toEqual(parameters);
});

test('what cannot be compared or tuned is refused in words', async () => {
  for (const [args, says, code] of [
    [['compare', '--protocol', 'cold-text'], /nobody has both a taste.*\n.*genres/, 1],
    [['compare', '--write', 'a.md'], /--write is for --report\n.*Add --report/, 2],
    [['compare', '--protocol', 'ncf'], /leave-one-out/, 2],
    [['compare', 'nothing-20260101t000000-abcdef12'], /nothing-20260101t000000-abcdef12/, 1],
    [['tune', 'linear', '--protocol', 'strong'], /leave-last-out/, 2],
    [['tune', 'words'], /popularity, text, ials, linear/, 2],
    [['tune', 'linear', '--trials', '0'], /--trials must be a whole number from 1/, 2],
  ] as const) {
    const ran = await run(...args);
    expect(ran).toMatchObject({ code, stderr: expect.stringMatching(says) as string });
  }
});
