/** The simulated site as a source of load: lines a second into a log directory, as fast as one thread goes. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSim } from '../../src/app/sim.js';
import { unwrap } from '../../src/core/errors.js';
import { bundledCatalogue } from '../../src/sim/catalogue/bundled.js';
import { fixedRecommender } from '../../src/sim/grader/fixed.js';
import { writeLogDirectory } from '../../src/sim/log/log-directory.js';
import { createLineWriter } from '../../src/sim/site/line-writer.js';
import { createSimWorld } from '../../src/sim/world.js';
import { byForm, wholeBar } from '../harness/form.js';
import { figureRow, type Row } from '../harness/rows.js';

const ROUNDS = byForm({ short: 1, usual: 3 });
const VIEWERS = 100_000;
const LINES_PER_WORLD_SECOND = 500;
const SECONDS = byForm({ short: 1_200, usual: 7_200 });
const STEADY_LINES = byForm({ short: 1_000_000, usual: 10_000_000 });
const START = Date.UTC(2026, 5, 5, 18, 30);

/** Where nobody is asked: the first twenty films for everybody. */
const LIST = Array.from({ length: 20 }, (_, film) => film);

async function inLog<T>(work: (log: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-bench-'));
  try {
    return await work(join(folder, 'log'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Viewers with tastes, from the opening of the site on. */
const lively = (seed: number): Promise<number> =>
  inLog(async (log) => {
    const sim = unwrap(
      await openSim({
        ...{ seed, run: 0, viewers: VIEWERS, firstUser: 1, linesPerSecond: LINES_PER_WORLD_SECOND, edition: 2026 },
        ...{ startMs: START, log: `dir:${log}`, apiPort: 0, speed: Infinity, seconds: SECONDS },
        ...{ scenario: undefined, truthFile: undefined, onAct: () => undefined },
      }),
    );
    const started = performance.now();
    await sim.run(
      fixedRecommender(sim.site.world.ids, () => LIST),
      new AbortController().signal,
    );
    const seconds = (performance.now() - started) / 1000;
    await sim.close();
    return sim.tally.lines / seconds;
  });

const steady = (seed: number): Promise<number> =>
  inLog((log) => {
    const known = bundledCatalogue();
    const world = createSimWorld({ seed, films: known.length, users: VIEWERS, known });
    const writer = createLineWriter(world, { seed, startMs: START, linesPerSecond: LINES_PER_WORLD_SECOND });
    const started = performance.now();
    writeLogDirectory(log, writer, { lines: STEADY_LINES });
    return STEADY_LINES / ((performance.now() - started) / 1000);
  });

async function rounds(round: (seed: number) => Promise<number>): Promise<number[]> {
  const rates: number[] = [];
  for (let seed = 1; seed <= ROUNDS; seed++) rates.push(await round(seed));
  return rates;
}

export async function measureSource(): Promise<readonly Row[]> {
  const figure = { unit: 'lines/s', better: 'higher' } as const;
  return [
    figureRow({
      ...{ name: 'as a source: viewers with tastes, a line in the log', ...figure, bar: wholeBar(50_000) },
      ours: await rounds(lively),
    }),
    figureRow({ name: 'as a source: steady lines of people without tastes', ...figure, ours: await rounds(steady) }),
  ];
}
