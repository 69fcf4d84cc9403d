/** Composition of the report on data quality: the snapshot of the state as it is, what the state counted, and examples. */

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '../config/load.js';
import { succeed, type Result } from '../core/errors.js';
import { printable } from '../core/printable.js';
import type { OnProgress } from '../core/progress.js';
import { qualityReport, type QualityReport, type QualitySources } from '../quality/report.js';
import type { WindowDays } from '../quality/warehouse.js';
import { newestReportOf } from './folders.js';
import { uncountedLines } from './quarantine.js';
import { takeSnapshot } from './snapshots.js';
import { withState } from './state.js';

export interface StoredReport extends QualityReport {
  /** ISO 8601. */
  readonly created: string;
  /** Id of the snapshot that it is about. */
  readonly snapshot: string;
}

/** Newest lines, held and rejected, that examples are taken from; and how many for each reason. */
const LINES_LOOKED_AT = 1000;
const EXAMPLES_MAX = 3;
const EXAMPLE_CHARS_MAX = 160;

/**
 * Of the state as it is now; the report is kept in the data folder for the metrics of a service. Errors: those of `takeSnapshot`
 * and `uncountedLines`.
 */
export async function makeQualityReport(
  config: Config,
  days: WindowDays,
  onProgress: OnProgress,
): Promise<Result<StoredReport>> {
  const snapshot = await takeSnapshot(config, onProgress);
  if (!snapshot.ok) return snapshot;
  const { folder, manifest } = snapshot.value;
  const counted = await countedIn(config);
  if (!counted.ok) return counted;
  const ratingHigh = config.ratingScale?.high ?? manifest.ratingHigh ?? undefined;
  const report = await qualityReport({ folder, ratingHigh, ...counted.value }, days);
  if (!report.ok) return report;
  const stored = { created: new Date().toISOString(), snapshot: manifest.id, ...report.value };
  store(newestReportOf(config), stored);
  return succeed(stored);
}

async function countedIn(config: Config): Promise<Result<Pick<QualitySources, 'lines' | 'lookups'>>> {
  const uncounted = await uncountedLines(config, { reason: undefined, limit: LINES_LOOKED_AT });
  if (!uncounted.ok) return uncounted;
  const examples = new Map<string, string[]>();
  for (const { reason, bytes } of [...uncounted.value.held.lines, ...uncounted.value.rejected.lines]) {
    const shown = examples.get(reason) ?? [];
    if (shown.length === EXAMPLES_MAX) continue;
    examples.set(reason, [...shown, printable(Buffer.from(bytes).toString('utf8'), EXAMPLE_CHARS_MAX)]);
  }
  return withState(config, (state) =>
    succeed({
      lines: { counts: new Map(state.lines.all()), hours: [...state.hours.all()], examples },
      lookups: [...state.violations.all()],
    }),
  );
}

/** Whole or as it was before: a service may read it at any moment. */
function store(path: string, report: StoredReport): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, `${JSON.stringify(report)}\n`);
  renameSync(beside, path);
}
