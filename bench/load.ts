/** Latency at a constant rate, and what callers get when far more is asked than the service can do. `--long` for a minute. */

import { quantile } from '../src/observe/latency-histogram.js';
import type { PhaseReport } from './load/protocol.js';
import { runLoad } from './load/run.js';
import { chooseDriver } from './harness/drive.js';
import { byForm } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import { figureRow, type Figure, type Row } from './harness/rows.js';
import { serveWorld, USERS } from './harness/world.js';
import { startHello, startServer, type BenchServer } from './harness/server.js';

const SECONDS = byForm({ short: 2, usual: 10, long: 60 });
/** Enough to be free whenever a request is due, unless the service stalls. */
const CONNECTIONS = 256;
/** More than the engine takes at once. */
const OVERLOAD_CONNECTIONS = 640;
/** More than two cores can send and answer, whatever the answer. */
const PAST_THE_END = 100_000;
/** So few that any service that has recovered answers all of them personally. */
const CALM = { requestsPerSecond: 500, seconds: byForm({ short: 1, usual: 3 }) };

const milliseconds = ({ latencies }: PhaseReport, q: number): number =>
  1000 * (quantile(Uint32Array.from(latencies), q) ?? 0);

/** Requests a second that a closed loop gets out of the service. */
async function saturation(server: BenchServer): Promise<number> {
  const { drive } = chooseDriver();
  await drive(server.url, 128, 2, 0);
  const { requests, seconds } = await drive(server.url, 128, byForm({ short: 1, usual: 4 }), 1);
  return requests / seconds;
}

async function atRate({ port }: BenchServer, requestsPerSecond: number, seconds: number): Promise<PhaseReport> {
  const phases = [2, seconds].map((length) => ({ requestsPerSecond, seconds: length }));
  const [, report] = await runLoad({ port, connections: CONNECTIONS, users: USERS, seed: 1, phases });
  return report!;
}

/** The hello's latencies show what of ours is the client's own, and the machine's. */
async function constantRate(server: BenchServer): Promise<Row[]> {
  const requestsPerSecond = Math.floor((await saturation(server)) / 2);
  const report = await atRate(server, requestsPerSecond, SECONDS);
  const hello = await startHello(server);
  const floor = await atRate(hello, requestsPerSecond, 4).finally(hello.stop);
  const name = 'half of saturation';
  const note = `${requestsPerSecond}/s`;
  const rows = (title: string, q: number, bar: number): Row[] => [
    figureRow({ name: `${name}: ${title}`, unit: 'ms', ours: [milliseconds(report, q)], bar, note }),
    figureRow({ name: `${name}: ${title} of a hello`, unit: 'ms', ours: [milliseconds(floor, q)], note }),
  ];
  return [
    ...[...rows('p50', 0.5, 0.5), ...rows('p99', 0.99, 4), ...rows('p99.9', 0.999, 10)],
    figureRow({ name: `${name}: failures`, unit: 'requests', ours: [report.failures], bar: 0, note }),
    figureRow({ name: `${name}: not sent`, unit: 'requests', ours: [report.skipped], bar: 0, note }),
  ];
}

interface Overload {
  readonly title: string;
  readonly requestsPerSecond: number;
  /** Longest p99 that passes, in ms. */
  readonly p99Bar?: number;
}

async function overload(server: BenchServer, { title, requestsPerSecond, p99Bar }: Overload): Promise<Row[]> {
  const task = { port: server.port, connections: OVERLOAD_CONNECTIONS, users: USERS, seed: 2 };
  const [, report, calm] = await runLoad({ ...task, phases: [CALM, { requestsPerSecond, seconds: SECONDS }, CALM] });
  const { sent, skipped, failures, late, personal } = report!;
  const note = `${Math.floor(requestsPerSecond)}/s asked, ${Math.floor(sent / SECONDS)}/s sent`;
  const row = (what: string, unit: string, value: number, rest: Partial<Figure> = {}): Row =>
    figureRow({ name: `${title}: ${what}`, unit, ours: [value], note, ...rest });
  return [
    row('failures', 'requests', failures + calm!.failures, { bar: 0 }),
    row('answers after 600 ms', 'requests', late, { bar: 0 }),
    row('share personal', '%', (100 * personal) / sent, { better: 'higher' }),
    row('personal answers', 'requests/s', personal / SECONDS, { better: 'higher' }),
    row('p99', 'ms', milliseconds(report!, 0.99), { bar: p99Bar }),
    row('worst', 'ms', milliseconds(report!, 1)),
    row('personal again after', 's', calm!.lastImpersonalSeconds, { bar: 1 }),
    row('not sent', 'requests', skipped),
  ];
}

/** Starts `matinee serve` for histories of `length`. */
async function withServer(length: number, work: (server: BenchServer) => Promise<Row[]>): Promise<Row[]> {
  const { program } = await serveWorld(length);
  const server = await startServer(program);
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

printMachine();
const rows = [
  ...(await withServer(20, async (server) => [
    ...(await constantRate(server)),
    ...(await overload(server, { title: 'machine past its end', requestsPerSecond: PAST_THE_END })),
  ])),
  ...(await withServer(byForm({ short: 20, usual: 150 }), async (server) =>
    overload(server, {
      title: 'three times the scoring capacity',
      requestsPerSecond: 3 * (await saturation(server)),
      p99Bar: 200,
    }),
  )),
];
reportRows('load', rows);
