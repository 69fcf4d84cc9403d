/**
 * Drift as a team meets it: a report each morning over the last day against the seven before it, and one over the usual weeks.
 * A month in which nothing changes, with its nights and weekends, raises no alarm; each planted shift is found in time.
 */

import { cpSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultDays } from '../../src/quality/report.js';
import { isShort, workplace } from './ingest-site.js';
import {
  alarmsOf,
  assemble,
  continueAt,
  offsetsOf,
  playDays,
  REGISTERED,
  readAndReport,
  type Morning,
  type Team,
} from './drift-site.js';

const UNSHIFTED_DAYS = isShort ? 9 : 30;
/** `matinee quality report --days 1 --reference-days 7`, and without flags. */
const EACH_MORNING = { days: 1, referenceDays: 7 };
/** World days within which a shift is in the report of the morning. */
const DELAY_DAYS_MAX = 2;

const place = workplace();
let team: Team;
let registered: number;
const mornings: Morning[] = [];

beforeAll(async () => {
  team = await assemble(place.path('usual'));
  const onDay = async (day: number): Promise<boolean> => {
    const reports = await readAndReport(team, [EACH_MORNING, defaultDays]);
    for (const findings of reports) mornings.push({ day, findings });
    return true;
  };
  registered = await playDays(team.log, { seed: 1, firstDay: 0, days: UNSHIFTED_DAYS, registered: REGISTERED, onDay });
}, 240_000);

afterAll(async () => {
  await team.close();
  place.remove();
});

const told = (morning: Morning): string[] =>
  alarmsOf(morning).map(({ check, value, verdict, examples }) =>
    [`day ${morning.day}: ${check}`, value?.toPrecision(3), verdict, examples[0]].join(', '),
  );

test(`${UNSHIFTED_DAYS} days without a shift: at most one alarm`, () => {
  const judged = mornings.filter(({ day }) => day > 3).flatMap(({ findings }) => findings);
  const drift = judged.filter(({ kind, verdict }) => kind === 'drift' && verdict === 'ok');
  const alarms = mornings.flatMap(told);
  console.log(`${drift.length} features judged, ${alarms.length} alarms: ${alarms.join('; ')}`);
  expect(drift.length).toBeGreaterThan(50);
  expect(alarms.length).toBeLessThanOrEqual(1);
});

describe('a shift is found', () => {
  const shifts = [
    ['the tastes of everybody', { kind: 'taste-drift', to: 0.8, over: '0s' }, ['genres', 'popular films']],
    [
      'what is popular becomes more so',
      { kind: 'popularity-loop', followShare: 1, popularityPull: 2 },
      ['share of the top 1 % of films', 'Gini coefficient of films', 'popular films'],
    ],
    ['only the young come', { kind: 'biased-population', maxAge: 26 }, ['age']],
    ['only women come', { kind: 'biased-population', gender: 'F' }, ['gender']],
    ['the level of ratings', { kind: 'rating-spam', accounts: 200, perMinute: 1, rating: 1 }, ['ratings']],
    ['many more requests', { kind: 'request-burst', perSecond: 0.2 }, ['requests']],
    ['minors ask', { kind: 'minors-asking', perMinute: 10 }, ['requests']],
  ] as const;

  test.each(isShort ? shifts.slice(1, 3) : shifts)('%s', async (name, act, checks) => {
    const folder = place.path(act.kind + Object.values(act).join('-').replaceAll(/\W/g, ''));
    const shifted = await assemble(folder, ({ dataDir }) => {
      cpSync(team.config.dataDir, dataDir, { recursive: true });
    });
    continueAt(shifted.log, await offsetsOf(shifted));
    let found: number | undefined;
    const onDay = async (day: number): Promise<boolean> => {
      const [findings] = await readAndReport(shifted, [EACH_MORNING]);
      const alarms = told({ day, findings: findings! });
      const after = day - UNSHIFTED_DAYS;
      console.log(`${name}, after ${after} days: ${alarms.join('; ') || 'nothing'}`);
      if (alarmsOf({ day, findings: findings! }).some(({ check }) => (checks as readonly string[]).includes(check))) {
        found = after;
      }
      return found === undefined;
    };
    const days = { firstDay: UNSHIFTED_DAYS, days: DELAY_DAYS_MAX, registered };
    await playDays(shifted.log, { seed: 2, ...days, acts: [act], onDay });
    await shifted.close();
    expect(found).toBeLessThanOrEqual(DELAY_DAYS_MAX);
  });
});
