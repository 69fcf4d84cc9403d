/** Counts the answers of one phase of a load. */

import { bucketOf, latencyHistogram } from '../../src/observe/latency-histogram.js';
import type { Answered } from './connection.js';
import type { PhaseReport } from './protocol.js';

/** How long the caller waits: a later answer is none. */
const LATE_SECONDS = 0.6;

export interface Tally {
  sent(): void;
  skipped(): void;
  /** Times in seconds: when the request was due, from the start of the phase, and how long its answer took from then. */
  answered(answer: Answered, due: number, latency: number): void;
  report(): PhaseReport;
}

export function createTally(): Tally {
  const latencies = latencyHistogram();
  let [sent, skipped, ok, late, personal, lastImpersonalSeconds] = [0, 0, 0, 0, 0, 0];
  return {
    sent: () => {
      sent++;
    },
    skipped: () => {
      skipped++;
    },
    answered: (answer, due, latency) => {
      if (answer.ok) ok++;
      if (answer.personal) personal++;
      else lastImpersonalSeconds = Math.max(lastImpersonalSeconds, due);
      if (latency > LATE_SECONDS) late++;
      latencies[bucketOf(latency)]!++;
    },
    report: () => ({
      ...{ sent, skipped, failures: sent - ok, late, personal, lastImpersonalSeconds },
      latencies: [...latencies],
    }),
  };
}
