/**
 * Where the CPU time of a request goes: profiles of main thread and workers under load, kept for a person to open, and the
 * cost of each stage. Writes the table and the picture of docs/performance.md.
 */

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../src/core/package.js';
import { chooseDriver } from './harness/drive.js';
import { byForm, short } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import type { Row } from './harness/rows.js';
import { startHello, startServer, type BenchServer } from './harness/server.js';
import { serveWorld } from './harness/world.js';
import { costOf, profiledCostOf, type Cost, type Taken } from './profile/cost.js';
import { writeDocument } from './profile/document.js';
import { CONNECTIONS, rowsOf } from './profile/figures.js';
import { freePort } from './harness/free-port.js';
import { inspect, type Inspection } from './profile/inspect.js';

const ROUNDS = byForm({ short: 1, usual: 9 });
const SECONDS = byForm({ short: 1, usual: 2 });
/** Where the profiles of the last rounds stay. */
const folder = join(packageRoot, '.cache/bench-profile');
const { name: driverName, drive } = chooseDriver();

function loadOn({ url }: BenchServer, connections: number, round: number): () => Promise<number> {
  return async () => {
    const { requests, failures } = await drive(url, connections, SECONDS, round);
    if (failures > 0) throw new Error(`${failures} requests failed`);
    return requests;
  };
}

/** Round 0 only warms, with the profilers on: V8 then keeps what is inlined where in the code that it optimises. */
async function measure(ours: BenchServer, inspection: Inspection, hello: BenchServer, connections: number) {
  const costs: Cost[] = [];
  const floor: number[] = [];
  let last: readonly Taken[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const { cost, taken } = await profiledCostOf(ours, inspection, loadOn(ours, connections, round));
    const bare = await costOf(hello, loadOn(hello, connections, round));
    if (round === 0) continue;
    costs.push(cost);
    floor.push(bare);
    last = taken;
  }
  for (const { lane, thread, profile } of last) {
    writeFileSync(join(folder, `${connections}-${lane}-${thread}.cpuprofile`), JSON.stringify(profile));
  }
  return rowsOf(connections, costs, floor);
}

printMachine();
process.stdout.write(`driven by ${driverName}\n`);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const world = await serveWorld(20);
// `--inspect` tells nobody but a person which port it took.
const port = await freePort();
const ours = await startServer([`--inspect=127.0.0.1:${port}`, ...world.program]);
const hello = await startHello(ours);
const inspection = await inspect(port);
const rows: Row[] = [];
try {
  for (const connections of CONNECTIONS) rows.push(...(await measure(ours, inspection, hello, connections)));
} finally {
  await inspection.close();
  await Promise.all([ours.stop(), hello.stop()]);
}
reportRows('profile', rows);
process.stdout.write(`profiles: ${folder}\n`);
if (!short) writeDocument();
