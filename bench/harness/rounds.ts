/** Closed-loop load on several servers in turn, and what it cost each of them. */

import type { Drive } from './drive.js';
import type { BenchServer } from './server.js';

export interface ClosedLoop {
  readonly drive: Drive;
  readonly connections: number;
  readonly rounds: number;
  /** Of one round. */
  readonly seconds: number;
}

/** One value a round. */
export interface Rounds {
  /** Server CPU µs a request over all threads and processes. */
  readonly cpu: readonly number[];
  /** Requests a second. */
  readonly rate: readonly number[];
  /** Requests that failed in any round, the first one included. */
  readonly failures: number;
}

/** The rounds of each server, after one that only warms; in the same round all are asked for the same users. */
export async function roundsInTurn(servers: readonly BenchServer[], loop: ClosedLoop): Promise<Rounds[]> {
  const all = servers.map(() => ({ cpu: [] as number[], rate: [] as number[], failures: 0 }));
  for (let round = 0; round <= loop.rounds; round++) {
    for (const [i, server] of servers.entries()) {
      const from = server.cpuMicroseconds();
      const { requests, seconds, failures } = await loop.drive(server.url, loop.connections, loop.seconds, round);
      all[i]!.failures += failures;
      if (round === 0) continue;
      all[i]!.cpu.push((server.cpuMicroseconds() - from) / requests);
      all[i]!.rate.push(requests / seconds);
    }
  }
  return all;
}
