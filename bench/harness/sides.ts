/** Two sides of one piece of work, timed round by round in turn: CPU time, and wall time beside it. */

import { byForm } from './form.js';
import { figureRow, type Row } from './rows.js';

/** CPU and wall time of one round, µs. */
export interface Lap {
  readonly cpu: number;
  readonly wall: number;
}

/** One round over all units. What it computes must reach its caller, so that no work can be left out. */
export type Side = () => Promise<Lap>;

export interface Comparison {
  readonly name: string;
  readonly ours: Side;
  readonly peer: Side;
  /** Queries or histories in a round. */
  readonly units: number;
  /** Largest ratio that passes. */
  readonly bar?: number;
  readonly versions?: Readonly<Record<string, string>>;
}

const ROUNDS = byForm({ short: 2, usual: 9 });
const WARM_UP = byForm({ short: 1, usual: 3 });

/** A side on this thread; `work` returns something computed from all its results. */
export const here = (work: () => number): Side => {
  return () => {
    const wallFrom = performance.now();
    const cpuFrom = process.cpuUsage();
    const consumed = work();
    const { user, system } = process.cpuUsage(cpuFrom);
    const wall = (performance.now() - wallFrom) * 1000;
    if (Number.isNaN(consumed)) throw new Error('a result was not a number');
    return Promise.resolve({ cpu: user + system, wall });
  };
};

/** Before they count, both sides run until compilers and caches have settled. */
export async function compareSides({ ours, peer, units, ...rest }: Comparison): Promise<Row> {
  const laps = { ours: [] as Lap[], peer: [] as Lap[] };
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const [first, second] = [await ours(), await peer()];
    if (round < 0) continue;
    laps.ours.push(first);
    laps.peer.push(second);
  }
  const each = (clock: keyof Lap) => {
    const of = (side: readonly Lap[]): number[] => side.map((lap) => lap[clock] / units);
    return { ours: of(laps.ours), peer: of(laps.peer) };
  };
  return figureRow({ ...rest, unit: 'CPU µs', ...each('cpu'), wall: each('wall') });
}
