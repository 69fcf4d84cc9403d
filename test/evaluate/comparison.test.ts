/** Comparisons by hand: which contender is best, which one is chosen, and how that reads. */

import { describe, expect, test } from 'vitest';
import { succeed, unwrap } from '../../src/core/errors.js';
import { unknownUser } from '../../src/dataset/facts.js';
import { compareOn, decide, type Comparison, type ComparisonOptions } from '../../src/evaluate/comparison.js';
import { comparisonText, decisionText, differencePicture, verdictText } from '../../src/evaluate/comparison-text.js';
import { measure, type Contender, type Measurement } from '../../src/evaluate/measure.js';
import { modelsPicture } from '../../src/evaluate/report-text.js';
import type { Signal } from '../../src/evaluate/signal/signal.js';
import { caseOf, cutOf, filmsOf } from './example.js';

const films = filmsOf(Array.from({ length: 10 }, () => ({})));

/** Finds the film of those users for whom `finds` holds. */
const finding = (name: string, finds: (user: number) => boolean): Contender => ({
  name,
  answer: (cut) => Promise.resolve(succeed(cut.cases.map(({ user }) => Int32Array.of(finds(user) ? 1 : 2)))),
});

async function measured(users: number, contenders: readonly Contender[]): Promise<Measurement> {
  const cases = Array.from({ length: users }, (_, i) => caseOf(i + 1, i % 3 === 0 ? [0] : [0, 3], [1]));
  return unwrap(await measure([cutOf([[9999, 9, 1]], cases)], contenders, films, 20));
}
const options: ComparisonOptions = { seed: 1, notes: ['a note'], groupings: [], users: new Map() };
const compared = async (users: number, ...contenders: Contender[]): Promise<Comparison> =>
  compareOn('by hand', await measured(users, contenders), options);

const signalOf = (verdict: Signal['verdict']): Signal => ({
  ...{ users: 300, pairs: 300, verdict },
  lift: { value: 1.5, low: 1.4, high: 1.6 },
});
const [taste, noTaste] = [signalOf('measurable'), signalOf('none')];

const popularity = finding('popularity', (user) => user % 10 === 0);

