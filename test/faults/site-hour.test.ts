/**
 * An hour of the simulated site, at which everything goes wrong that is known to: nobody goes without an answer, and what the
 * service knows in the end is what happened, but for lines that were spoilt beyond repair.
 */

import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { openSim, type Sim } from '../../src/app/sim.js';
import { unwrap } from '../../src/core/errors.js';
import { packageRoot } from '../../src/core/package.js';
import { openDirectorySource } from '../../src/ingest/directory-source.js';
import { LINE_BYTES_KEPT_MAX } from '../../src/ingest/quarantine.js';
import { createGrader, type Recommender } from '../../src/sim/grader/grader.js';
import { recordedRecommender, recordingRecommender } from '../../src/sim/grader/recorded.js';
import { openLogAppender } from '../../src/sim/log/log-directory.js';
import type { Scenario } from '../../src/sim/scenario/scenario.js';
import { readScenario } from '../../src/sim/scenario/shipped.js';
import { damagedLines, damageTable, logIn, withoutLost, type Fault, type Log } from './damage.js';
import { contentOf, differences, readLines, rejectedLines, withState } from './ingest-content.js';
import { runIngester } from './ingest-inside.js';
import { ingestAll, shootAll, startMatinee, until, type Running } from './ingest-process.js';
import { isShort, seedOf, startApis, workplace, type Apis } from './ingest-site.js';

const place = workplace();
afterAll(() => {
  shootAll();
  place.remove();
});

/** Too little is rated in ten minutes for the scale to be learned from it. */
const scale = { low: 1, high: 10 };
const SCALE_FLAG = ['--rating-scale', `${scale.low}-${scale.high}`];

const HOUR = 3600;
const SECONDS = isShort ? 600 : HOUR;
/** As fast as the waits of clients, which are real ones, allow: an API that hangs for two minutes does so for six seconds. */
const SPEED = 20;
/** Minutes of real time: the play, and its two ingests. */
const TEST_MS = 900_000;
const SETTLE_MS = 180_000;
/** What could not be read whole is asked for again in an hour. */
const LATER_MS = 3_700_000;

/** All in proportion, so that the short form has all of it. */
function compressed(scenario: Scenario): Scenario {
  const factor = SECONDS / HOUR;
  const acts = scenario.acts.map((act) => ({
    ...act,
    at: Math.round(act.at * factor),
    end: Math.round(act.end * factor),
  }));
  return { ...scenario, acts };
}

/** The same acts, of which those that spoil the log do nothing: what they were drawn from must not move. */
function faultless(scenario: Scenario): Scenario {
  const harmless = new Map<string, object>([
    ['line-faults', { rates: {} }],
    ['duplicate-batches', { share: 0 }],
  ]);
  const acts = scenario.acts.map((act) => ({
    ...act,
    parameters: { ...act.parameters, ...harmless.get(act.kind.name) },
  }));
  return { ...scenario, acts };
}

const openSite = async (seed: number, scenario: Scenario, folder: string, speed: number): Promise<Sim> =>
  unwrap(
    await openSim({
      ...{ seed, run: 0, viewers: 20_000, linesPerSecond: 100, edition: 2026, scenario, speed },
      // Users of the imported data have lower ids.
      ...{ firstUser: 100_001, startMs: Date.UTC(2025, 2, 1, 20), seconds: SECONDS, apiPort: 0 },
      ...{ log: `dir:${join(folder, 'log')}`, truthFile: join(folder, 'truth.jsonl'), onAct: () => undefined },
    }),
  );

const play = (sim: Sim, recommender: Recommender): Promise<void> => sim.run(recommender, new AbortController().signal);

async function matinee(...args: readonly string[]): Promise<void> {
  expect(await startMatinee(...args).ended).toMatchObject({ code: 0 });
}

interface Place {
  /** With the log in it. */
  readonly folder: string;
  readonly dataDir: string;
  readonly modelsDir: string;
}

async function startService({ folder, dataDir, modelsDir }: Place, api: string): Promise<Running & { url: string }> {
  const places = ['--data-dir', dataDir, '--models-dir', modelsDir, '--source', `dir:${join(folder, 'log')}`];
  const ports = ['--port', '0', '--admin-port', '0', '--film-api', api, '--user-api', api];
  const service = startMatinee('serve', ...places, ...ports, ...SCALE_FLAG);
  const port = (): string | undefined => /listening on port (\d+)/.exec(service.stdout())?.[1];
  await until(
    () => `serving: ${service.stderr()}`,
    () => port() !== undefined,
  );
  return { ...service, url: `http://127.0.0.1:${port()!}` };
}

/** Look-ups that wait for their turn, but for those that are to be repeated later. */
const dueIn = (dataDir: string): Promise<number> =>
  withState(
    dataDir,
    ({ lookups }) =>
      [...lookups.all('film'), ...lookups.all('user')].filter(
        ([, { lane, dueMs }]) => lane !== null && !(lane === 'again' && dueMs > Date.now()),
      ).length,
  );

/** The log is read to its end, and nobody is left to be asked for now. */
async function caughtUp(dataDir: string, lines: number): Promise<void> {
  const seen = { lines: 0, due: 0 };
  await until(
    () => `the end of the log: ${JSON.stringify(seen)} of ${lines} lines`,
    async () => {
      seen.lines = await readLines(dataDir);
      seen.due = await dueIn(dataDir);
      return seen.lines === lines && seen.due === 0;
    },
    SETTLE_MS,
  );
}

