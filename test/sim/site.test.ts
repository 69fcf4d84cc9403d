/**
 * The simulated site as a whole comes out the same: from one seed and the same answers the log, the truth file and the look-up
 * APIs are the same byte for byte, however fast the world is played.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSim, type SimOptions } from '../../src/app/sim.js';
import { unwrap } from '../../src/core/errors.js';
import { fixedRecommender } from '../../src/sim/grader/fixed.js';
import type { Answer, Recommender } from '../../src/sim/grader/grader.js';
import { recordedRecommender, recordingRecommender } from '../../src/sim/grader/recorded.js';
import { mix } from '../../src/sim/mix.js';
import { parseScenario } from '../../src/sim/scenario/scenario.js';

let dir: string;
let calm: Outcome;
let busy: Outcome;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'matinee-'));
  calm = await play({});
  busy = await play({ scenario });
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

/** Everything of which chance is a part, within a few minutes. */
const scenario = unwrap(
  parseScenario(
    JSON.stringify({
      name: 'busy',
      description: 'Whatever may happen, within minutes.',
      acts: [
        { kind: 'line-faults', rates: 'measured' },
        { kind: 'duplicate-batches', share: 0.05 },
        { kind: 'log-outage', at: '1m', for: '40s' },
        { kind: 'invalid-requests', perMinute: 30 },
        { kind: 'request-burst', at: '1m', for: '30s', perSecond: 5 },
        { kind: 'minors-asking', perMinute: 10 },
        { kind: 'taste-drift', to: 1, over: '3m' },
        { kind: 'catalogue-growth', share: 0.3, over: '3m' },
        { kind: 'price-change', at: '1m', factor: 3 },
        { kind: 'api-errors', share: 0.4 },
        { kind: 'api-changed-types', at: '2m' },
      ],
    }),
    'busy.json',
  ),
);

interface Outcome {
  readonly log: readonly string[];
  readonly truth: string;
  readonly bodies: readonly string[];
  readonly lines: number;
}

type Play = Partial<SimOptions> & { readonly recommenderOf?: (ids: readonly string[]) => Recommender };

let plays = 0;

/** Three minutes of world time. */
async function play({ recommenderOf = fixed, ...options }: Play): Promise<Outcome> {
  const path = join(dir, String(plays++));
  const sim = unwrap(
    await openSim({
      ...{ seed: 1, run: 0, viewers: 10_000, firstUser: 1, linesPerSecond: 60, edition: 2026, apiPort: 0 },
      ...{ startMs: Date.UTC(2026, 0, 5, 20), speed: Infinity, seconds: 180, scenario: undefined },
      ...{ log: `dir:${join(path, 'log')}`, truthFile: join(path, 'truth.jsonl'), onAct: () => undefined },
      ...options,
    }),
  );
  let bodies: string[];
  try {
    const { ids } = sim.site.world;
    await sim.run(recommenderOf(ids), new AbortController().signal);
    bodies = await look(sim.apiUrl, [1, 7, 19, 4_000].map(String), [ids[3]!, ids[900]!, ids[6_000]!, ids.at(-1)!]);
  } finally {
    await sim.close();
  }
  return {
    log: [0, 1].map((partition) => logOf(join(path, 'log', String(partition)))),
    truth: readFileSync(join(path, 'truth.jsonl'), 'utf8'),
    bodies,
    lines: sim.tally.lines,
  };
}

const logOf = (folder: string): string =>
  readdirSync(folder)
    .sort()
    .map((segment) => readFileSync(join(folder, segment), 'latin1'))
    .join('');

/** Status and body of each, one after the other: some answers are errors, by chance. */
async function look(url: string, users: readonly string[], films: readonly string[]): Promise<string[]> {
  const paths = [...users.map((user) => `/user/${user}`), ...films.map((film) => `/movie/${film}`)];
  const bodies: string[] = [];
  for (const path of [...paths, `/user/${users.join(',')}`, `/movie/${films.join(',')}`]) {
    const response = await fetch(`${url}${path}`);
    bodies.push(`${response.status} ${await response.text()}`);
  }
  return bodies;
}

/** Twenty films by the hash of the user. */
const listFor = (user: string, films: number): number[] =>
  Array.from({ length: 20 }, (_, place) => mix(mix(user.length, Number(user) || 0), place) % films);
const fixed = (ids: readonly string[]): Recommender => fixedRecommender(ids, (user) => listFor(user, ids.length));

/** As a service over a network is: some answers fail, and how long each takes is never the same. */
function measured(ids: readonly string[]): Recommender {
  const inner = fixed(ids);
  return {
    ask: async (user) => {
      const answer = await inner.ask(user);
      const startedMs = performance.now();
      await sleep(1);
      const latencyMs = Math.round(100 * (performance.now() - startedMs));
      const failed: Partial<Answer> = { status: 500, films: [], result: 'HTTP status 503' };
      return { ...answer, ...(Number(user) % 10 === 0 && failed), latencyMs };
    },
    close: () => inner.close(),
  };
}

const withoutLatencies = (log: readonly string[]): string[] => log.map((text) => text.replace(/, \d+ ms$/gm, ''));

test('the speed does not matter, with a scenario or without', async () => {
  expect(calm.lines).toBeGreaterThan(3_000);
  expect(calm.truth.split('\n').length).toBeGreaterThan(500);
  for (const speed of [600, 3_000]) {
    expect(await play({ speed })).toEqual(calm);
    expect(await play({ speed, scenario })).toEqual(busy);
  }
});

test('the scenario shows everywhere', () => {
  expect(busy.log).not.toEqual(calm.log);
  expect(busy.bodies.some((body) => body.startsWith('50'))).toBe(true);
  expect(calm.bodies.every((body) => body.startsWith('200 '))).toBe(true);
  const kinds = new Set([...busy.truth.matchAll(/^\{"kind":"(\w+)"/gm)].map(([, kind]) => kind));
  expect(kinds).toEqual(new Set(['act', 'answer', 'fault']));
});

test('another seed is another world, and another run of the same world another log', async () => {
  const [other, again] = [await play({ seed: 2 }), await play({ run: 1 })];
  expect(other.log).not.toEqual(calm.log);
  expect(other.bodies).not.toEqual(calm.bodies);
  expect(again.log).not.toEqual(calm.log);
  expect(again.bodies).toEqual(calm.bodies);
});

test('a run whose answers were recorded comes out again, latencies and all', async () => {
  const answers = join(dir, 'answers.jsonl');
  const recorded = await play({
    scenario,
    recommenderOf: (ids) => unwrap(recordingRecommender(measured(ids), answers)),
  });
  expect(recorded.log.join('')).toContain(', status 500, result: HTTP status 503, ');
  expect(await play({ scenario, speed: 300, recommenderOf: () => recordedRecommender(answers) })).toEqual(recorded);

  // The same answers at another pace: but for what was measured, nothing is different.
  const slower = await play({ scenario, recommenderOf: measured });
  expect(slower.log).not.toEqual(recorded.log);
  expect({ ...slower, log: withoutLatencies(slower.log) }).toEqual({
    ...recorded,
    log: withoutLatencies(recorded.log),
  });
});