test('a contender surely above popularity is chosen, and who is surely below it is not alike', async () => {
  const comparison = await compared(
    300,
    popularity,
    finding('half', (user) => user % 2 === 0),
    finding('all', () => true),
  );
  expect(comparison.verdict).toEqual({ best: 'all', choice: 'all', evidence: 'sufficient', alike: [] });
  expect(comparison.lessBest.half!['ndcg@20']!.value).toBeCloseTo(-0.5, 9);
  expect(comparison.lessBest).not.toHaveProperty('all');
  expect(verdictText(comparison)).toMatch(
    /^\*\*all\*\* has the best ndcg@20, 1\.0000, surely above popularity \(\+0\.9000 /,
  );
  expect(verdictText(comparison)).toMatch(/Every other model is surely below it\.$/);
});

test('contenders that cannot be told apart are named with their interval', async () => {
  const [a, b] = [finding('a', (user) => user % 4 < 2 || user === 3), finding('b', (user) => user % 4 > 1)];
  const comparison = await compared(300, popularity, a, b);
  expect(comparison.verdict).toMatchObject({ best: 'a', choice: 'a', evidence: 'sufficient', alike: ['b'] });
  expect(verdictText(comparison)).toMatch(/Not to be told from it: b \(-0\.00\d\d \[-0\.\d+, \+0\.\d+\]\); .*cost/);
});

test('what may be chance and what too few cases show decide nothing', async () => {
  const lucky = finding('lucky', (user) => user % 10 === 0 || user === 1);
  expect((await compared(300, popularity, lucky)).verdict).toMatchObject({
    ...{ best: 'lucky', choice: 'popularity', evidence: 'not above popularity' },
  });
  const few = await compared(
    199,
    popularity,
    finding('all', () => true),
  );
  expect(few.verdict).toMatchObject({ best: 'all', choice: 'popularity', evidence: 'too few test cases' });
  expect(verdictText(few)).toContain('199 test cases decide nothing: **popularity** stays');
});

test('where popularity leads, it stays', async () => {
  const comparison = await compared(
    300,
    popularity,
    finding('none', () => false),
  );
  expect(comparison.verdict).toMatchObject({ best: 'popularity', choice: 'popularity' });
  expect(verdictText(comparison)).toContain('nothing is above it');
});

test('whom the first protocol does not tell apart, the next one judges, if it has evidence', async () => {
  const [a, b] = [finding('a', (user) => user % 4 < 2 || user === 3), finding('b', (user) => user % 4 > 1)];
  const open = await compared(300, popularity, a, b);
  expect(decide([open])).toEqual({ choice: 'a', alike: ['b'] });
  const [none, all] = [finding('a', () => false), finding('b', () => true)];
  expect(decide([open, await compared(300, popularity, none, all)])).toEqual({ choice: 'b', alike: [] });
  const few = await compared(30, popularity, none, all);
  expect(decide([open, few])).toEqual({ choice: 'a', alike: ['b'] });
  expect(decide([few, open])).toEqual({ choice: 'popularity', alike: [] });
  expect(decisionText([open, few], taste, [])).toMatch(
    /^The choice is \*\*a\*\*: by hand puts a in front and does not tell it from b; by hand decides nothing \(too few/,
  );
});

describe('recent popularity, which looks worse than it is where times are mixed', async () => {
  const some = await compared(
    300,
    popularity,
    finding('all', () => true),
  );
  const saying = (protocol: string, best: string, ...alike: string[]): Comparison => ({
    ...{ ...some, protocol },
    verdict: { best, choice: best, evidence: 'sufficient', alike },
  });
  const recent = 'recent popularity';
  const rolling = saying('rolling', 'linear', recent, 'ials');
  const lastOut = saying('leave-last-out', 'linear without prior', 'linear');

  test('is removed by a protocol in time alone', () => {
    expect(decide([rolling, lastOut])).toEqual({ choice: 'linear', alike: [recent] });
    expect(decide([rolling, saying('time', 'linear')])).toEqual({ choice: 'linear', alike: [] });
    expect(decide([saying('rolling', recent, 'linear', 'ials'), lastOut])).toEqual({
      choice: recent,
      alike: ['linear'],
    });
    expect(decide([lastOut, rolling])).toEqual({ choice: 'linear', alike: [] });
  });

  test('takes nobody else the vote of the others, and does not win by being spared', () => {
    const strangers = saying('cold-text', 'ials');
    expect(decide([rolling, strangers])).toEqual({ choice: 'ials', alike: [recent] });
    expect(decide([rolling, lastOut, strangers])).toEqual({ choice: 'linear', alike: [recent] });
  });

  test('is said to be open in time, with what both cost where that was measured', () => {
    const text = (...costs: Parameters<typeof decisionText>[2]): string =>
      decisionText([rolling, lastOut, saying('cold-text', 'ials')], taste, costs);
    expect(text()).toMatch(
      /^The choice is \*\*linear\*\*: .*\. It is not told from recent popularity in time; cost may decide\.$/m,
    );
    const costs = [
      { model: recent, trainCpuSeconds: 0.04, answerCpuMicros: 6.72 },
      { model: 'linear', trainCpuSeconds: 0.98, answerCpuMicros: 22.8 },
    ];
    expect(text(...costs)).toContain(
      'cost may decide (CPU s of a training and CPU µs of an answer: linear 0.98 and 22.8, recent popularity 0.04 and 6.7).',
    );
    expect(decisionText([rolling], taste, [])).toContain(
      'It is not told from recent popularity in time, nor from ials by any protocol; cost may decide.',
    );
  });
});

test('where the log holds no taste, no personal model is chosen, whatever it is above', async () => {
  const contenders = [popularity, finding('all', () => true)];
  const measurement = await measured(300, contenders);
  const verdictWith = (signal: Signal): Comparison => compareOn('by hand', measurement, { ...options, signal });
  expect(verdictWith(taste).verdict).toMatchObject({ choice: 'all', evidence: 'sufficient' });
  expect(decisionText([verdictWith(taste)], taste, [])).toMatch(
    /^The choice is \*\*all\*\*: by hand puts all in front[^]*\n\nThe log: taste beyond popularity is measurable.* 1\.500 times/,
  );
  const without = verdictWith(noTaste);
  expect(without.verdict).toMatchObject({ best: 'all', choice: 'popularity', evidence: 'no taste measurable' });
  expect(verdictText(without)).toMatch(/\(less popularity \+0\.9.*no taste is measurable.*\*\*popularity\*\* stays/);
  expect(decide([without])).toEqual({ choice: 'popularity', alike: [] });
  expect(decisionText([without], noTaste, [])).toMatch(
    /^The choice is \*\*popularity\*\*: by hand chooses popularity .*no personal model can help where none .*\n\nThe log: no taste/,
  );
});

test('where the log holds no taste, a simple rule surely above popularity is chosen: it needs none', async () => {
  const contenders = [
    popularity,
    finding('all', () => true),
    ...[0.3, 0.6].map((share, i) =>
      finding(['popularity by age and gender', 'recent popularity'][i]!, (user) => user % 10 < 10 * share),
    ),
    finding('popularity of a week', (user) => user % 10 < 8),
  ];
  const chosenOf = (measurement: Measurement, rules?: readonly string[]): Comparison =>
    compareOn('by hand', measurement, { ...options, signal: noTaste, ...(rules === undefined ? {} : { rules }) });
  const measurement = await measured(300, contenders);
  const comparison = chosenOf(measurement);
  expect(comparison.verdict).toMatchObject({ choice: 'recent popularity', evidence: 'no taste measurable' });
  expect(verdictText(comparison)).toMatch(
    /so only a rule without taste .*: \*\*recent popularity\*\* is, surely above .*0\.5/,
  );
  expect(decide([comparison])).toEqual({ choice: 'recent popularity', alike: [] });
  expect(chosenOf(measurement, ['popularity of a week']).verdict.choice).toBe('popularity of a week');
  const rules = chosenOf(
    await measured(
      300,
      contenders.filter(({ name }) => /recent|popularity$/.test(name)),
    ),
  );
  expect(verdictText(rules)).toMatch(
    /^\*\*recent popularity\*\* has the best .*surely above popularity .*it is chosen\. For/,
  );
  expect(chosenOf(await measured(199, contenders)).verdict.choice).toBe('popularity');
});

test('that no personal model can help is said of the protocols alone that the log was held against', async () => {
  const measurement = await measured(300, [popularity, finding('all', () => true)]);
  const strangers = compareOn('cold-text', measurement, options);
  const rolling = compareOn('rolling', measurement, { ...options, signal: noTaste });
  expect(decisionText([strangers], noTaste, [])).not.toContain('no personal model');
  expect(decisionText([strangers, rolling], noTaste, [])).toMatch(
    /^The choice is \*\*all\*\*: cold-text puts all in front of all; rolling chooses popularity .*no personal model can help/,
  );
});

test('models are held against recent popularity, too, where it is measured', async () => {
  const contenders = [finding('recent popularity', (user) => user % 2 === 0), finding('all', () => true)];
  const comparison = await compared(300, popularity, ...contenders);
  const [first, recent, all] = comparison.figures.models;
  expect(all!.lessRecent!['ndcg@20']!.value).toBeCloseTo(0.5, 9);
  expect(first).not.toHaveProperty('lessRecent');
  expect(recent).not.toHaveProperty('lessRecent');
  expect(verdictText(comparison)).toMatch(/surely above popularity \(\+0\.9.*; from recent popularity \+0\.5000 \[/);
  expect(comparisonText(comparison)).toMatch(/^\| model +\|.*\| less recent popularity +\| less the best +\|$/m);
});

test('groups: every model in each, small ones named alone', async () => {
  const half = finding('half', (user) => user % 2 === 0);
  const users = new Map([1, 2].map((user) => [user, { ...unknownUser, gender: 'F' }]));
  const comparison = compareOn('by hand', await measured(300, [popularity, half]), {
    ...{ ...options, groupings: ['activity', 'gender'], users },
  });
  const text = comparisonText(comparison);
  expect(text).toMatch(/^\| activity +\| 2-4 films +\| +200 \| +0\.1000 \| 0\.5000 +\| \+0\.4000 \[/m);
  expect(text).toMatch(/^\| activity +\| 1 film +\| +100 \| +0\.1000 \| 0\.5000 \|/m);
  expect(text).toMatch(/^\| gender +\| F +\| +2 \| +\| +\| too few users +\|$/m);
});

test('as Markdown and as pictures: every model, the facts and the zero line', async () => {
  const comparison = await compared(
    300,
    popularity,
    finding('all', () => true),
  );
  const text = comparisonText(comparison);
  expect(text).toContain('## by hand: 300 test users');
  expect(text).toMatch(/^\| popularity \| 0\.1000 \[.*\] \| 0\.1000 \[.*\] \| +\| -0\.9000 \[/m);
  expect(text).toMatch(/^\| all +\| 1\.0000 \[.*\] \| 1\.0000 \[.*\] \| \+0\.9000 \[.*\] \| +\|$/m);
  expect(text).toContain('- a note');
  const picture = modelsPicture('by hand', comparison);
  expect(picture.match(/class="interval"/g)).toHaveLength(2);
  expect(picture.match(/class="zero"/g)).toHaveLength(1);
  expect(differencePicture(comparison).match(/class="interval"/g)).toHaveLength(1);
});