/** What could not be read of the APIs' records is asked for again. */
async function anHourLater(dataDir: string, folder: string, apis: Apis): Promise<void> {
  const now = Date.now();
  vi.spyOn(Date, 'now').mockImplementation(() => now + LATER_MS);
  await runIngester(dataDir, (options) => openDirectorySource(join(folder, 'log'), options), { apis, scale });
  vi.restoreAllMocks();
}

interface Truths {
  readonly faults: readonly Fault[];
  /** Status of every answer, also of those that no log tells of. */
  readonly statuses: readonly number[];
}

function truthsIn(path: string): Truths {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const truths = lines.map((line) => JSON.parse(line) as { kind: string; status: number } & Fault);
  return {
    faults: truths.filter(({ kind }) => kind === 'fault'),
    statuses: truths.filter(({ kind }) => kind === 'answer').map(({ status }) => status),
  };
}

interface Request {
  readonly line: string;
  readonly status: number;
}

/** What batches that came twice tell of is told once. */
const requestsIn = (log: Log): Request[] =>
  [...new Set(log.flat())].flatMap((line) => {
    const match = /,recommendation request [^,]+, status (\d+), result: /.exec(line);
    return match === null ? [] : { line, status: Number(match[1]) };
  });

/** Lines that were rejected, as far as they are kept, and lines that are held. */
async function asideIn(dataDir: string): Promise<string[]> {
  const held = await withState(dataDir, (state) => [...state.held.all()].filter(({ provisional }) => !provisional));
  return [...held, ...(await rejectedLines(dataDir))].map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
}

/** Of an endless line only the front is put aside. */
const kept = (text: string): string => text.slice(0, LINE_BYTES_KEPT_MAX);

/**
 * What is compared. Not offsets, nor what was rejected or is held, nor counts of lines: they speak of the lines, of which the
 * faults make more, and not of what happened.
 */
const tellsOfWhatHappened = (line: string): boolean => /^\{"(film|user|history|request|ratingHigh)":/.test(line);

const stateOf = async (dataDir: string): Promise<string[]> =>
  (await contentOf(dataDir)).state.filter(tellsOfWhatHappened);

test(
  'with all faults at their real rates nobody goes without an answer, and the state is what happened',
  async () => {
    const seed = seedOf('site hour');
    const scenario = compressed(unwrap(readScenario('real-faults')));
    const [faulty, whole, expected] = [place.path('faulty'), place.path('whole'), place.path('expected')];
    for (const folder of [faulty, whole, expected]) mkdirSync(folder);
    const [dataDir, modelsDir] = [join(faulty, 'var'), place.path('models')];
    await matinee('import', join(packageRoot, 'data/movielens-latest-small'), '--data-dir', dataDir);
    await matinee('train', '--data-dir', dataDir, '--models-dir', modelsDir, '--model', 'ials', '--iterations', '2');
    cpSync(dataDir, join(expected, 'var'), { recursive: true });

    const answers = place.path('answers.jsonl');
    const sim = await openSite(seed, scenario, faulty, SPEED);
    const service = await startService({ folder: faulty, dataDir, modelsDir }, sim.apiUrl);
    const grader = createGrader({ url: service.url, filmIndex: (id) => sim.site.world.indexOf(id) });
    await play(sim, unwrap(recordingRecommender(grader, answers)));
    const log = logIn(join(faulty, 'log'));
    await caughtUp(dataDir, log.flat().length);
    service.signal('SIGTERM');
    await service.ended;
    await sim.close();
    const apis = await startApis(sim.site.world);
    await anHourLater(dataDir, faulty, apis);

    const { faults, statuses } = truthsIn(join(faulty, 'truth.jsonl'));
    const requests = requestsIn(log);
    console.log(`${SECONDS} s of world time: ${log.flat().length} lines, ${requests.length} of them requests`);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    expect(requests.length).toBeGreaterThan(SECONDS / 2);
    expect(requests.filter(({ status }) => status !== 200)).toEqual([]);

    const again = await openSite(seed, faultless(scenario), whole, Infinity);
    await play(again, recordedRecommender(answers));
    await again.close();
    const wholeLog = logIn(join(whole, 'log'));
    expect(truthsIn(join(whole, 'truth.jsonl')).faults).toEqual([]);

    const aside = new Set(await asideIn(dataDir));
    const damaged = damagedLines(log, wholeLog, faults, (text) => aside.has(kept(text)));
    console.log(damageTable(faults, damaged));
    expect(damaged.length).toBeGreaterThan(0);
    // Of the lines that nobody spoilt, none was put aside.
    const spoilt = new Set(damaged.map(({ text }) => kept(text)));
    expect([...aside].filter((text) => text !== '' && !spoilt.has(text))).toEqual([]);

    const appender = openLogAppender(join(expected, 'log'));
    withoutLost(wholeLog, damaged).forEach((lines, partition) => {
      appender.append(partition, Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1'), lines.length);
    });
    appender.close();
    const expectedDir = join(expected, 'var');
    await ingestAll(expectedDir, `dir:${join(expected, 'log')}`, ...apis.flags, ...SCALE_FLAG);
    await apis.close();
    const state = await stateOf(dataDir);
    expect(state.filter((line) => line.startsWith('{"history"')).length).toBeGreaterThan(SECONDS);
    // A user whom only spoilt lines name was looked up for them: what the site says of them is true all the same.
    const named = new Set(damaged.map(({ text }) => text.split(',')[1]));
    const isProfileOfNamed = (line: string): boolean => named.has(/^- \{"user":(\d+),/.exec(line)?.[1]);
    expect(differences(state, await stateOf(expectedDir)).filter((line) => !isProfileOfNamed(line))).toEqual([]);
  },
  TEST_MS,
);
