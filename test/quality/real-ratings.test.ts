/** Drift of ratings that people really gave: between two months there is some, between two halves of one week none. */

import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { packageRoot } from '../../src/core/package.js';
import { writeSnapshot } from '../../src/dataset/snapshot/write.js';
import type { Finding } from '../../src/quality/finding.js';
import { qualityReport } from '../../src/quality/report.js';
import { openState, type State } from '../../src/store/state.js';

const data = process.env.MATINEE_TEST_DATA ?? join(packageRoot, '..', 'shared', 'data');
const file = join(data, 'interactions', 'ratings.csv');
const isThere = existsSync(file);
if (!isThere) console.log(`skipped: ${file} is not there (MATINEE_TEST_DATA)`);

const DAY_MS = 86_400_000;

interface Rating {
  readonly user: number;
  readonly film: string;
  readonly rating: number;
  readonly timeMs: number;
}

const ratingsOf = (): Rating[] =>
  readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line) => /^(2024-1[02]-\d\dT[\d:]+),(\d{1,7}),([^ ,]+),([1-5])$/.exec(line))
    .flatMap((match) =>
      match === null
        ? []
        : { timeMs: Date.parse(`${match[1]!}Z`), user: +match[2]!, film: match[3]!, rating: +match[4]! },
    );

let folder: string;
let state: State;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matinee-'));
  state = unwrap(openState(join(folder, 'state')));
});

afterEach(async () => {
  await state.close();
  await rm(folder, { recursive: true });
});

async function drift(ratings: readonly Rating[], referenceDays: number): Promise<Finding> {
  state.transaction(() => {
    for (const { user, film: id, rating, timeMs } of ratings) {
      const index = state.films.indexOf(id);
      const film = index < 0 ? state.films.put({ id, title: id, year: null, genres: [] }) : index;
      state.histories.merge(user, [{ film, rating, minutes: null, timeMs }]);
    }
  });
  const shelf = join(folder, 'snapshots');
  const facts = { code: {}, created: new Date(), onProgress: () => undefined };
  const { id } = unwrap(writeSnapshot(state, shelf, facts));
  const nothing = { lines: { counts: new Map(), examples: new Map(), hours: [] }, lookups: [] };
  const sources = { folder: join(shelf, id), ...nothing, ratingHigh: undefined };
  const { findings } = unwrap(await qualityReport(sources, { days: 7, referenceDays }));
  return findings.find(({ kind, check }) => kind === 'drift' && check === 'ratings')!;
}

describe.skipIf(!isThere)('real ratings', () => {
  test('rose between October and December 2024', async () => {
    const found = await drift(ratingsOf(), 70);
    console.log(
      `${found.samples} users, PSI ${found.value}, by chance up to ${found.noise}: ${found.examples.join(', ')}`,
    );
    expect(found).toMatchObject({ verdict: 'warn' });
    expect(found.examples[0]).toMatch(/^5: 13\.\d % → 29\.\d %$/);
  });

  test('are the same for every second user of one week', async () => {
    const week = ratingsOf().filter(({ timeMs }) => timeMs > Date.UTC(2024, 11, 1));
    const halves = week.map((one) => ({ ...one, timeMs: one.timeMs - (one.user % 2) * 14 * DAY_MS }));
    const found = await drift(halves, 28);
    console.log(`${found.samples} users, PSI ${found.value}, by chance up to ${found.noise}`);
    expect(found.samples).toBeGreaterThan(5000);
    expect(found.verdict).toBe('ok');
    expect(found.value!).toBeLessThan(found.noise!);
  });
});
