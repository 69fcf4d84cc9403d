/** When a value is a reason to look: limits against chance, lines by outcome, and what the look-up APIs answered. */

import { expect, test } from 'vitest';
import { worstOf } from '../../src/quality/finding.js';
import { judgeDrift, judgeShare } from '../../src/quality/limits.js';
import { findLines } from '../../src/quality/line-checks.js';
import { findLookups } from '../../src/quality/lookup-checks.js';
import { mixFinding } from '../../src/quality/mix-checks.js';

const limits = { warn: 0.1, bad: 0.25 };

test.each([
  ['nothing offends', 0, 1000, 'ok'],
  ['a little above the limit, by chance', 105, 1000, 'ok'],
  ['above the limit', 140, 1000, 'warn'],
  ['far above', 400, 1000, 'bad'],
  ['as far, of a few', 40, 99, 'too few'],
  ['there is nothing', 0, 0, 'too few'],
])('a share: %s', (_, offenders, samples, verdict) => {
  expect(judgeShare(offenders, samples, limits)).toBe(verdict);
});

test('one line in a hundred does not reach a limit of one in two hundred', () => {
  expect(judgeShare(1, 100, { warn: 0.005, bad: 0.05 })).toBe('ok');
  expect(judgeShare(900, 1000, { warn: 0.2, bad: null })).toBe('warn');
});

test.each([
  [0.05, 0.01, 500, 'ok'],
  [0.12, 0.01, 500, 'warn'],
  [0.3, 0.01, 500, 'bad'],
  [0.3, 0.31, 500, 'too few'], // chance could have done it
  [0.3, 0.01, 499, 'too few'],
])('drift of %d, %d by chance, of %d samples is %s', (value, noise, samples, verdict) => {
  expect(judgeDrift(value, noise, samples, limits)).toBe(verdict);
});

test('a small sample of the same distribution is never drift', () => {
  const categories = [
    { name: 'a', current: 12, reference: 3 },
    { name: 'b', current: 3, reference: 12 },
  ];
  const about = { interface: 'log', check: 'x', measure: 'JS' } as const;
  expect(mixFinding(about, { categories, currentSamples: 15, referenceSamples: 15 }).verdict).toBe('too few');
  const many = categories.map(({ name, ...counts }) => ({
    ...{ name, current: counts.current * 100, reference: counts.reference * 100 },
  }));
  const found = mixFinding(about, { categories: many, currentSamples: 1500, referenceSamples: 1500 });
  expect(found).toMatchObject({ verdict: 'bad', examples: ['a: 20 % → 80 %', 'b: 80 % → 20 %'] });
  expect(mixFinding(about, { categories: [], currentSamples: 0, referenceSamples: 9 })).toMatchObject({ value: null });
});

test('the worst verdict speaks for all', () => {
  expect(worstOf(['too few'])).toBe('too few');
  expect(worstOf(['ok', 'too few'])).toBe('ok');
  expect(worstOf(['warn', 'too few', 'bad', 'ok'])).toBe('bad');
});

test('lines by outcome, with their examples', () => {
  const counts = new Map([
    ...([
      ['accepted watch', 8000],
      ['accepted rate', 800],
      ['duplicates', 44],
      ['observed 200', 70],
    ] as const),
    ...([
      ['held film-unknown', 300],
      ['held clock-skew', 0],
      ['rejected user', 900],
    ] as const),
  ]);
  const examples = new Map([['user', ['…,3x7,GET …']]]);
  const found = findLines({ counts, examples, hours: [] }, { fromMs: 0, toMs: 1 });
  expect(found.map(({ check, value, verdict }) => [check, value, verdict])).toEqual([
    ['lines that break the grammar', null, 'too few'],
    ['held: film-unknown', 0.03, 'warn'],
    ['rejected: user', 0.09, 'bad'],
    ['lines that came twice', 0.0044, 'ok'],
  ]);
  expect(found[2]!.examples).toEqual(['…,3x7,GET …']);
});

const DAY_MS = 86_400_000;
const broken = (count: number, id: string) => ({ count, examples: [{ id, sample: '"x"' }] });

test('violations of the newest days are counted, older ones are over', () => {
  const day = (kind: 'film' | 'user', at: number, violations: object) => ({
    ...{ kind, dayMs: at * DAY_MS, records: 400, missing: 1 },
    violations: violations as Record<string, ReturnType<typeof broken>>,
  });
  const all = [
    day('film', 1, { 'runtime is no number': broken(400, 'old') }),
    day('film', 20, { 'runtime is no number': broken(30, 'a') }),
    day('film', 21, { 'runtime is no number': broken(30, 'b'), 'year is above 9999': broken(1, '') }),
    day('user', 21, {}),
  ];
  expect(findLookups(all, 7).map(({ interface: of, check, value, verdict }) => [of, check, value, verdict])).toEqual([
    ['film-api', 'records looked up', 800, 'ok'],
    ['film-api', 'violations in all', 61 / 800, 'warn'],
    ['film-api', 'runtime is no number', 60 / 800, 'warn'],
    ['film-api', 'year is above 9999', 1 / 800, 'ok'],
    ['user-api', 'records looked up', 400, 'ok'],
    ['user-api', 'violations in all', 0, 'ok'],
  ]);
  expect(findLookups(all, 7)[2]!.examples).toEqual(['a: "x"', 'b: "x"']);
  expect(findLookups(all, 7)[3]!.examples).toEqual(['?: "x"']);
  expect(findLookups([], 7).map(({ verdict }) => verdict)).toEqual(Array(4).fill('too few'));
});
