/**
 * Hours of full load in minutes or hours: releases and dying threads in between, and what of memory, descriptors and threads
 * never comes back. `--minutes <n>`, 5 when absent, half a one with `--short`. Ends with 1 when a bar is broken.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { unwrap } from '../src/core/errors.js';
import { built } from '../src/core/package.js';
import { random } from '../src/core/random.js';
import { openRegistry } from '../src/registry/registry.js';
import { chooseDriver } from './harness/drive.js';
import { short } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import { digits, figureRow, type Figure, type Row } from './harness/rows.js';
import { startServer, type BenchServer } from './harness/server.js';
import { serveWorld, type World } from './harness/world.js';
import { order, read, type Reading } from './soak/readings.js';
import { below, slopeOf } from './soak/slope.js';

const CONNECTIONS = 64;
/** Of load, between two readings; each begins with a promotion. */
const STRETCH_SECONDS = 5;
/** Threads end in one stretch of so many, early enough that the next one is at work when the stretch ends. */
const STRETCHES_A_DEATH = 3;
const DEATH_WITHIN_MS = 3000;
/** For what comes after the last answer: sockets closed, regions freed. */
const QUIET_MS = 300;
/** The share of the readings that only shows how the service settles. */
const WARM_UP = 1 / 3;
/** MiB per million requests: a byte a request. No object is that small, so nothing may stay of any request. */
const GROWTH_BAR = 1;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: short ? '0.5' : '5' }, short: { type: 'boolean' } },
});
const minutes = Number(values.minutes);
if (!(minutes >= 0.25)) throw new Error(`--minutes ${values.minutes} is no number from 0.25`);

interface Soak {
  readonly readings: readonly Reading[];
  readonly failures: number;
  /** Promotions that the service had not followed when its stretch ended: its loader may just have died. */
  readonly notFollowed: number;
  readonly deaths: number;
}

async function soak(server: BenchServer, world: World): Promise<Soak> {
  const { drive } = chooseDriver();
  const { uniform } = random(1);
  const registry = unwrap(openRegistry(world.modelsDir));
  const readings: Reading[] = [];
  let [requests, failures, notFollowed, deaths] = [0, 0, 0, 0];
  const end = performance.now() + minutes * 60_000;
  for (let stretch = 1; performance.now() < end; stretch++) {
    const version = unwrap(registry.rollback()).pointers.current;
    const driven = drive(server.url, CONNECTIONS, STRETCH_SECONDS, stretch);
    if (stretch % STRETCHES_A_DEATH === 0) {
      await sleep(uniform() * DEATH_WITHIN_MS);
      order(server, 'end the oldest thread');
      deaths++;
    }
    const load = await driven;
    requests += load.requests;
    failures += load.failures;
    await sleep(QUIET_MS);
    const reading = await read(server, requests / 1e6);
    readings.push(reading);
    if (reading.version !== version) notFollowed++;
    if (process.stdout.isTTY) process.stdout.write(`${describe(reading)}\n`);
  }
  await registry.close();
  return { readings, failures, notFollowed, deaths };
}

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

const describe = ({ requests, anonymousBytes, heapBytes, descriptors, threads, personal }: Reading): string =>
  `${requests.toFixed(2)} million: ${mebibytes(anonymousBytes)} MiB, heap ${mebibytes(heapBytes)} MiB, ` +
  `${descriptors} descriptors, ${threads} threads${personal ? '' : ', not personal'}`;

function rowsOf({ readings, failures, notFollowed, deaths }: Soak): Row[] {
  const settled = readings.slice(Math.floor(WARM_UP * readings.length));
  const { requests, anonymousBytes } = settled.at(-1)!;
  const third = Math.ceil(settled.length / 3);
  const row = (what: string, unit: string, value: number, rest: Partial<Figure> = {}): Row =>
    figureRow({ name: what, unit, ours: [value], ...rest });
  /** The most of the last readings against the most of the first: what comes and goes is not counted as growth. */
  const atMost = (what: 'descriptors' | 'threads'): Row => {
    const most = (some: readonly Reading[]): number => Math.max(...some.map((reading) => reading[what]));
    return row(what, 'open', most(settled.slice(-third)), { peer: [most(settled.slice(0, third))], bar: 1 });
  };
  return [
    row('failures', 'requests', failures, { bar: 0 }),
    row('readings without a personal answer', 'readings', readings.filter(({ personal }) => !personal).length, {
      bar: 0,
    }),
    growthRow('growth of anonymous memory', settled, 'anonymousBytes', GROWTH_BAR),
    growthRow("growth of the main thread's heap", settled, 'heapBytes', GROWTH_BAR),
    atMost('descriptors'),
    atMost('threads'),
    row('anonymous memory at the end', 'MiB', anonymousBytes / 2 ** 20),
    row('requests', 'million', requests, { better: 'higher', note: `in ${minutes} minutes` }),
    row('promotions', 'promotions', readings.length, { better: 'higher' }),
    row('promotions not followed in time', 'promotions', notFollowed),
    row('threads ended', 'threads', deaths, { better: 'higher' }),
  ];
}

/** Passes or fails when the readings are enough to tell; a short run leaves it open. */
function growthRow(name: string, readings: readonly Reading[], of: 'anonymousBytes' | 'heapBytes', bar: number): Row {
  const slope = slopeOf(
    readings.map(({ requests }) => requests),
    readings.map((reading) => reading[of] / 2 ** 20),
  );
  const note = `95 % between ${digits(slope.low)} and ${digits(slope.high)}, ${readings.length} readings`;
  return {
    ...figureRow({ name, unit: 'MiB per million requests', ours: [slope.value], bar, note }),
    pass: below(bar, slope),
  };
}

printMachine();
const world = await serveWorld(20);
const inside = ['--expose-gc', '--import', pathToFileURL(built('bench/soak/inside.js')).href];
const server = await startServer([...inside, ...world.program]);
try {
  const rows = rowsOf(await soak(server, world));
  reportRows('soak', rows);
  if (rows.some(({ pass }) => pass === false)) process.exitCode = 1;
} finally {
  await server.stop();
}
