/** The budget is hard: neither many questions at once nor a crash nor another store of the folder spends more. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unwrap } from '../../../src/core/errors.js';
import { createBudget, type Budget } from '../../../src/text/llm/budget.js';
import { openLlmStore, type LlmStore } from '../../../src/text/llm/llm-store.js';

const NOON = Date.UTC(2026, 1, 14, 12);
let folder: string;
let store: LlmStore;
let nowMs = NOON;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'matinee-'));
  store = unwrap(openLlmStore(folder));
  nowMs = NOON;
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** A million tokens in cost a dollar, out two. */
const budgetOf = (dailyUsd: number, { spending } = store): Budget =>
  createBudget({ spending, dailyUsd, inputUsd: 1, outputUsd: 2, now: () => nowMs });

/** Of the day that it is. */
const spentUsd = (): number => store.spending.of(new Date(nowMs).toISOString().slice(0, 10)) / 1e9;

const MOST = { input: 100_000, output: 50_000 }; // 0.2 $

test('what may be spent at most counts until it is known', () => {
  const budget = budgetOf(0.5);
  const first = budget.reserve(MOST)!;
  expect(budget.reserve(MOST)).toBeDefined();
  expect(budget.reserve(MOST)).toBeUndefined();
  expect(spentUsd()).toBe(0.4);
  first({ input: 10_000, output: 5_000 });
  expect(spentUsd()).toBe(0.22);
  expect(budget.reserve(MOST)).toBeDefined();
  expect(budget.tokens()).toEqual({ input: 10_000, output: 5_000 });
});

test('what nobody knows counts in full', () => {
  const budget = budgetOf(0.5);
  budget.reserve(MOST)!(null);
  expect(spentUsd()).toBe(0.2);
  expect(budget.tokens()).toEqual(MOST);
});

test('it begins anew at midnight UTC, and what was asked before counts for the day before', () => {
  const budget = budgetOf(0.2);
  nowMs = Date.UTC(2026, 1, 14, 23, 59, 59, 999);
  const late = budget.reserve(MOST)!;
  expect(budget.reserve(MOST)).toBeUndefined();
  nowMs += 1;
  expect(budget.reserve(MOST)).toBeDefined();
  late({ input: 0, output: 0 });
  expect(spentUsd()).toBe(0.2);
  expect(budget.reserve(MOST)).toBeUndefined();
});

test('it survives a restart, and a crash between question and answer', async () => {
  budgetOf(0.5).reserve(MOST)!({ input: 50_000, output: 0 });
  budgetOf(0.5).reserve(MOST);
  await store.close();
  store = unwrap(openLlmStore(folder));
  const budget = budgetOf(0.5);
  expect(spentUsd()).toBe(0.25);
  expect(budget.reserve(MOST)).toBeDefined();
  expect(budget.reserve(MOST)).toBeUndefined();
});

test('two stores of one folder share it', async () => {
  const other = unwrap(openLlmStore(folder));
  const [one, two] = [budgetOf(0.3), budgetOf(0.3, other)];
  expect(one.reserve(MOST)).toBeDefined();
  expect(two.reserve(MOST)).toBeUndefined();
  await other.close();
});

test('without a budget nothing that costs is asked; what costs nothing always is', () => {
  expect(budgetOf(0).reserve({ input: 1, output: 0 })).toBeUndefined();
  const free = createBudget({ spending: store.spending, dailyUsd: 0, inputUsd: 0, outputUsd: 0, now: () => nowMs });
  expect(free.reserve(MOST)).toBeDefined();
});

test('a budget or price that is no number is a mistake of the program', () => {
  for (const dailyUsd of [NaN, -1, Infinity]) expect(() => budgetOf(dailyUsd)).toThrow();
});

test('whatever is asked in whatever order, what was paid never exceeds the budget', () => {
  const usage = fc.record({ input: fc.nat(100_000), output: fc.nat(50_000) });
  const steps = fc.array(fc.record({ settles: fc.boolean(), usage, known: fc.boolean() }), { maxLength: 40 });
  let day = 0;
  fc.assert(
    fc.property(steps, (asked) => {
      nowMs = NOON + ++day * 86_400_000;
      const budget = budgetOf(1);
      const open: ((usage: typeof MOST | null) => void)[] = [];
      let paid = 0;
      for (const { settles, usage, known } of asked) {
        const settle = budget.reserve(MOST);
        if (settle !== undefined) open.push(settle);
        if (!settles || open.length === 0) continue;
        open.shift()!(known ? usage : null);
        paid += known ? (usage.input + 2 * usage.output) / 1e6 : 0.2;
      }
      expect(paid).toBeLessThanOrEqual(1 + 1e-9);
      expect(spentUsd()).toBeCloseTo(paid + open.length * 0.2, 6);
    }),
    { numRuns: 30 },
  );
});

test('answers survive a restart', async () => {
  store.answers.set('a'.repeat(64), { popular: true, likedGenres: ['War'] });
  await store.close();
  store = unwrap(openLlmStore(folder));
  expect(store.answers.get('a'.repeat(64))).toEqual({ popular: true, likedGenres: ['War'] });
  expect(store.answers.get('b'.repeat(64))).toBeUndefined();
});

test('a damaged file is refused with what to do', () => {
  const broken = join(folder, 'broken');
  mkdirSync(broken);
  writeFileSync(join(broken, 'data.mdb'), 'x'.repeat(10_000));
  const opened = openLlmStore(broken);
  expect(opened.ok ? '' : opened.error.code).toBe('file-unreadable');
  expect(opened.ok ? '' : opened.error.hint).toMatch(/remove the folder/);
});
