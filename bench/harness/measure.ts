/** The row that every bench writes, and how the rounds become one figure. */

import { cpus } from 'node:os';
import { packageVersion } from '../../src/core/package.js';

/** One line of bench/results: our median, the peer's, and what was promised of them. */
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
