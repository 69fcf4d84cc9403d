/** Both sides of the training bench behind one interface: half an iteration at a time, and the factors when asked for. */

import { unwrap } from '../../src/core/errors.js';
import { createIalsJob } from '../../src/train/ials-job.js';
import { otherSide, type Side } from '../../src/train/ials-plan.js';
import type { Lap } from '../harness/sides.js';
import { ialsProblemOf, type TrainProblem } from './problem.js';

export interface Trainer {
  /** The other side's Gram matrix, then every row of the side: what half an iteration takes. */
  half(side: Side): Promise<Lap>;
  /** Rows × dimensions. */
  factors(): Promise<Readonly<Record<Side, Float32Array>>>;
  close(): Promise<void>;
}

/** Ours, on threads of this process, all of whose CPU time it is charged. */
export function ourTrainer(problem: TrainProblem, threads: number): Trainer {
  const job = unwrap(createIalsJob(ialsProblemOf(problem), threads));
  for (const side of ['users', 'items'] as const) job.factors[side].set(problem.start[side]);
  return {
    async half(side) {
      const wallFrom = performance.now();
      const cpuFrom = process.cpuUsage();
      await job.gram(otherSide(side));
      await job.solve(side);
      const { user, system } = process.cpuUsage(cpuFrom);
      return { cpu: user + system, wall: (performance.now() - wallFrom) * 1000 };
    },
    factors: () => Promise.resolve({ users: job.factors.users.slice(), items: job.factors.items.slice() }),
    close: () => job.close(),
  };
}
