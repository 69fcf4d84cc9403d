/** What a bench and its load process tell each other. */

/** A stretch of time at one rate. */
export interface Phase {
  readonly requestsPerSecond: number;
  readonly seconds: number;
}

export interface LoadTask {
  readonly port: number;
  readonly connections: number;
  /** Requests name users 1 … users, drawn uniformly. */
  readonly users: number;
  readonly seed: number;
  readonly phases: readonly Phase[];
}

/** Requests count for the phase that they were due in, whenever the answer came. */
export interface PhaseReport {
  /** Requests sent. */
  readonly sent: number;
  /** Due but never sent: every connection was busy, or the load process itself did not get the CPU in time. */
  readonly skipped: number;
  /** Answered by a status other than 200, by a closed connection, or not at all. */
  readonly failures: number;
  /** Answered more than 600 ms after they were due. */
  readonly late: number;
  readonly personal: number;
  /** When the last request was due that got no personal answer, in seconds from the start of the phase; 0 without one. */
  readonly lastImpersonalSeconds: number;
  /** Counters of a latency histogram: from the moment a request was due to its last byte. */
  readonly latencies: readonly number[];
}
