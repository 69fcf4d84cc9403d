/** A million answers, each status looked at: nothing but 200 may come. */

import { chooseDriver, type Driven } from './harness/drive.js';
import { byForm } from './harness/form.js';
import { printMachine, reportRows } from './harness/results.js';
import { figureRow } from './harness/rows.js';
import { startServer } from './harness/server.js';
import { serveWorld } from './harness/world.js';

const REQUESTS = byForm({ short: 50_000, usual: 1_000_000 });
const SECONDS = byForm({ short: 1, usual: 5 });
/** In turn. */
const CONNECTIONS = [32, 128];

printMachine();
const { name, driveCounting } = chooseDriver();
const { program } = await serveWorld(20);
const server = await startServer(program);
const rounds: Driven[] = [];
const requests = (): number => rounds.reduce((sum, round) => sum + round.requests, 0);
try {
  while (requests() < REQUESTS) {
    rounds.push(await driveCounting(server.url, CONNECTIONS[rounds.length % 2]!, SECONDS, rounds.length));
  }
} finally {
  await server.stop();
}
const failures = rounds.reduce((sum, round) => sum + round.failures, 0);
const note = `${name}, ${CONNECTIONS.join(' and ')} connections in turn`;
reportRows('million', [
  figureRow({ name: 'answers', unit: 'requests', ours: [requests()], bar: REQUESTS, better: 'higher', note }),
  figureRow({ name: 'answers other than 200', unit: 'requests', ours: [failures], bar: 0, note }),
  figureRow({ name: 'worst', unit: 'ms', ours: [Math.max(...rounds.map(({ worst }) => 1000 * worst))], note }),
]);
