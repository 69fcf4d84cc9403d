/** What the newest report on data quality says of drift, for the metrics: read now and then, beside the requests. */

import { readFile } from 'node:fs/promises';
import type { Config } from '../config/load.js';
import { driftScores, type DriftScore } from '../quality/report.js';
import { newestReportOf } from './folders.js';
import type { StoredReport } from './quality.js';

export interface Drift {
  /** None before the first report. */
  scores(): readonly DriftScore[];
  close(): void;
}

const READ_MS = 60_000;

export function watchDrift(config: Config): Drift {
  let scores: readonly DriftScore[] = [];
  const read = async (): Promise<void> => {
    const text = await readFile(newestReportOf(config), 'utf8').catch(() => undefined);
    if (text !== undefined) scores = driftScores(JSON.parse(text) as StoredReport);
  };
  void read();
  const timer = setInterval(() => void read(), READ_MS);
  return {
    scores: () => scores,
    close: () => {
      clearInterval(timer);
    },
  };
}
