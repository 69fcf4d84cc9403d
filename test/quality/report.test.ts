/** The report on a simulated site: a change of what it does is found and named, days like others are not. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { writeSnapshot } from '../../src/dataset/snapshot/write.js';
import type { Finding } from '../../src/quality/finding.js';
import { driftScores, qualityReport, type QualityReport } from '../../src/quality/report.js';
import { openState, type State } from '../../src/store/state.js';
import { changedDay, fillCatalogue, tellDays, usualDay } from './simulated-log.js';

let folder: string;
let state: State;
let unchanged: QualityReport;
let changed: QualityReport;

async function reportOf(): Promise<QualityReport> {
  const shelf = join(folder, 'snapshots');
  const facts = { code: {}, created: new Date(), onProgress: () => undefined };
  const { id, ratingHigh } = unwrap(writeSnapshot(state, shelf, facts));
  const lines = { counts: new Map(state.lines.all()), hours: [...state.hours.all()], examples: new Map() };
  const lookups = [...state.violations.all()];
  const sources = { folder: join(shelf, id), lines, lookups, ratingHigh: ratingHigh ?? undefined };
  return unwrap(await qualityReport(sources, { days: 1, referenceDays: 2 }));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  state = unwrap(openState(join(folder, 'state')));
  fillCatalogue(state);
  tellDays(state, [usualDay, usualDay, usualDay], 0);
  unchanged = await reportOf();
  tellDays(state, [changedDay('Thriller')], 3);
  changed = await reportOf();
}, 60_000);

afterAll(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

const drift = ({ findings }: QualityReport, check: string): Finding =>
  findings.find((finding) => finding.kind === 'drift' && finding.check === check)!;

test('a day like the others is not drift', () => {
  const drifts = unchanged.findings.filter(({ kind }) => kind === 'drift');
  console.log(drifts.map(({ check, value, noise }) => `${check}: ${value}, by chance up to ${noise}`).join('\n'));
  const said = drifts.filter(({ verdict }) => verdict === 'warn' || verdict === 'bad').map(({ check }) => check);
  expect(said).toEqual([]);
});

test('records and lines of the site are as expected; its own answers often fail', () => {
  const suspect = unchanged.findings.filter(({ verdict }) => verdict === 'warn' || verdict === 'bad');
  expect(suspect.map(({ check }) => check)).toEqual(['status is not 200', 'later than 600 ms']);
  expect(suspect[0]!.examples[0]).toMatch(/^user \d+ at 2026-03-03T\d\d:\d\d:\d\dZ$/);
  const cost = unchanged.findings.find(({ kind, check }) => kind === 'missing' && check === 'cost')!;
  expect(cost).toMatchObject({ samples: 300, verdict: 'ok' });
  expect(cost.value).toBeCloseTo(0.03, 1);
});

describe('a day on which everything changed', () => {
  test.each([
    ['ratings', 'bad'],
    ['genres', 'bad'],
    ['age', 'bad'],
    ['popular films', 'bad'],
  ])('%s: %s', (check, verdict) => {
    expect(drift(changed, check)).toMatchObject({ verdict });
  });

  test('what moved is named, the largest change first', () => {
    expect(drift(changed, 'genres').examples[0]).toMatch(/^Thriller: .* % → .* %$/);
    expect(
      drift(changed, 'ratings')
        .categories!.map(({ name }) => Number(name))
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 10 }, (_, i) => i + 1));
  });

  test.each(['gender', 'overview present', 'self-description present'])('%s did not change', (check) => {
    expect(drift(changed, check).verdict).toBe('ok');
  });

  test('the report says so as a whole, and to the metrics', () => {
    expect(changed.verdict).toBe('bad');
    expect(driftScores(changed)).toContainEqual({
      labels: { interface: 'film-api', feature: 'genres' },
      value: drift(changed, 'genres').value,
    });
  });
});
