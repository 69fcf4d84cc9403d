/** The NCF protocol on small files made here: what is read, what is refused and where, and the published arithmetic. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import { succeed, unwrap } from '../../src/core/errors.js';
import { unknownFilm } from '../../src/dataset/facts.js';
import { refuseLeaks } from '../../src/evaluate/leaks.js';
import { learner, measure } from '../../src/evaluate/measure.js';
import { ncfCuts } from '../../src/evaluate/protocols/ncf.js';
import { readNcf, type NcfPaths } from '../../src/evaluate/protocols/ncf-files.js';
import { reportOn } from '../../src/evaluate/report.js';
import { trainPopularity } from '../../src/train/popularity.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
});
afterAll(() => rm(folder, { recursive: true }));

const negatives = Array.from({ length: 99 }, (_, i) => 200 + i);
const question = (user: number, item: number): string => [`(${user},${item})`, ...negatives].join('\t');

/** Two users who rated two items each, and a third one who is met in the test file first. */
const sound = {
  train: '7\t1\t5\t1000\n7\t2\t3\t900\n8\t1\t4\t1100\n8\t3\t1\n',
  test: '8\t2\t5\t2000\n7\t3\t4\t2000\n9\t1\t2\n',
  negatives: `${question(8, 2)}\n${question(7, 3)}\n${question(9, 1)}\n`,
};

async function files(changes: Partial<typeof sound> = {}): Promise<NcfPaths> {
  const paths = { train: join(folder, 'train'), test: join(folder, 'test'), negatives: join(folder, 'negatives') };
  for (const [name, text] of Object.entries({ ...sound, ...changes })) await writeFile(join(folder, name), text);
  return paths;
}

test('histories are by time, and each positive stands among its 99 negatives', async () => {
  const { cuts } = ncfCuts(unwrap(readNcf(await files())));
  const { train, cases } = cuts[0]!;
  expect([...train.users]).toEqual([7, 8, 9]);
  const items = (rows: Iterable<number>): string[] => Array.from(rows, (row) => train.films[row]!);
  expect(cases.map(({ user, history, relevant }) => [user, items(history), items(relevant)])).toEqual([
    [8, ['3', '1'], ['2']],
    [7, ['2', '1'], ['3']],
    [9, [], ['1']],
  ]);
  expect([...cases[1]!.preferences].map((liked) => 5 * liked)).toEqual([expect.closeTo(3), 5]);
  for (const { candidates, relevant } of cases) {
    expect(items(candidates!)).toEqual([...items(relevant), ...negatives.map(String)]);
  }
  expect(refuseLeaks(cuts[0]!)).toMatchObject({ ok: true });
});

test('a rating that is there twice counts once, as of its newest time', async () => {
  const { cuts } = ncfCuts(unwrap(readNcf(await files({ train: '7\t1\t1\t10\n7\t2\t3\t20\n7\t1\t5\t30\n' }))));
  const { filmOf, time, preference } = cuts[0]!.train;
  expect([[...filmOf], [...time], preference[1]]).toEqual([[1, 0], [20_000, 30_000], 1]);
});

test('a positive that is in the training file too is a leak', async () => {
  const { cuts } = ncfCuts(unwrap(readNcf(await files({ train: `${sound.train}8\t2\t5\t900\n` }))));
  expect(refuseLeaks(cuts[0]!)).toMatchObject({ ok: false, error: { code: 'leak-found', fields: { cut: 'ncf' } } });
});

