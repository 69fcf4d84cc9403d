/** Runs one instrument on both builds in turn, each in a process of its own. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Reading } from './protocol.js';

/** Something of the base and of the branch. */
export interface Pair<T> {
  readonly base: T;
  readonly branch: T;
}

/** A process keeps its luck with memory and compiler for life: new ones take over after so many rounds. */
const ROUNDS_A_LAUNCH = 3;

/** A lap of each side a round, after one that only warms each process. Who is first changes every round. */
export async function runInTurn(roots: Pair<string>, instrument: string, rounds: number): Promise<Pair<Reading[]>[]> {
  const laps: Pair<Reading[]>[] = [];
  while (laps.length < rounds) {
    const base = await startSide(roots.base, instrument);
    const branch = await startSide(roots.branch, instrument);
    await base.lap();
    await branch.lap();
    for (let left = Math.min(ROUNDS_A_LAUNCH, rounds - laps.length); left > 0; left--) {
      if (laps.length % 2 === 0) {
        const first = await base.lap();
        laps.push({ base: first, branch: await branch.lap() });
      } else {
        const first = await branch.lap();
        laps.push({ base: await base.lap(), branch: first });
      }
    }
    await Promise.all([base.close(), branch.close()]);
  }
  return laps;
}

async function startSide(root: string, instrument: string) {
  // What the side prints must not mix with the table.
  const child = fork(join(root, 'dist/bench/compare/side.js'), [instrument], {
    cwd: root,
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const ended = once(child, 'exit');
  const answer = async (): Promise<unknown> => {
    const early = ended.then(([code]) => {
      throw new Error(`${instrument} of ${root} ended with ${String(code)}: see above`);
    });
    const [message] = (await Promise.race([once(child, 'message'), early])) as [unknown];
    early.catch(() => undefined);
    return message;
  };
  await answer();
  return {
    lap: async (): Promise<Reading[]> => {
      child.send('lap');
      return (await answer()) as Reading[];
    },
    close: async (): Promise<void> => {
      child.disconnect();
      await ended;
    },
  };
}
