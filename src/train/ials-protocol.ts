/** What the job and its worker threads say to each other. The numbers themselves stay in the shared memory. */

import type { IalsPlan, Side } from './ials-plan.js';

/** Given to every worker once. */
export interface WorkerSetup {
  readonly memory: WebAssembly.Memory;
  readonly plan: IalsPlan;
}

/** One thread's share of a phase: it claims blocks until none is left. */
export interface Task {
  readonly phase: 'gram' | 'solve' | 'loss';
  readonly side: Side;
  /** Which scratch area it may use; no two tasks of a phase share one. */
  readonly scratchIndex: number;
}
