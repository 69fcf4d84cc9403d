/** A comparison finds changes that are there, finds none between equals, and takes both sides alike. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commitOf } from '../../bench/compare/base.js';
import { comparedRows, namesOfOneSide } from '../../bench/compare/rows.js';
import { runInTurn } from '../../bench/compare/run.js';
import { compareRounds, FEWEST_ROUNDS, MARGIN } from '../../bench/compare/verdict.js';
import { packageRoot } from '../../src/core/package.js';
import { random } from '../../src/core/random.js';

/** So many rounds of about 100, ± 3 %. */
function noisy(rounds: number, seed: number, factor = 1): number[] {
  const { normal } = random(seed);
  return Array.from({ length: rounds }, () => factor * (100 + 3 * normal()));
}

const pairs = fc.array(fc.tuple(fc.integer({ min: 50, max: 200 }), fc.integer({ min: 50, max: 200 })), {
  minLength: FEWEST_ROUNDS,
  maxLength: 20,
});
const sides = (rounds: readonly (readonly [number, number])[]) =>
  [rounds.map(([a]) => a), rounds.map(([, b]) => b)] as const;

test('a side against itself shows no difference', () => {
  const rounds = noisy(12, 1);
  expect(compareRounds(rounds, rounds, 'lower')).toEqual({
    ...{ ratio: 1, low: 1, high: 1 },
    ...{ verdict: 'no difference shown', regression: false },
  });
});

test('of two hundred comparisons of equals, hardly any shows a difference', () => {
  const found = Array.from({ length: 200 }, (_, i) => compareRounds(noisy(12, 2 * i), noisy(12, 2 * i + 1), 'lower'));
  expect(found.filter(({ verdict }) => verdict !== 'no difference shown').length).toBeLessThanOrEqual(5);
});

test('a tenth more is slower beyond the margin, a tenth less is faster, in every seed', () => {
  for (let seed = 0; seed < 50; seed++) {
    const base = noisy(12, 2 * seed);
    expect(compareRounds(base, noisy(12, 2 * seed + 1, 1.2), 'lower')).toMatchObject({
      verdict: 'slower',
      regression: true,
    });
    expect(compareRounds(base, noisy(12, 2 * seed + 1, 0.9), 'lower')).toMatchObject({ verdict: 'faster' });
    expect(compareRounds(base, noisy(12, 2 * seed + 1, 0.8), 'higher')).toMatchObject({ regression: true });
  }
});

test('a sure change within the margin is said but is no regression', () => {
  const base = noisy(12, 1);
  const slightly = base.map((value) => value * (1 + MARGIN / 2));
  expect(compareRounds(base, slightly, 'lower')).toMatchObject({ verdict: 'slower', regression: false });
});

test('drift that both sides share, however large, is no difference', () => {
  const base = Array.from({ length: 12 }, (_, round) => 100 * (1 + round));
  expect(
    compareRounds(
      base,
      base.map((value) => value * 1.001),
      'lower',
    ),
  ).toMatchObject({ regression: false });
  expect(compareRounds(base, base, 'higher').verdict).toBe('no difference shown');
});

test('the ratio lies in its interval, and what is a cost one way is a rate the other way', () => {
  const other = { faster: 'slower', slower: 'faster', 'no difference shown': 'no difference shown' } as const;
  fc.assert(
    fc.property(pairs, (rounds) => {
      const [base, branch] = sides(rounds);
      const cost = compareRounds(base, branch, 'lower');
      expect(cost.low).toBeLessThanOrEqual(cost.ratio);
      expect(cost.ratio).toBeLessThanOrEqual(cost.high);
      expect(compareRounds(base, branch, 'higher').verdict).toBe(other[cost.verdict]);
      if (cost.regression) expect(cost.verdict).toBe('slower');
    }),
    { numRuns: 30 },
  );
});

test('rows are those that both sides have, each with its own rounds', () => {
  const reading = (name: string, unit: string, value: number) => ({ name, unit, better: 'lower', value }) as const;
  const laps = Array.from({ length: 8 }, (_, round) => ({
    base: [reading('a', 'µs', 10 + round), reading('gone', 'µs', 1)],
    branch: [reading('new', 'µs', 1), reading('a', 'ms', 5), reading('a', 'µs', 20 + 2 * round)],
  }));
  expect(comparedRows(laps)).toMatchObject([
    { name: 'a', unit: 'µs', base: 13.5, branch: 27, ratio: 2, verdict: 'slower' },
  ]);
  expect(namesOfOneSide(laps)).toEqual(['gone, µs', 'new, µs', 'a, ms']);
  expect(comparedRows([])).toEqual([]);
});

const thisBuild = { base: packageRoot, branch: packageRoot };

test('both sides run an instrument in processes of their own, and read the same figures', async () => {
  const laps = await runInTurn(thisBuild, 'fold-in', 2);
  expect(laps).toHaveLength(2);
  for (const { base, branch } of laps) {
    for (const side of [base, branch]) expect(side.every(({ value }) => value > 0)).toBe(true);
    expect(base.map(({ name }) => name)).toEqual(branch.map(({ name }) => name));
  }
  expect(namesOfOneSide(laps)).toEqual([]);
});

test('an instrument that a build does not have leaves no laps', async () => {
  expect(await runInTurn(thisBuild, 'no such instrument', 2)).toEqual([]);
});

test('a base that does not exist is said', () => {
  expect(() => commitOf('no/such~revision')).toThrow('--base no/such~revision: Git knows no such commit here');
});
