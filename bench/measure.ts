/** How every bench measures and what it writes. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { packageRoot, packageVersion } from '../src/core/package.js';

export interface Side {
  /** Returns something computed from all results, so that no work can be left out. */
  readonly run: () => number;
  /** Queries, rows, … that one run handles. */
  readonly units: number;
}

/** INTERFACES of bench results: CPU µs a unit of either side. */
export interface Row {
  readonly name: string;
  readonly ours: number;
  readonly peer: number;
  readonly ratio: number;
  readonly bar: number | null;
  readonly pass: boolean | null;
  /** (largest − smallest) / median of our rounds. */
  readonly spread: number;
  /** Rounds. */
  readonly n: number;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
}

const ROUNDS = 9;

export function compare(name: string, ours: Side, peer: Side, bar: number | null = null): Row {
  const times = { ours: [] as number[], peer: [] as number[] };
  let consumed = ours.run() + peer.run();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [key, side] of [
      ['ours', ours],
      ['peer', peer],
    ] as const) {
      const from = process.cpuUsage();
      consumed += side.run();
      const { user, system } = process.cpuUsage(from);
      times[key].push((user + system) / side.units);
    }
  }
  if (Number.isNaN(consumed)) throw new Error('a result was not a number');
  return rowOf(name, times.ours, median(times.peer), bar);
}

/** `times`: CPU µs a unit of each round of ours. */
export function rowOf(name: string, times: readonly number[], peer: number, bar: number | null = null): Row {
  const ours = median(times);
  const ratio = ours / peer;
  return {
    ...{ name, ours, peer, ratio, bar, pass: bar === null ? null : ratio <= bar },
    spread: (Math.max(...times) - Math.min(...times)) / ours,
    n: times.length,
    machine: `${cpus().length} × ${cpus()[0]!.model}`,
    versions: { matinee: packageVersion, node: process.versions.node },
  };
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Prints the rows and writes them to bench/results/<name>.json. */
export function report(name: string, rows: readonly Row[]): void {
  const folder = join(packageRoot, 'bench/results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(rows, null, 2)}\n`);
  for (const { name: row, ours, peer, ratio, spread } of rows) {
    const figures = `${ours.toFixed(1)} µs, peer ${peer.toFixed(1)} µs, ratio ${ratio.toFixed(3)}`;
    process.stdout.write(`${row}: ${figures}, spread ${(100 * spread).toFixed(0)} %\n`);
  }
}
