/** From a cut to a report: cases, lists through the production engine, and the figures of a small example. */

import { expect, test } from 'vitest';
import { succeed, unwrap } from '../../src/core/errors.js';
import { unknownFilm, type UserFacts } from '../../src/dataset/facts.js';
import { createLocalEngine } from '../../src/engine/local.js';
import { referenceTopK } from '../../src/engine/reference.js';
import type { Cut } from '../../src/evaluate/cases.js';
import { listsOf } from '../../src/evaluate/lists.js';
import { learner, measure, type Contender } from '../../src/evaluate/measure.js';
import { cutsBy } from '../../src/evaluate/protocols/cuts-by.js';
import { reportOn, type ReportOptions } from '../../src/evaluate/report.js';
import { trainIals } from '../../src/train/ials.js';
import { ialsDefaults } from '../../src/train/ials-parameters.js';
import { trainPopularity } from '../../src/train/popularity.js';
import { synthetic } from '../train/synthetic.js';
import { caseOf, cutOf, filmsOf } from './example.js';

const interactions = synthetic({ users: 240, films: 120, liked: 0.25, other: 0.02, seed: 8 });
const parameters = { ...ialsDefaults, dimensions: 4, reg: 2, iterations: 6, seed: 1 };
const [cut] = unwrap(cutsBy('leave-last-out', interactions, 1)).cuts;
const ials = learner('ials', async (train) => {
  const trained = await trainIals(train, parameters);
  return trained.ok ? succeed(trained.value.model) : trained;
});
const popularity = learner('popularity', (train) => Promise.resolve(succeed(trainPopularity(train, {}))));

const options: ReportOptions = { baseline: 'theirs', seed: 1, notes: [], groupings: [], users: new Map() };

/** Gives the same lists at every cut. */
const giving = (name: string, ...lists: number[][]): Contender => ({
  name,
  answer: () => Promise.resolve(succeed(lists.map((list) => Int32Array.from(list)))),
});

test('lists are the exact top of the unseen items; cold users get the fallback', async () => {
  const { model } = unwrap(await trainIals(cut!.train, parameters));
  const engine = unwrap(createLocalEngine(model));
  const cases = [...cut!.cases.slice(0, 30), caseOf(1, [], [5])];
  const lists = unwrap(listsOf(model, cases, 20));
  for (const [i, { history }] of cases.slice(0, 30).entries()) {
    const weights = new Float32Array(history.length).fill(1);
    const vector = engine.encode({ rows: history, weights, seen: history });
    const allowed = (row: number): boolean => !history.includes(row);
    const { items, dimensions: d, bias } = model;
    const expected = referenceTopK({ vector, items, d, bias, k: 20, allowed });
    expect([...lists[i]!]).toEqual(expected.map(({ row }) => row));
  }
  expect(lists[30]).toEqual(model.fallback.slice(0, 20));
});

test('where candidates are given, those alone are ranked, in the order of the whole list, seen or not', async () => {
  const { model } = unwrap(await trainIals(cut!.train, parameters));
  const open = cut!.cases.slice(0, 20);
  const whole = unwrap(listsOf(model, open, 100));
  const given = open.map((test, i) => ({
    ...test,
    candidates: whole[i]!.filter((_, place) => place % 3 === 1).sort(),
  }));
  const lists = unwrap(listsOf(model, given, 10));
  for (const [i, list] of lists.entries()) {
    expect([...list]).toEqual([...whole[i]!].filter((_, place) => place % 3 === 1).slice(0, 10));
  }
  const [met] = open[0]!.history;
  expect(unwrap(listsOf(model, [{ ...open[0]!, candidates: Int32Array.of(met!) }], 10))[0]).toEqual(
    Int32Array.of(met!),
  );
  const cold = caseOf(1, [], [5], { candidates: model.fallback.slice(7, 9) });
  expect(unwrap(listsOf(model, [cold], 10))[0]).toEqual(model.fallback.slice(7, 9));
});

test('a report by hand: one user gains, one loses, one is cold', async () => {
  const byHand: Cut = { ...cut!, cases: [caseOf(901, [0], [5]), caseOf(902, [0], [6, 7]), caseOf(903, [], [8])] };
  const films = interactions.films.map((_, film) => ({ ...unknownFilm, cost: film < 3 ? 2 : null }));
  const contenders = [giving('ours', [5, 1], [1, 2], [8]), giving('theirs', [1, 5], [6, 2], [9])];
  const measurement = unwrap(await measure([byHand], contenders, films, 20));
  const report = reportOn(measurement, { ...options, notes: ['cut somewhere'] });
  const [ours, theirs] = report.figures.models;

  expect(report).toMatchObject({ k: 20, decides: false, figures: { n: 2, users: 2 }, cold: { n: 1, users: 1 } });
  expect(ours!.metrics['recall@20']!.value).toBe(0.5);
  expect(ours!.metrics['mrr@20']!.value).toBe(0.5);
  expect(theirs!.metrics['recall@20']!.value).toBe(0.75);
  expect(theirs!.metrics['mrr@20']!.value).toBe(0.75);
  expect(ours!.difference!['recall@20']).toMatchObject({ value: -0.25, low: -0.5, high: 0 });
  expect(theirs).not.toHaveProperty('difference');
  expect(report.cold!.models[0]!.metrics['hr@20']!.value).toBe(1);
  expect(report.lists[0]).toMatchObject({ model: 'ours', coverage: 3 / 120, costKnown: 3 / 4 });
  expect(ours!.metrics).not.toHaveProperty('diversity@20');
  expect(ours!.metrics['cost@20']!.value).toBe(2);
  expect(report.facts).toEqual({
    ...{ ranked: 'all films', seenRemoved: true, recallDenominator: 'min(20, films to be found)', known: 'history' },
    ...{ testUsers: 2, userWindows: 2, cold: 1, trainingInteractions: [cut!.train.userOf.length] },
  });
  const notes = report.notes.join('\n');
  expect(notes).toMatch(/^cut somewhere\n2 test users[^]*removed; recall@20 divides by min[^]*1 test cases/);
  expect(notes).toMatch(/unknown fee, up to 50 %[^]*decides nothing$/);
});