const broken: readonly [what: string, changes: Partial<typeof sound>, says: RegExp][] = [
  ['no user', { train: '7\t1\t5\nseven\t1\t5\n' }, /train:2: "seven" is no user id$/],
  ['no item', { train: '7\n' }, /train:1: it has no item$/],
  ['no rating', { train: '7\t1\n' }, /train:1: "" is no rating$/],
  ['no time', { test: sound.test.replace('\t2000', '\tnoon') }, /test:1: "noon" is no timestamp/],
  ['an empty line', { train: `\n${sound.train}` }, /train:1: "" is no user id$/],
  [
    'a line of negatives too few',
    { negatives: `${question(8, 2)}\n` },
    /negatives:2: there are 1 lines, and 3 in .*test$/,
  ],
  [
    'another order',
    { negatives: `${question(8, 2)}\n${question(9, 1)}\n${question(7, 3)}\n` },
    /negatives:2: .*\(7,3\)$/,
  ],
  [
    '98 negatives',
    { negatives: sound.negatives.replace('\t298', '') },
    /negatives:1: it has 98 negatives instead of 99$/,
  ],
  ['an item twice', { negatives: sound.negatives.replace('\t298', '\t2') }, /negatives:1: an item is in it twice$/],
];

test.each(broken)('%s: the file and the line are named', async (_, changes, says) => {
  const read = readNcf(await files(changes));
  expect(read).toMatchObject({ ok: false, error: { code: 'format-invalid' } });
  expect(read.ok ? '' : read.error.message).toMatch(says);
});

test('a file that is not there is named', async () => {
  const read = readNcf({ ...(await files()), negatives: join(folder, 'elsewhere') });
  expect(read).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
  expect(read.ok ? '' : read.error.message).toContain('elsewhere');
});

test('popularity: HR@10 and nDCG@10 are what counting by hand gives', async () => {
  const { uniform, integer } = random(6);
  const ratings = new Set<string>();
  for (let user = 0; user < 250; user++) {
    for (let i = 0; i < 12; i++) ratings.add(`${user}\t${Math.floor(400 * uniform() ** 2)}`);
  }
  const rated = [...ratings].map((pair) => pair.split('\t'));
  const counts = new Map<string, number>();
  for (const [, item] of rated) counts.set(item!, (counts.get(item!) ?? 0) + 1);
  const lines = rated.map(([user, item]) => `${user}\t${item}\t3`);
  const asked = Array.from({ length: 250 }, (_, user) => {
    const unmet = (): string => {
      for (;;) {
        const item = String(integer(400));
        if (!ratings.has(`${user}\t${item}`)) return item;
      }
    };
    const among = new Set<string>();
    while (among.size < 100) among.add(unmet());
    return { user, among: [...among] };
  });
  const paths = await files({
    train: `${lines.join('\n')}\n`,
    test: asked.map(({ user, among }) => `${user}\t${among[0]}\t5\t9\n`).join(''),
    negatives: asked.map(({ user, among }) => `${[`(${user},${among[0]})`, ...among.slice(1)].join('\t')}\n`).join(''),
  });

  const { cuts, notes } = ncfCuts(unwrap(readNcf(paths)));
  const films = cuts[0]!.train.films.map(() => unknownFilm);
  const popularity = learner('popularity', (train) => Promise.resolve(succeed(trainPopularity(train, {}))));
  const measurement = unwrap(await measure(cuts, [popularity], films, 10));
  const options = { baseline: 'popularity', seed: 1, notes, groupings: [], users: new Map<number, never>() };
  const { figures, facts } = reportOn(measurement, options);

  const orderOf = new Map(cuts[0]!.train.films.map((film, row) => [film, row]));
  const places = asked.map(({ among }) =>
    among
      .toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || orderOf.get(a)! - orderOf.get(b)!)
      .indexOf(among[0]!),
  );
  const mean = (value: (place: number) => number): number =>
    places.reduce((sum, place) => sum + (place < 10 ? value(place) : 0), 0) / places.length;
  const { metrics } = figures.models[0]!;
  expect(metrics['hr@10']!.value).toBeCloseTo(
    mean(() => 1),
    12,
  );
  expect(metrics['ndcg@10']!.value).toBeCloseTo(
    mean((place) => 1 / Math.log2(place + 2)),
    12,
  );
  expect(metrics['hr@10']!.value).toBeGreaterThan(0.1);
  expect(facts).toMatchObject({ ranked: 'given candidates', seenRemoved: false, testUsers: 250 });
});
