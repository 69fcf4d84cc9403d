/** `GET /recommend/<user>` against the same service in Python: same model, same users, same answers, sides interleaved. */

import { chooseDriver } from './harness/drive.js';
import { byForm } from './harness/form.js';
import { pinnedVersions, PYTHON_MISSING, pythonIfPossible } from './harness/python.js';
import { printMachine, reportRows } from './harness/results.js';
import { roundsInTurn, type Rounds } from './harness/rounds.js';
import { figureRow, type Figure, type Row } from './harness/rows.js';
import { startServer, type BenchServer } from './harness/server.js';
import { serveWorld, USERS } from './harness/world.js';
import { exportWorld } from './peers/catalogue.js';
import { startWebPeer, webPeers, WORKERS, type WebPeer } from './peers/web.js';

const CONNECTIONS = 32;
const form = byForm({ short: { rounds: 3, seconds: 1 }, usual: { rounds: 5, seconds: 2 } });
/** Users whose answers are compared before anything is measured. */
const COMPARED = Array.from({ length: 50 }, (_, i) => 1 + (i * USERS) / 50);
const driver = chooseDriver();

interface Agreement {
  /** Shares of the films, wherever in its list each stands, and of the lists, film for film. */
  readonly films: number;
  readonly lists: number;
}

const answersOf = (server: BenchServer): Promise<string[]> =>
  Promise.all(COMPARED.map(async (user) => (await fetch(`${server.url}/recommend/${user}`)).text()));

function agreement(ours: readonly string[], peer: readonly string[]): Agreement {
  const shares = ours.map((answer, i) => {
    const films = new Set(peer[i]!.split(','));
    const asked = answer.split(',');
    return asked.filter((film) => films.has(film)).length / asked.length;
  });
  return {
    films: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    lists: ours.filter((answer, i) => answer === peer[i]).length / ours.length,
  };
}

function rowsAgainst({ name, packages, bar }: WebPeer, ours: Rounds, peer: Rounds, { films, lists }: Agreement): Row[] {
  const versions = pinnedVersions(packages);
  const note = `${driver.name}, ${CONNECTIONS} connections, ${WORKERS} workers`;
  const row = (what: string, unit: string, figure: Omit<Figure, 'name' | 'unit'>): Row =>
    figureRow({ name: `${what}, against ${name}`, unit, versions, note, ...figure });
  const perCpuSecond = ({ cpu }: Rounds): number[] => cpu.map((microseconds) => 1e6 / microseconds);
  return [
    row('films in common', 'share', {
      ...{ ours: [films], better: 'higher', bar: 0.98 },
      note: `${COMPARED.length} users, ${100 * lists} % of their lists equal film for film`,
    }),
    row('CPU', 'CPU µs a request', { ours: ours.cpu, peer: peer.cpu }),
    row('requests per CPU-second', 'requests', {
      ...{ ours: perCpuSecond(ours), peer: perCpuSecond(peer), better: 'higher', bar },
    }),
    row('rate', 'requests/s', { ours: ours.rate, peer: peer.rate, better: 'higher' }),
    row('failures of the peer', 'requests', { ours: [peer.failures], bar: 0 }),
  ];
}

async function measure(python: string): Promise<Row[]> {
  const world = await serveWorld(20);
  const catalogue = await exportWorld(world);
  const servers: BenchServer[] = [];
  try {
    servers.push(await startServer(world.program));
    for (const peer of webPeers) servers.push(await startWebPeer(python, peer, catalogue));
    // One server after another: what keeps the cores busy may make ours answer from a lower rung.
    const all: string[][] = [];
    for (const server of servers) all.push(await answersOf(server));
    const [answers, ...peerAnswers] = all as [string[], ...string[][]];
    const loop = { drive: driver.drive, connections: CONNECTIONS, ...form };
    const [ours, ...peers] = (await roundsInTurn(servers, loop)) as [Rounds, ...Rounds[]];
    return [
      ...webPeers.flatMap((peer, i) => rowsAgainst(peer, ours, peers[i]!, agreement(answers, peerAnswers[i]!))),
      figureRow({ name: 'failures', unit: 'requests', ours: [ours.failures], bar: 0, note: driver.name }),
    ];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

printMachine();
const python = pythonIfPossible();
if (python === undefined) reportRows('peers', [], [`all rows: ${PYTHON_MISSING}`]);
else reportRows('peers', await measure(python));
