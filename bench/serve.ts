/** `GET /recommend/<user>` over real sockets against a bare hello: CPU and requests a second, both sides interleaved. */

import { median } from './harness/measure.js';
import { computeCost } from './serve/compute.js';
import { chooseDriver, driveAutocannon } from './harness/drive.js';
import { byForm } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import { figureRow, type Row } from './harness/rows.js';
import { roundsInTurn, type Rounds } from './harness/rounds.js';
import { serveWorld } from './harness/world.js';
import { strangersRows } from './serve/strangers.js';
import { startHello, startServer, type BenchServer } from './harness/server.js';

const ROUNDS = byForm({ short: 1, usual: 5 });
const SECONDS = byForm({ short: 1, usual: 2 });
const STARTS = byForm({ short: 1, usual: 5 });

interface Load {
  readonly connections: number;
  /** Most and least of hello's CPU and rate, for the world of short histories. */
  readonly cpuBar: number;
  readonly rateBar: number;
}

const LOADS: readonly Load[] = [
  { connections: 32, cpuBar: 4.2, rateBar: 0.28 },
  { connections: 128, cpuBar: 3.7, rateBar: 0.33 },
];
/** What may be left of a request's CPU time when hello's and the computation's are taken away. */
const HAND_OVER_BAR = 8;

const driver = chooseDriver();
let failures = 0;

/** Rows of one world; only that of short histories has bars. */
async function rowsOf(length: number): Promise<Row[]> {
  const barred = length === 20;
  const title = `histories of ${length}`;
  const world = await serveWorld(length);
  const rows: Row[] = [];
  if (barred) {
    const starts: number[] = [];
    for (let start = 0; start < STARTS; start++) {
      const server = await startServer(world.program);
      starts.push(server.readySeconds);
      await server.stop();
    }
    rows.push(figureRow({ name: 'start to ready', unit: 's', ours: starts, bar: 1 }));
  }
  const compute = await computeCost(world);
  rows.push(figureRow({ name: `${title}: computation alone, batches of 64`, unit: 'CPU µs a request', ours: compute }));
  const ours = await startServer(world.program);
  const hello = await startHello(ours);
  try {
    for (const { connections, cpuBar, rateBar } of LOADS) {
      const loop = { drive: driver.drive, connections, rounds: ROUNDS, seconds: SECONDS };
      const [load, floor] = (await roundsInTurn([ours, hello], loop)) as [Rounds, Rounds];
      failures += load.failures + floor.failures;
      const name = `${title}, ${connections} connections`;
      const cpu = { name, unit: 'CPU µs a request', ours: load.cpu, peer: floor.cpu };
      rows.push(figureRow({ ...cpu, bar: barred ? cpuBar : undefined }));
      const rate = { name, unit: 'requests/s', ours: load.rate, peer: floor.rate };
      rows.push(figureRow({ ...rate, better: 'higher', bar: barred ? rateBar : undefined }));
      const rest = cpu.ours.map((value) => value - median(cpu.peer) - median(compute));
      const handOver = { name: `${name}: hand-over`, unit: 'CPU µs a request', ours: rest };
      rows.push(figureRow({ ...handOver, bar: barred ? HAND_OVER_BAR : undefined }));
    }
    if (barred) rows.push(...(await autocannonRows(ours)));
  } finally {
    await Promise.all([ours.stop(), hello.stop()]);
  }
  return rows;
}

async function autocannonRows(server: BenchServer): Promise<Row[]> {
  const driven = await driveAutocannon(server.url, 128, byForm({ short: 2, usual: 6 }), 1);
  return [
    figureRow({ name: 'autocannon, 128 connections: failures', unit: 'requests', ours: [driven.failures], bar: 0 }),
    figureRow({ name: 'autocannon, 128 connections: p99', unit: 'ms', ours: [1000 * driven.p99] }),
    figureRow({ name: 'autocannon, 128 connections: largest', unit: 'ms', ours: [1000 * driven.worst] }),
  ];
}

printMachine();
process.stdout.write(`driven by ${driver.name}\n`);
const rows: Row[] = [];
for (const length of byForm({ short: [20], usual: [20, 150] })) rows.push(...(await rowsOf(length)));
reportRows('serve', [
  ...rows,
  ...(await strangersRows()),
  figureRow({ name: 'failures in all rounds', note: driver.name, unit: 'requests', ours: [failures], bar: 0 }),
]);
