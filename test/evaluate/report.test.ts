/** From a cut to a report: cases, lists through the production engine, and the figures of a small example. */

import { expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import type { Interactions } from '../../src/dataset/interactions.js';
import { referenceTopK } from '../../src/engine/reference.js';
import { createLocalEngine } from '../../src/engine/local.js';
import { testCases, type TestCase } from '../../src/evaluate/cases.js';
import { listsOf } from '../../src/evaluate/lists.js';
import { cutBy } from '../../src/evaluate/protocol.js';
import { reportOn, type Candidate } from '../../src/evaluate/report.js';
import { trainIals } from '../../src/train/ials.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';
import { trainPopularity } from '../../src/train/popularity.js';
import { synthetic } from '../train/synthetic.js';

const interactions = synthetic({ users: 240, films: 120, liked: 0.25, other: 0.02, seed: 8 });
const parameters = { ...ialsDefaults, dimensions: 4, reg: 2, iterations: 6 };

/** Users share the timeline, so that a cut in time leaves histories on both sides of it. */
const shuffledTimes = (data: Interactions): Interactions => ({
  ...data,
  time: data.time.map((_, i) => 1_000_000 + ((i * 7919) % 10_007)),
});

const caseOf = (user: number, history: number[], relevant: number[]): TestCase => ({
  user,
  history: Int32Array.from(history),
  preferences: Float32Array.from(history, () => NaN),
  relevant: new Set(relevant),
});

test('cases hold the training half as history and the test half as relevant films', () => {
  const { split } = cutBy('leave-last-out', interactions);
  const cases = testCases(split);
  expect(cases.length).toBeGreaterThan(200);
  for (const { user, history, relevant } of cases) {
    const dense = user - 100;
    const own = [...interactions.filmOf].filter((_, i) => interactions.userOf[i] === dense);
    expect([...history, ...relevant].sort()).toEqual(own.sort());
    expect(relevant.size).toBe(1);
  }
});

test('a film in both halves of a user is reported as a leak', () => {
  const { split } = cutBy('leave-last-out', interactions);
  expect(() => testCases({ train: interactions, test: split.test })).toThrow(/leak/);
});

test('the time protocol trains strictly before its cut and says when that was', () => {
  const { split, notes } = cutBy('time', shuffledTimes(interactions));
  const newest = Math.max(...split.train.time);
  const oldest = Math.min(...split.test.time);
  expect(newest).toBeLessThan(oldest);
  expect(notes[0]).toContain(new Date(oldest).toISOString());
});

test('lists are the exact top of the unseen items; cold users get the fallback', async () => {
  const { split } = cutBy('leave-last-out', interactions);
  const { model } = unwrap(await trainIals(split.train, parameters));
  const engine = unwrap(createLocalEngine(model));
  const cases = [...testCases(split).slice(0, 30), caseOf(1, [], [5])];
  const lists = unwrap(listsOf(model, cases, 20));
  for (const [i, { history }] of cases.slice(0, 30).entries()) {
    const weights = new Float32Array(history.length).fill(1);
    const vector = engine.encode({ rows: history, weights, seen: history });
    const allowed = (row: number): boolean => !history.includes(row);
    const expected = referenceTopK({ vector, items: model.items, d: model.dimensions, k: 20, allowed });
    expect([...lists[i]!]).toEqual(expected.map(({ row }) => row));
  }
  expect(lists[30]).toEqual(model.fallback.slice(0, 20));
});

test('a report by hand: one user gains, one loses, one is cold', () => {
  const model = trainPopularity(interactions, {});
  const cases = [caseOf(1, [0], [5]), caseOf(2, [0], [6, 7]), caseOf(3, [], [8])];
  const candidate = (name: string, ...lists: number[][]): Candidate => ({
    ...{ name, model },
    lists: lists.map((list) => Int32Array.from(list)),
  });
  const ours = candidate('ours', [5, 1], [1, 2], [8]);
  const theirs = candidate('theirs', [1, 5], [6, 2], [9]);
  const report = reportOn(cases, ours, theirs, 1, ['cut somewhere']);

  expect(report).toMatchObject({ model: 'ours', n: 2, coverage: 3 / 120, cold: { n: 1 }, decides: false });
  expect(report.metrics['recall@20']!.value).toBe(0.5);
  expect(report.metrics['mrr@20']!.value).toBe(0.5);
  expect(report.baseline.metrics['recall@20']!.value).toBe(0.75);
  expect(report.baseline.metrics['mrr@20']!.value).toBe(0.75);
  expect(report.difference['recall@20']).toMatchObject({ value: -0.25, low: -0.5, high: 0 });
  expect(report.cold.metrics['hr@20']!.value).toBe(1);
  expect(report.notes.join('\n')).toMatch(/^cut somewhere[^]*at most 20[^]*removed[^]*1 test users[^]*decides nothing/);
});

test('on data with tastes iALS beats popularity, and 200 users are enough to say so', async () => {
  const { split, notes } = cutBy('leave-last-out', interactions);
  const cases = testCases(split);
  const ials = unwrap(await trainIals(split.train, parameters)).model;
  const popularity = trainPopularity(split.train, {});
  const candidate = (name: string, model: typeof ials): Candidate => ({
    ...{ name, model },
    lists: unwrap(listsOf(model, cases, 20)),
  });
  const report = reportOn(cases, candidate('ials', ials), candidate('popularity', popularity), 1, notes);
  expect(report.decides).toBe(true);
  expect(report.difference['recall@20']!.low).toBeGreaterThan(0);
});
