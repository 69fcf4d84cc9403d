/** `matinee evaluate`: its protocols on the bundled ratings and on given files, its groups, and what it refuses. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Evaluation } from '../../src/app/evaluate.js';
import { bundledData } from '../../src/app/import.js';
import { addEvaluate } from '../../src/cli/evaluate.js';
import { addImport } from '../../src/cli/import.js';
import { unwrap } from '../../src/core/errors.js';
import { openState } from '../../src/store/state.js';
import { runCommand, type Ran } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'matinee-'));
const run = (...args: string[]): Promise<Ran> => runCommand([addImport, addEvaluate], args);
const popularity = ['--data-dir', join(folder, 'var'), '--model', 'popularity'];

async function evaluated(...args: string[]): Promise<Evaluation> {
  const { code, stdout, stderr } = await run('evaluate', ...popularity, ...args, '--json');
  // A slow machine is told of the progress there.
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Evaluation;
}

beforeAll(async () => {
  expect(await run('import', '--data-dir', join(folder, 'var'), bundledData)).toMatchObject({ code: 0 });
  // What the bundled ratings lack, of some users and films.
  const { users, films, close } = unwrap(openState(join(folder, 'var/state')));
  for (let user = 1; user <= 60; user++) users.put(user, { gender: user <= 20 ? 'F' : 'M' });
  for (const [index, film] of [...films.all()]) if (index % 2 === 0) films.put({ ...film, cost: 3 });
  await close();
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('rolling cuts of the bundled ratings: 268 user-windows of 111 users, which is enough to decide', async () => {
  const lists = join(folder, 'lists.jsonl');
  const { n, metrics, facts, decides, figures } = await evaluated('--protocol', 'rolling', '--lists', lists);
  expect([n, facts.testUsers, decides]).toEqual([268, 111, true]);
  expect(facts.trainingInteractions).toHaveLength(14);
  // As another implementation of the protocol has it on the same data.
  expect(metrics['ndcg@20']!.value).toBeCloseTo(0.108, 3);
  expect(metrics['ndcg@20']!.low).toBeLessThan(metrics['ndcg@20']!.value);
  expect(figures.models.map(({ model }) => model)).toEqual([
    ...['this popularity', 'popularity', 'recent popularity', 'popularity by age and gender'],
  ]);
  const lines = readFileSync(lists, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(n + facts.cold);
});

test('leave-last-out of the bundled ratings', async () => {
  const { n, metrics } = await evaluated('--protocol', 'leave-last-out');
  expect(n).toBe(671);
  expect(metrics['recall@20']!.value).toBeCloseTo(0.0641, 4);
  expect(metrics['ndcg@20']!.value).toBeCloseTo(0.025, 3);
});

test('the other protocols test everybody, and the same seed gives the same bytes', async () => {
  expect(await evaluated('--protocol', 'leave-one-out')).toMatchObject({ n: 671, decides: true });
  const strong = (): Promise<Ran> => run('evaluate', ...popularity, '--protocol', 'strong', '--seed', '5', '--json');
  const { stdout } = await strong();
  expect(JSON.parse(stdout)).toMatchObject({ n: 671, decides: true });
  expect((await strong()).stdout).toBe(stdout);
});

test('a run folder keeps report, picture and inputs, and names the data by its digest', async () => {
  const { run: made, figures } = await evaluated('--protocol', 'leave-last-out', '--group', 'activity');
  expect(made.path).toBe(join(folder, 'var/runs', made.id));
  const read = (name: string): string => readFileSync(join(made.path, name), 'utf8');
  expect(JSON.parse(read('report.json'))).toMatchObject({ figures: JSON.parse(JSON.stringify(figures)) as object });
  expect(read('report.md')).toMatch(/## leave-last-out: 671 test users[^]*\| activity +\| 100 films and more/);
  expect(read('figures/models.svg')).toContain('recent popularity');
  expect(JSON.parse(read('inputs.json'))).toMatchObject({
    ...{ protocol: 'leave-last-out', k: 20, groupings: ['activity'] },
    snapshot: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    models: [{ name: 'this popularity', kind: 'popularity' }, { name: 'popularity' }, { name: 'recent popularity' }],
  });
});

test('cold-text: strangers are answered from their words, surely better than by popularity', async () => {
  const quick = ['--protocol', 'cold-text', '--model', 'linear', '--dimensions', '16'];
  const { facts, metrics, difference, cold, notes } = await evaluated(...quick);
  expect(facts).toMatchObject({ known: 'what they say', cold: 0, seenRemoved: true });
  expect(facts.testUsers).toBeGreaterThan(600);
  expect(difference!['ndcg@20']!.low).toBeGreaterThan(0.01);
  expect(metrics['ndcg@20']!.value).toBeGreaterThan(0.18);
  expect(cold).toBeUndefined();
  expect(notes.join('\n')).toMatch(
    /5 seeded folds over users[^]*test users with a text[^]*films they name are removed/,
  );
}, 30_000);

test('replay: popularity that forgets against popularity that does not, and how to train it', async () => {
  const places = ['--data-dir', join(folder, 'var'), '--protocol', 'replay'];
  const { stdout, code } = await run('evaluate', ...places);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^replay: 9\d{4} interactions in \d+ blocks; 95 % intervals$/m);
  expect(stdout).toMatch(/^that forgets +0\.\d{4} \[.*\] +\+0\.\d{4} \[/m);
  expect(stdout).toMatch(/half-life of \d+ interactions .* matinee train --model popularity --half-life-events \d+/);
  const refused = await run('evaluate', ...places, '--model', 'linear');
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringMatching(/it has no model/) as string });
}, 30_000);

test('groups: large ones have figures, small ones and unknown users are named', async () => {
  const { groups, metrics, notes } = await evaluated('--protocol', 'leave-last-out', '--group', 'activity', 'gender');
  const [activity, gender] = [groups.filter(({ by }) => by === 'activity'), groups.filter(({ by }) => by === 'gender')];
  expect(activity.reduce((sum, { users }) => sum + users, 0)).toBe(671);
  for (const { users, figures } of activity) expect(figures?.users).toBe(users < 30 ? undefined : users);
  expect(gender.map(({ name, users, figures }) => [name, users, figures?.n])).toEqual([
    ['unknown', 611, 611],
    ['M', 40, 40],
    ['F', 20, undefined],
  ]);
  // The films whose fee is known all cost the same; that of the others is not taken for nothing.
  expect(metrics['cost@20']).toEqual({ value: 3, low: 3, high: 3 });
  expect(notes.join('\n')).toMatch(/cost@20 leaves out films of unknown fee, up to \d\d % of the shown ones/);
});

const wide = (text: string): string[] => text.split('\n').filter((line) => line.length > 100 && !line.startsWith('- '));

test('a person sees the figures, the facts of the protocol and the groups in 100 columns', async () => {
  const { stdout } = await run('evaluate', ...popularity, '--protocol', 'rolling', '--group', 'activity');
  expect(stdout).toMatch(/^rolling: 268 user-windows of 111 test users with a history, \d+ without; 95 % intervals\n/);
  expect(stdout).toMatch(/^metric +this popularity +popularity +difference +recent pop\.$/m);
  expect(stdout).toMatch(/^ndcg@20 +0\.\d{4} \[0\.\d{4}, 0\.\d{4}\] +0\.\d{4} /m);
  expect(stdout).toMatch(/^activity +100 films and more +\d+ /m);
  expect(stdout).toContain('30001 to 95003 interactions to train on');
  expect(stdout).toMatch(/^ndcg@20 of popularity by age and gender: 0\.\d{4} \[/m);
  expect(stdout).toMatch(/^ndcg@20 less recent popularity: -0\.\d{4} \[-0\.\d{4}, -0\.\d{4}\]$/m);
  expect(stdout).toMatch(
    /^- the log: taste beyond popularity is measurable, its effect large: .* 2\.\d+ times as often/m,
  );
  expect(wide(stdout)).toEqual([]);
});

test('ncf reads given files, needs no import, and is about places 1 to 10 among 100', async () => {
  const users = Array.from({ length: 30 }, (_, i) => i + 1);
  const negatives = Array.from({ length: 99 }, (_, i) => 100 + i);
  // Half of the users watched what the others are to find; these are to find what nobody watched.
  const watched = (user: number): number => (user > 15 ? 1 : 2);
  const toFind = (user: number): number => (user > 15 ? 900 : 1);
  const given = {
    train: users.map((user) => `${user}\t${watched(user)}\t5\t10\n`).join(''),
    test: users.map((user) => `${user}\t${toFind(user)}\t5\t20\n`).join(''),
    negatives: users.map((user) => `${[`(${user},${toFind(user)})`, ...negatives].join('\t')}\n`).join(''),
  };
  const flags = Object.entries(given).flatMap(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return [`--${name}`, join(folder, name)];
  });
  const elsewhere = ['--data-dir', join(folder, 'nothing'), '--model', 'popularity', '--protocol', 'ncf'];
  const { stdout, code } = await run('evaluate', ...elsewhere, ...flags, '--json');
  expect(code).toBe(0);
  const { n, metrics, facts } = JSON.parse(stdout) as Evaluation;
  expect([n, Object.keys(metrics).includes('ndcg@10'), facts.ranked]).toEqual([30, true, 'given candidates']);
  expect([metrics['hr@10']!.value, metrics['ndcg@10']!.value]).toEqual([0.5, 0.5]);

  writeFileSync(join(folder, 'train'), `${given.train}oops\t1\n`);
  const broken = await run('evaluate', ...elsewhere, ...flags);
  expect(broken).toMatchObject({ code: 1 });
  expect(broken.stderr).toMatch(/train:\d+: "oops" is no user id/);
});

test('what cannot be measured is refused in words', async () => {
  for (const [args, says] of [
    [['--protocol', 'ncf'], /--train FILE --test FILE --negatives FILE\n.*docs\/evaluation\.md/],
    [['--protocol', 'ncf', '--train', 'a', '--test', 'b'], /--negatives FILE/],
    [['--protocol', 'ncf', '--snapshot', 'newest'], /reads files, no snapshot/],
    [['--protocol', 'rolling', '--train', 'a'], /are for --protocol ncf, not rolling/],
    [['--protocol', 'tomorrow'], /leave-one-out/],
    [['--group', 'shoes'], /occupation/],
    [['--half-life', '3', '--half-life-events', '3'], /stands instead of --half-life/],
  ] as const) {
    const ran = await run('evaluate', ...popularity, ...args);
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(says) as string });
  }
  const help = await run('evaluate', '--help');
  expect(help.stdout).toContain('matinee evaluate --protocol ncf --train');
});
