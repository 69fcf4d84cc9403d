/** What goes wrong with the log as a whole; whoever directs a run changes it while the run goes on. */

import type { FaultRates } from './fault-rates.js';

export interface LogConditions {
  /** Of single lines. */
  faults: FaultRates | 'none' | 'measured';
  /** An outage: lines wait, and come in their order when it is over. */
  withheld: boolean;
  /** Share of the appends, 0 … 1, whose lines are delivered a second time right behind the first: a rebalance. */
  duplicateBatchShare: number;
}
