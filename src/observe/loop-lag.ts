/** How late the main thread's event loop runs: everything on it, requests first, waits this long. */

import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 10;

export interface LoopLag {
  /** Seconds at each quantile (0…1) since the last call, so that a scrape shows its own interval. */
  take(quantiles: readonly number[]): readonly number[];
  close(): void;
}

export function watchLoopLag(): LoopLag {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return {
    take(quantiles) {
      // What is recorded is the time between two ticks of a timer, so the timer's own period is in it.
      const seconds = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e9 - RESOLUTION_MS / 1000);
      const lags = quantiles.map((q) => (histogram.count === 0 ? 0 : seconds(histogram.percentile(q * 100))));
      histogram.reset();
      return lags;
    },
    close: () => void histogram.disable(),
  };
}
