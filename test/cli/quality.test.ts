/** `matinee quality report` on a small state: a table, the same as JSON, and an exit code that scripts can use. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchDrift } from '../../src/app/drift.js';
import type { StoredReport } from '../../src/app/quality.js';
import { addQuality } from '../../src/cli/quality.js';
import { loadConfig } from '../../src/config/load.js';
import { unwrap } from '../../src/core/errors.js';
import { openQuarantine } from '../../src/ingest/quarantine.js';
import { openState, type State } from '../../src/store/state.js';
import { runCommand } from './run.js';

const DAY_MS = 86_400_000;
const NEWEST = Date.UTC(2026, 4, 30);
const FILMS = 150;
let cwd: string;

const change = async (work: (state: State) => void): Promise<void> => {
  const state = unwrap(openState(join(cwd, 'var', 'state')));
  state.transaction(() => {
    work(state);
  });
  await state.close();
};

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'matinee-'));
  await change(({ films, users, histories, lines, violations }) => {
    for (let i = 0; i < FILMS; i++) {
      const facts = { id: `film+${i}`, title: `Film ${i}`, year: 2000, genres: ['Drama', 'War'].slice(i % 2) };
      films.put({ ...facts, runtime: 90, language: 'en', overview: 'Things.', cost: i % 2 === 0 ? null : 0.5 });
    }
    for (let user = 1; user <= 2000; user++) {
      users.put(user, {
        age: user === 7 ? 140 : 30,
        gender: 'M',
        occupation: 'artist',
        likes: 'war',
        dislikes: 'no',
        lookedUpMs: NEWEST,
      });
      const timeMs = user % 2 === 0 ? NEWEST - (user - 2) * 1000 : NEWEST - 10 * DAY_MS;
      histories.merge(user, [{ film: (user >> 1) % FILMS, rating: user % 2 === 0 ? 5 : 2, minutes: 50, timeMs }]);
    }
    lines.add('accepted watch', 9000);
    lines.add('rejected user', 9);
    const broken = { id: 'film+7', what: 'runtime is no number', sample: '"long"' };
    violations.add('film', { records: FILMS, missing: 2, violations: [broken] }, NEWEST);
  });
  const quarantine = unwrap(openQuarantine(join(cwd, 'var', 'quarantine')));
  const bytes = Buffer.from('2026-01-01T00:00:00,3\u001b[2J7,GET /x');
  quarantine.add([{ topic: 'movielog', partition: 0, offset: 4, reason: 'user', bytes }]);
  await quarantine.close();
});

afterEach(() => rm(cwd, { recursive: true }));

const run = (...args: string[]) =>
  runCommand([addQuality], ['quality', 'report', '--data-dir', 'var', '--models-dir', 'models', ...args], { cwd });

test('prints a row a check, and fails when something is bad', async () => {
  const { code, stdout, stderr } = await run();
  expect([code, stderr]).toEqual([1, '']);
  const rows = stdout.split('\n').map((line) => line.replace(/ {2,}/g, ' | '));
  expect(rows[0]).toMatch(/^snapshot \w+-\w+: 2026-05-23 00:00 to 2026-05-30 00:00, against 2026-04-25 00:00 to/);
  expect(rows).toContain(
    'log | schema | rejected: user | 0.1 % | below 0.5 %, fault from 5 % | 9009 | ok | 2026-01-01T00:00:00,3\\u001b[2J7,GET /x',
  );
  expect(rows).toContain('film-api | missing | cost | 50 % | below 20 % | 150 | warn | film+0');
  expect(rows).toContain(
    'film-api | schema | runtime is no number | 0.67 % | below 1 %, fault from 10 % | 150 | ok | film+7: "long"',
  );
  expect(rows.find((row) => row.startsWith('log | drift | ratings'))).toMatch(
    / \| 1000 \| bad \| [25]: \d+ % → \d+ %$/,
  );
  expect(rows.at(-2)).toMatch(/^verdict: bad \(\d+ too few, \d+ ok, \d+ warn, 1 bad\)$/);
});

test('JSON holds everything, and the metrics read it', async () => {
  const { code, stdout } = await run('--json');
  const report = JSON.parse(stdout) as StoredReport;
  expect([code, report.verdict]).toEqual([1, 'bad']);
  const ages = report.findings.find(({ check }) => check === 'age outside 8 to 90')!;
  expect(ages).toMatchObject({ interface: 'user-api', value: 1 / 2000, verdict: 'ok', examples: ['7'] });
  const { config } = unwrap(loadConfig({ flags: { dataDir: 'var' }, env: {}, cwd }));
  const drift = watchDrift(config);
  const scores = await vi.waitUntil(() => (drift.scores().length > 0 ? drift.scores() : undefined));
  drift.close();
  expect(
    scores.find(({ labels }) => labels.interface === 'log' && labels.feature === 'ratings')!.value,
  ).toBeGreaterThan(1);
  expect(scores.every(({ labels }) => /^\w+$/.test(labels.feature))).toBe(true);
});

test('what is not bad is no failure', async () => {
  await change(({ histories }) => {
    for (let user = 1; user <= 2000; user++) {
      histories.merge(user, [
        { film: (user >> 1) % FILMS, rating: 4, minutes: null, timeMs: NEWEST + (user % 2) * 9 * DAY_MS },
      ]);
    }
  });
  const { code, stdout } = await run();
  expect(stdout).toContain('verdict: warn');
  expect(code).toBe(0);
});

test('the windows are chosen, and there must be a state', async () => {
  const { stdout } = await run('--days', '1', '--reference-days', '2');
  expect(stdout).toContain(': 2026-05-29 00:00 to 2026-05-30 00:00, against 2026-05-27 00:00 to 2026-05-29 00:00');
  expect((await run('--days', '0')).code).toBe(2);
  const { code, stderr } = await run('--data-dir', 'nowhere');
  expect([code, stderr]).toEqual([1, expect.stringContaining('does not hold a state')]);
});
