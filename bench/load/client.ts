/**
 * An open-loop client, a process of its own: requests are due at fixed moments, whether or not earlier ones are answered,
 * and a latency counts from the moment the request was due. What finds every connection busy is not sent but counted. Started
 * with a LoadTask by fork(); sends back the reports.
 *
 * Node's timers know no time below a millisecond, so the loop naps with Atomics.wait and looks at its sockets in between.
 */

import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { random } from '../../src/core/random.js';
import { openConnection, type Connection } from './connection.js';
import type { LoadTask, Phase, PhaseReport } from './protocol.js';
import { createTally, type Tally } from './tally.js';

/** A nap between two looks at the sockets: what it may add to a latency. */
const NAP_MS = 0.02;
/** A process that could not run for longer than this does not send what it missed all at once. */
const STARVED_MS = 20;
/** For the last answers. */
const DRAIN_MS = 2000;

const napping = new Int32Array(new SharedArrayBuffer(4));

async function run({ port, connections, users, seed, phases }: LoadTask): Promise<PhaseReport[]> {
  const { integer } = random(seed);
  const requests = Array.from({ length: 20_000 }, () => {
    return `GET /recommend/${1 + integer(users)} HTTP/1.1\r\nHost: bench\r\n\r\n`;
  });
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  const idle = [...open];
  let next = 0;

  /** `at`, when it was due, and `phaseStart` are on the clock of performance.now(). */
  function send(connection: Connection, tally: Tally, phaseStart: number, at: number): void {
    tally.sent();
    connection.send(requests[next++ % requests.length]!, (answer) => {
      tally.answered(answer, (at - phaseStart) / 1000, (performance.now() - at) / 1000);
      idle.push(connection);
    });
  }

  async function runPhase({ requestsPerSecond, seconds }: Phase, tally: Tally): Promise<void> {
    const phaseStart = performance.now();
    const interval = 1000 / requestsPerSecond;
    const count = Math.floor(requestsPerSecond * seconds);
    for (let sent = 0; sent < count;) {
      const now = performance.now();
      for (let at; sent < count && (at = phaseStart + sent * interval) <= now; sent++) {
        // The one that rested longest: servers close a connection that rests for seconds.
        const connection = now - at > STARVED_MS ? undefined : idle.shift();
        if (connection === undefined) tally.skipped();
        else send(connection, tally, phaseStart, at);
      }
      Atomics.wait(napping, 0, 0, NAP_MS);
      await turn();
    }
  }

  const tallies: Tally[] = [];
  for (const phase of phases) {
    const tally = createTally();
    tallies.push(tally);
    await runPhase(phase, tally);
  }
  const end = performance.now() + DRAIN_MS;
  while (idle.length < open.length && performance.now() < end) await sleep(5);
  for (const connection of open) connection.close();
  return tallies.map((tally) => tally.report());
}

process.once('message', (task: LoadTask) => {
  void run(task).then((reports) => {
    process.send!(reports, () => {
      process.disconnect();
    });
  });
});
