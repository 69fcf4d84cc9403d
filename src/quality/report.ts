/** The report on data quality and drift: a snapshot and what the state counted, put to every check. */

import { succeed, type Result } from '../core/errors.js';
import type { LookupDay } from '../store/violations.js';
import { siteInterfaces, verdicts, worstOf, type Finding, type SiteInterface, type Verdict } from './finding.js';
import { findLines, type LineFacts } from './line-checks.js';
import { findLineMixes } from './line-mix-checks.js';
import { findLookups } from './lookup-checks.js';
import { findMixes } from './mix-checks.js';
import { findPopularity } from './popularity-checks.js';
import { findRecords } from './record-checks.js';
import { findVolumes } from './volume-checks.js';
import { withWarehouse, type Warehouse, type WindowDays } from './warehouse.js';
import type { Windows } from './windows.js';

export const defaultDays: WindowDays = { days: 7, referenceDays: 28 };

export interface QualitySources {
  /** Of the snapshot. */
  readonly folder: string;
  readonly lines: LineFacts;
  readonly lookups: readonly LookupDay[];
  /** The highest rating of the scale; undefined: told from the ratings. */
  readonly ratingHigh: number | undefined;
}

export interface QualityReport {
  readonly windows: Windows;
  /** The worst of all findings. */
  readonly verdict: Verdict;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** By interface. */
  readonly findings: readonly Finding[];
}

/** Errors: format-invalid. */
export async function qualityReport(sources: QualitySources, days: WindowDays): Promise<Result<QualityReport>> {
  const made = await withWarehouse(sources.folder, days, async (warehouse) => ({
    windows: warehouse.windows,
    findings: await findAll(warehouse, sources, days),
  }));
  if (!made.ok) return made;
  const { windows, findings } = made.value;
  const all = findings.map(({ verdict }) => verdict);
  const counts = Object.fromEntries(
    verdicts.map((verdict) => [verdict, all.filter((one) => one === verdict).length]),
  ) as Record<Verdict, number>;
  const place = (finding: Finding): number => siteInterfaces.indexOf(finding.interface);
  return succeed({
    ...{ windows, verdict: worstOf(all), counts },
    findings: findings.toSorted((a, b) => place(a) - place(b)),
  });
}

async function findAll(warehouse: Warehouse, sources: QualitySources, { days }: WindowDays): Promise<Finding[]> {
  const { windows } = warehouse;
  const { hours } = sources.lines;
  const ratingHigh = sources.ratingHigh ?? (await usualRatingHigh(warehouse));
  return [
    ...findLines(sources.lines, windows.current),
    ...findLookups(sources.lookups, days),
    ...(await findRecords(warehouse, ratingHigh)),
    ...findVolumes(hours, windows),
    ...(await findMixes(warehouse, ratingHigh)),
    ...(await findPopularity(warehouse)),
    ...findLineMixes(hours, windows),
  ];
}

/** The smallest of the usual scales within which 99 of 100 ratings lie. */
async function usualRatingHigh({ rows }: Warehouse): Promise<number> {
  const [row] = await rows<{ high: number | null }>(
    'select quantile_disc(rating, 0.99)::double as high from interactions',
  );
  return [5, 10, 100].find((high) => (row?.high ?? 0) <= high) ?? 100;
}

/** For `matinee_drift_score`: one a feature that has a value. */
export const driftScores = ({ findings }: Pick<QualityReport, 'findings'>): DriftScore[] =>
  findings.flatMap(({ interface: of, kind, check, value }) =>
    kind === 'drift' && value !== null ? { labels: { interface: of, feature: check.replace(/\W+/g, '_') }, value } : [],
  );

export interface DriftScore {
  readonly labels: { readonly interface: SiteInterface; readonly feature: string };
  readonly value: number;
}
