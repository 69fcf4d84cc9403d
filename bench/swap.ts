/** Releases one version after another at saturation: what callers notice, and what memory remembers. `--long` for 100. */

import { setTimeout as sleep } from 'node:timers/promises';
import { unwrap } from '../src/core/errors.js';
import { openRegistry } from '../src/registry/registry.js';
import { chooseDriver } from './harness/drive.js';
import { byForm } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import { digits, figureRow, type Figure, type Row } from './harness/rows.js';
import { serveWorld, type World } from './harness/world.js';
import { startServer, type BenchServer } from './harness/server.js';

/** Even: with the interval they make whole seconds, as wrk wants them. */
const PROMOTIONS = byForm({ short: 4, usual: 20, long: 100 });
/** By then the service has allocated all that it will ever need. */
const SETTLED = byForm({ short: 2, usual: 10 });
/** From one promotion to the next; the service looks at the pointers every half second and then loads. */
const INTERVAL_MS = 2500;
const STEADY_SECONDS = byForm({ short: 2, usual: 10 });
const CONNECTIONS = 64;

interface Releases {
  /** Promotions that the service followed before the next one. */
  readonly served: number;
  /** Bytes. */
  readonly settled: number;
  readonly end: number;
}

/** Swaps the two versions of the world at a steady pace. */
async function promoteInTurn(server: BenchServer, world: World): Promise<Releases> {
  const registry = unwrap(openRegistry(world.modelsDir));
  let [served, settled] = [0, 0];
  for (let promotion = 1; promotion <= PROMOTIONS; promotion++) {
    const next = performance.now() + INTERVAL_MS;
    const version = unwrap(registry.rollback()).pointers.current;
    await sleep(next - performance.now());
    const response = await fetch(`${server.url}/recommend/1`);
    await response.text();
    if (response.headers.get('x-model-version') === version) served++;
    if (promotion === SETTLED) settled = server.anonymousBytes();
  }
  await registry.close();
  return { served, settled, end: server.anonymousBytes() };
}

async function measure(server: BenchServer, world: World): Promise<Row[]> {
  const { name, drive } = chooseDriver();
  await drive(server.url, CONNECTIONS, 2, 0);
  const steady = await drive(server.url, CONNECTIONS, STEADY_SECONDS, 1);
  const [during, releases] = await Promise.all([
    drive(server.url, CONNECTIONS, (PROMOTIONS * INTERVAL_MS) / 1000, 2),
    promoteInTurn(server, world),
  ]);
  const row = (what: string, unit: string, value: number, rest: Partial<Figure> = {}) =>
    figureRow({ name: `${PROMOTIONS} promotions at saturation: ${what}`, unit, ours: [value], note: name, ...rest });
  return [
    row('failures', 'requests', during.failures, { bar: 0 }),
    row('not followed in time', 'promotions', PROMOTIONS - releases.served, { bar: 0 }),
    row('worst', 'ms', 1000 * during.worst, { bar: 100, note: `steady ${digits(1000 * steady.worst)}` }),
    row('p99', 'ms', 1000 * during.p99, {
      ...{ bar: Math.max(20, 2000 * steady.p99), note: `steady ${digits(1000 * steady.p99)}` },
    }),
    row('requests a second, against steady', 'requests/s', during.requests / during.seconds, {
      peer: [steady.requests / steady.seconds],
      better: 'higher',
    }),
    row('anonymous memory, against after 10', 'MiB', releases.end / 2 ** 20, {
      ...{ peer: [releases.settled / 2 ** 20], bar: 1.05 },
    }),
  ];
}

printMachine();
const world = await serveWorld(20);
const server = await startServer(world.program);
try {
  reportRows('swap', await measure(server, world));
} finally {
  await server.stop();
}
