/** `GET /recommend/<user>` over real sockets against a bare hello: server CPU a request, both sides interleaved. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { built } from '../src/core/package.js';
import { random } from '../src/core/random.js';
import { median, report, rowOf } from './measure.js';
import { startServer, type BenchServer } from './server.js';

const USERS = 671;
const CONNECTIONS = [32, 128];
const ROUNDS = 5;
const SECONDS = 3;

interface Round {
  /** Server CPU µs a request. */
  readonly cpu: number;
  readonly failures: number;
}

async function load(server: BenchServer, connections: number): Promise<Round> {
  const { integer } = random(connections);
  const requests = Array.from({ length: 1000 }, () => ({ path: `/recommend/${1 + integer(USERS)}` }));
  const from = server.cpuMicroseconds();
  const result = await autocannon({ url: server.url, connections, duration: SECONDS, requests });
  const failures = result.non2xx + result.errors + result.timeouts;
  return { cpu: (server.cpuMicroseconds() - from) / result.requests.total, failures };
}

const folder = mkdtempSync(join(tmpdir(), 'matinee-bench-'));
const places = ['--data-dir', join(folder, 'var'), '--models-dir', join(folder, 'models')];
const ours = await startServer([built('src/cli/main.js'), 'start', ...places, '--port', '0', '--admin-port', '0']);
const hello = await startServer([built('bench/hello.js')]);
try {
  const rows = [];
  for (const connections of CONNECTIONS) {
    await load(ours, connections);
    await load(hello, connections);
    const rounds = { ours: [] as Round[], hello: [] as Round[] };
    for (let round = 0; round < ROUNDS; round++) {
      rounds.ours.push(await load(ours, connections));
      rounds.hello.push(await load(hello, connections));
    }
    const failures = rounds.ours.reduce((sum, round) => sum + round.failures, 0);
    process.stdout.write(`${connections} connections: ${failures} failures\n`);
    const [mine, theirs] = [rounds.ours, rounds.hello].map((list) => list.map(({ cpu }) => cpu)) as [
      number[],
      number[],
    ];
    rows.push(rowOf(`recommend, bundled data, ${connections} connections`, mine, median(theirs)));
  }
  report('serve', rows);
} finally {
  await Promise.all([ours.stop(), hello.stop()]);
  rmSync(folder, { recursive: true, force: true });
}
