/** The part of the operators' feed that is about the site's log: how far and how fast it is read, and how it sees our answers. */

import type { IngestStatus } from '../ingest/ingester.js';
import type { AnswerCounts } from '../ingest/log/answer-counts.js';
import type { LiveLog } from '../serve/admin-answers.js';

const SECOND_MS = 1000;
/** One second alone jumps about too much to be read: lines come by commits. */
const RATE_SECONDS = 10;

export interface WatchedLog {
  snapshot(): LiveLog;
  close(): void;
}

/** `status` is undefined until the ingest has said something; what it counts begins anew when it does. */
export function watchLiveLog(status: () => IngestStatus | undefined): WatchedLog {
  /** Lines read, a second apart, oldest first. */
  const read: number[] = [];
  const sampling = setInterval(() => {
    read.push(status()?.lines.lines ?? 0);
    if (read.length > RATE_SECONDS + 1) read.shift();
  }, SECOND_MS);
  sampling.unref();
  return {
    snapshot: () => describe(status(), linesPerSecond(read)),
    close: () => {
      clearInterval(sampling);
    },
  };
}

function linesPerSecond(read: readonly number[]): number {
  if (read.length < 2) return 0;
  return Math.max(0, read.at(-1)! - read[0]!) / (read.length - 1);
}

function describe(status: IngestStatus | undefined, rate: number): LiveLog {
  const { newestMs = 0, lag = new Map<number, number>(), observed } = status ?? {};
  return {
    newestMs: newestMs === 0 ? null : newestMs,
    linesPerSecond: rate,
    lag: [...lag.values()].reduce((sum, lines) => sum + Math.round(lines), 0),
    ...{ hour: countsOf(observed?.hour), day: countsOf(observed?.day) },
    personalShare: observed?.personalShare ?? null,
    watchedAfterShare: observed?.watchedAfterShare ?? null,
  };
}

const countsOf = (counts: AnswerCounts | undefined): LiveLog['hour'] => ({
  requests: counts?.requests ?? 0,
  byStatus: counts?.byStatus ?? {},
  availability: counts?.availability ?? null,
});