test('without any known fee there is no cost, which the notes say', async () => {
  const measurement = unwrap(await measure([cut!], [popularity], filmsOf(interactions.films.map(() => ({}))), 20));
  const { figures, notes } = reportOn(measurement, { ...options, baseline: 'popularity' });
  expect(figures.models[0]!.metrics).not.toHaveProperty('cost@20');
  expect(notes.join('\n')).toContain('fees of shown films are not known');
});

test('cases of several cuts are pooled, and a user in all of them is one witness', async () => {
  const cuts = [0, 1, 2].map((i) => ({
    ...cutOf([[9, 9, 1]], [caseOf(1, [0], [1]), caseOf(2, [0], [2])]),
    name: `${i}`,
  }));
  const films = filmsOf(Array.from({ length: 10 }, () => ({})));
  const measurement = unwrap(await measure(cuts, [giving('ours', [1], [1]), giving('theirs', [3], [3])], films, 20));
  const { figures, facts, notes } = reportOn(measurement, options);
  expect(figures).toMatchObject({ n: 6, users: 2 });
  // Of two users one is always right, the other never: a resample of users may have either one alone.
  expect(figures.models[0]!.metrics['hr@20']).toEqual({ value: 0.5, low: 0, high: 1 });
  expect(facts).toMatchObject({ testUsers: 2, userWindows: 6, trainingInteractions: [1, 1, 1] });
  expect(notes[0]).toContain('6 user-windows of 2 test users');
});

test('who has no history but wrote something is known, and counts with the others', async () => {
  const text = { words: 'I like it scary', writtenMs: 5 };
  const cases = [caseOf(1, [], [1], { text }), caseOf(2, [], [2])];
  const contenders = [giving('ours', [1], [3]), giving('theirs', [4], [4])];
  const films = filmsOf(Array.from({ length: 10 }, () => ({})));
  const measurement = unwrap(await measure([cutOf([[9, 9, 1]], cases)], contenders, films, 20));
  const { figures, cold } = reportOn(measurement, options);
  expect([figures.n, cold?.n]).toEqual([1, 1]);
  expect(figures.models[0]!.metrics['hr@20']!.value).toBe(1);
});

test('groups: thirty users or more have figures, fewer are counted and named', async () => {
  const users = new Map<number, UserFacts>();
  for (const [i, { user }] of cut!.cases.entries()) {
    const gender = i < 29 ? 'F' : 'M';
    if (i < 100) users.set(user, { gender, age: 30, occupation: null, createdMs: null });
  }
  const films = filmsOf(interactions.films.map(() => ({})));
  const measurement = unwrap(await measure([cut!], [ials, popularity], films, 20));
  const { groups, figures } = reportOn(measurement, {
    ...{ ...options, baseline: 'popularity', groupings: ['gender', 'age'], users },
  });
  const rest = figures.users - 100;
  expect(groups.map(({ by, name, users: count, figures: own }) => [by, name, count, own?.n])).toEqual([
    ['gender', 'unknown', rest, rest],
    ['gender', 'M', 71, 71],
    ['gender', 'F', 29, undefined],
    ['age', 'unknown', rest, rest],
    ['age', '25-34', 100, 100],
  ]);
  const men = groups[1]!.figures!.models[0]!.metrics['recall@20']!;
  const hits = [...measurement.measured[0]!.values.get('recall@20')!.slice(29, 100)];
  expect(men.value).toBeCloseTo(hits.reduce((sum, hit) => sum + hit, 0) / 71, 12);
});

test('on data with tastes iALS beats popularity, and 200 users are enough to say so; the same again is the same', async () => {
  const films = filmsOf(interactions.films.map((_, film) => ({ genres: [film % 2 === 0 ? 'even' : 'odd'] })));
  const measurement = unwrap(await measure([cut!], [ials, popularity], films, 20));
  const report = reportOn(measurement, { ...options, baseline: 'popularity' });
  expect(report.decides).toBe(true);
  const [ours, theirs] = report.figures.models;
  expect(ours!.difference!['recall@20']!.low).toBeGreaterThan(0);
  // Its lists are more of the user's own genre: nearer to the history, and more alike among each other.
  expect(ours!.difference!['calibration@20']!.high).toBeLessThan(0);
  expect(ours!.metrics['diversity@20']!.value).toBeLessThan(theirs!.metrics['diversity@20']!.value);
  const again = unwrap(await measure([cut!], [ials, popularity], films, 20));
  expect(reportOn(again, { ...options, baseline: 'popularity' })).toEqual(report);
});
