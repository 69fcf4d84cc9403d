/** Runs one instrument on both builds in turn, each in a process of its own. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FirstWord, Reading } from './protocol.js';

/** Something of the base and of the branch. */
export interface Pair<T> {
  readonly base: T;
  readonly branch: T;
}

/** One pair of readings a round. */
export type Laps = readonly Pair<readonly Reading[]>[];

/** A process keeps its luck with memory and compiler for life: new ones take over after so many rounds. */
const ROUNDS_A_LAUNCH = 3;

/**
 * A lap of each side a round, after one that only warms each process; who is first changes every round. Empty where a side has no
 * such instrument.
 */
export async function runInTurn(roots: Pair<string>, instrument: string, rounds: number): Promise<Laps> {
  const laps: Pair<Reading[]>[] = [];
  while (laps.length < rounds) {
    const some = await withSide(roots.base, instrument, (base) =>
      withSide(roots.branch, instrument, (branch) =>
        roundsOf({ base, branch }, laps.length, Math.min(ROUNDS_A_LAUNCH, rounds - laps.length)),
      ),
    );
    if (some === undefined) return [];
    laps.push(...some);
  }
  return laps;
}

async function roundsOf({ base, branch }: Pair<Side>, from: number, count: number): Promise<Pair<Reading[]>[]> {
  await base.lap();
  await branch.lap();
  const laps: Pair<Reading[]>[] = [];
  for (let round = from; round < from + count; round++) {
    const early = round % 2 === 0 ? undefined : await branch.lap();
    laps.push({ base: await base.lap(), branch: early ?? (await branch.lap()) });
  }
  return laps;
}

interface Side {
  lap(): Promise<Reading[]>;
}

/** Undefined where the build has no such instrument. */
async function withSide<T>(root: string, instrument: string, work: (side: Side) => Promise<T>): Promise<T | undefined> {
  // What the side prints must not mix with the table.
  const program = join(root, 'dist/bench/compare/side.js');
  const child = fork(program, [instrument], { cwd: root, stdio: ['ignore', 2, 2, 'ipc'] });
  const ended = once(child, 'exit');
  const early = ended.then(([code]) => {
    throw new Error(`${instrument} of ${root} ended with ${String(code)}: see above`);
  });
  early.catch(() => undefined);
  const answer = async (): Promise<unknown> => {
    const [message] = (await Promise.race([once(child, 'message'), early])) as [unknown];
    return message;
  };
  try {
    if (((await answer()) as FirstWord) !== 'ready') return undefined;
    return await work({
      lap: async () => {
        child.send('lap');
        return (await answer()) as Reading[];
      },
    });
  } finally {
    if (child.connected) child.disconnect();
    await ended;
  }
}
