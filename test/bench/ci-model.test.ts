/** The quality check of the pipeline: it passes what is pinned, fails what is pinned too high, and leaves its report. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judge, readPinned, type Judged, type Pinned } from '../../bench/ci-model/pinned.js';
import { checkQuality, qualityText } from '../../bench/ci-model/quality.js';
import { popularity, recentPopularity, usualModels } from '../../src/app/contenders.js';
import { packageRoot } from '../../src/core/package.js';
import type { Comparison } from '../../src/evaluate/comparison.js';
import { writeTwoTastes } from '../cli/two-tastes.js';

const scratch = mkdtempSync(join(tmpdir(), 'matinee-'));
const folder = join(scratch, 'quality');
const pin = { protocol: 'leave-last-out', model: 'linear', metric: 'ndcg@20' };
const pinned: Pinned = { margin: 0.001, why: 'for a test', pins: [{ ...pin, value: 0 }] };
let measured: number;

beforeAll(async () => {
  const [judged] = await checkQuality({ files: [writeTwoTastes(scratch)], pinned, folder });
  expect(judged).toMatchObject({ ...pin, passed: true });
  measured = judged!.measured!;
}, 60_000);
afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const comparisons = (): Comparison[] =>
  (JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as { comparisons: Comparison[] }).comparisons;
const judged = (...pins: Partial<Pinned['pins'][number]>[]): Judged[] =>
  judge(comparisons(), { ...pinned, pins: pins.map((change) => ({ ...pin, value: measured, ...change })) });

test('a figure that is pinned too high, or that nobody measured, does not hold', () => {
  expect(measured).toBeGreaterThan(0.2);
  const [same, within, above] = judged({}, { value: measured + 0.0009 }, { value: measured + 0.0011 });
  expect([same!.passed, within!.passed, above!.passed]).toEqual([true, true, false]);
  for (const unknown of [{ protocol: 'time' }, { model: 'another' }, { metric: 'ndcg@7' }]) {
    expect(judged(unknown)).toMatchObject([{ passed: false }]);
  }
  expect(qualityText(judged({ value: 0.99 }), pinned)).toMatch(
    /1 of 1 figures do not hold\.[^]*from 0\.9890 .*\*\*no\*\*/,
  );
});

test('a figure that may not move does not hold when it rises', () => {
  expect(judged({ value: measured - 0.1 })).toMatchObject([{ passed: true }]);
  expect(judged({ value: measured - 0.1, fixed: true })).toMatchObject([{ passed: false }]);
  for (const value of [measured - 0.0001, measured + 0.0001]) {
    expect(judged({ value, fixed: true })).toMatchObject([{ passed: false }]);
  }
  const [pinnedSo] = judged({ value: Number(measured.toFixed(4)), fixed: true });
  expect(pinnedSo).toMatchObject({ passed: true });
  expect(qualityText([pinnedSo!], pinned)).toMatch(/\| ndcg@20 \| (0\.\d{4}) \| +\1 \| +\1 \| yes/);
});

test('it leaves the figures, the comparison and its inputs, and not the data', () => {
  for (const name of ['quality.md', 'report.md', 'inputs.json', 'figures/leave-last-out.svg']) {
    expect(existsSync(join(folder, name)), name).toBe(true);
  }
  expect(existsSync(join(folder, 'var'))).toBe(false);
  const { pins, run } = JSON.parse(readFileSync(join(folder, 'quality.json'), 'utf8')) as Pinned & { run: string };
  expect(pins).toMatchObject([{ ...pin, passed: true }]);
  expect(run).toMatch(/^compare-/);
});

test('what is pinned covers every default model by both protocols', () => {
  const { pins } = readPinned(join(packageRoot, 'bench/ci-model/pinned.json'));
  for (const protocol of ['rolling', 'leave-last-out']) {
    const models = new Set(pins.filter((one) => one.protocol === protocol).map(({ model }) => model));
    expect([...models]).toEqual([popularity, recentPopularity, ...usualModels(1)].map(({ name }) => name));
  }
});
