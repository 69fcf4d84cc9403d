/** Volume by the hour, and drift of the log's mix: an outage, a flood and a drought are found, chance and the time of day are not. */

import { expect, test } from 'vitest';
import { random } from '../../src/core/random.js';
import type { Finding } from '../../src/quality/finding.js';
import { dayProfile, linesIn, wholeHours } from '../../src/quality/hour-profile.js';
import { findLineMixes } from '../../src/quality/line-mix-checks.js';
import { findVolumes } from '../../src/quality/volume-checks.js';
import { windowsBack } from '../../src/quality/windows.js';
import { HOUR_MS, hourKinds } from '../../src/store/hour-tally.js';
import type { HourCounts, HourRow } from '../../src/store/hours.js';

const START = Date.UTC(2026, 0, 1);
const DAYS = 14;
const windows = windowsBack(START + DAYS * 24 * HOUR_MS - 1, 2, 12);
/** The last day's noon. */
const NOON = (DAYS - 1) * 24 + 12;

const counts = (some: Partial<HourCounts>): HourCounts => ({
  ...(Object.fromEntries(hourKinds.map((kind) => [kind, 0])) as HourCounts),
  ...some,
});

/** Fourteen days that are busier in the evening, each hour by chance a little off; `changed` replaces hours. */
function hoursOf(changed: (hour: number, usual: HourCounts) => HourCounts = (_, usual) => usual): HourRow[] {
  const draws = random(1);
  return Array.from({ length: DAYS * 24 }, (_, hour) => {
    const level = 2000 + 1500 * (hour % 24 >= 18 ? 1 : 0);
    const about = (mean: number): number => Math.max(0, Math.round(mean + Math.sqrt(mean) * draws.normal()));
    const usual = {
      watch: about(level),
      rate: about(level / 150),
      create: about(1),
      'request 200': about(level / 100),
    };
    return { startMs: START + hour * HOUR_MS, counts: changed(hour, counts(usual)) };
  }).filter(({ counts: row }) => linesIn(row) > 0);
}

const volumes = (hours: readonly HourRow[]) =>
  Object.fromEntries(findVolumes(hours, windows).map((finding) => [finding.check, finding])) as Record<string, Finding>;

test('chance and the time of day are not odd', () => {
  const all = Object.values(volumes(hoursOf()));
  expect(all.map(({ verdict }) => verdict)).toEqual(all.map(() => 'ok'));
  expect(all.find(({ check }) => check === 'watched minutes')).toMatchObject({ value: 0, samples: 47 });
});

test('hours without any line are an outage, and nothing else', () => {
  const found = volumes(hoursOf((hour, usual) => (hour >= NOON && hour < NOON + 7 ? counts({}) : usual)));
  expect(found['hours without any line']).toMatchObject({ value: 7, verdict: 'bad' });
  expect(found['hours without any line']!.examples.at(-1)).toBe('2026-01-14T18:00–19:00');
  expect(found['watched minutes']).toMatchObject({ value: 0, verdict: 'ok' });
});

test.each([
  ['half as many minutes', 'watched minutes', 0.4, 'warn'],
  ['hardly any', 'watched minutes', 0.1, 'bad'],
  ['a flood', 'watched minutes', 9, 'bad'],
])('%s in one hour', (_, check, times, verdict) => {
  const found = volumes(
    hoursOf((hour, usual) => (hour === NOON ? { ...usual, watch: Math.round(usual.watch * times) } : usual)),
  );
  expect(found[check]).toMatchObject({ value: 1, verdict });
  expect(found[check]!.examples[0]).toMatch(/^2026-01-14T12:00–13:00: \d+, usually \d+$/);
  expect(found.ratings!.verdict).toBe('ok');
});

test('what comes once an hour may be missing in one', () => {
  const found = volumes(hoursOf((hour, usual) => (hour === NOON ? { ...usual, create: 0 } : usual)));
  expect(found['new accounts']!.verdict).toBe('ok');
});

test('without earlier days nobody knows what is usual', () => {
  const found = volumes(hoursOf().slice(-30));
  expect(found['watched minutes']).toMatchObject({ value: null, verdict: 'too few' });
  expect(volumes([])['hours without any line']).toMatchObject({ value: null, verdict: 'too few' });
});

test('hours that the log cuts off are no whole hours', () => {
  const hours = hoursOf();
  expect(wholeHours(hours, { fromMs: 0, toMs: Infinity })).toHaveLength(DAYS * 24 - 2);
  expect(wholeHours(hours, windows.current)[0]!.startMs).toBe(windows.current.fromMs);
  expect(dayProfile(wholeHours(hours, windows.current), linesIn)).toHaveLength(24);
  expect(dayProfile(hours.slice(0, 20), linesIn)).toBeUndefined();
});

const mixes = (hours: readonly HourRow[]) =>
  Object.fromEntries(
    findLineMixes(hours, windows).map(({ interface: of, check, ...rest }) => [`${of} ${check}`, rest]),
  );

test('a log that goes on as before does not drift', () => {
  const found = mixes(hoursOf());
  expect(Object.values(found).map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok', 'ok']);
});

test('requests that begin to fail, at another time of the day, are found', () => {
  const found = mixes(
    hoursOf((hour, usual) => {
      if (hour < (DAYS - 2) * 24) return usual;
      const requests = hour % 24 < 6 ? 120 : 1;
      return { ...usual, 'request 200': requests - 1, 'request 0': 1 + (requests >> 2) };
    }),
  );
  expect(found['answers status by hours']).toMatchObject({ verdict: 'bad' });
  expect(found['answers requests by hour of the day']).toMatchObject({ verdict: 'bad' });
  expect(found['log lines by hour of the day']).toMatchObject({ verdict: 'ok' });
});
