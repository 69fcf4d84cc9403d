/**
 * Several contenders at the same test cases: each against popularity, each against the best, and whether the evidence is
 * enough to choose.
 *
 * The best has the largest mean nDCG. It is chosen when there are test cases enough, the paired interval of its
 * difference from popularity lies above zero, and the log is not one without taste, where such a difference has other
 * reasons; else popularity is. Whom it cannot be told from is named: among those, cost may decide.
 */

import assert from 'node:assert/strict';
import { baseline, recentBaseline } from './baselines.js';
import { isCold } from './cases.js';
import { figuresOf, type Metrics } from './figures.js';
import type { Measurement } from './measure.js';
import { keepsTimes } from './protocols/protocol.js';
import { deciding, reportOn, type Report, type ReportOptions } from './report.js';
import type { Signal } from './signal/signal.js';

export interface Comparison extends Report {
  /** How the data was cut. */
  readonly protocol: string;
  /** By contender: its figures less those of the best, paired by window; the best itself is not in it. */
  readonly lessBest: Readonly<Record<string, Metrics>>;
  readonly verdict: Verdict;
}

export interface Verdict {
  /** The contender of the largest mean. */
  readonly best: string;
  /** What the evidence is enough for: the best, or popularity. */
  readonly choice: string;
  readonly evidence: 'sufficient' | 'too few test cases' | 'not above popularity' | 'no taste measurable';
  /** Contenders that the interval does not tell from the best, in the order of their means. */
  readonly alike: readonly string[];
}

export interface ComparisonOptions extends Omit<ReportOptions, 'baseline'> {
  /** Of the log; absent: not asked. */
  readonly signal?: Pick<Signal, 'verdict'>;
}

/** @param measurement of popularity and at least one more */
export function compareOn(
  protocol: string,
  measurement: Measurement,
  { signal, ...options }: ComparisonOptions,
): Comparison {
  const report = reportOn(measurement, { ...options, baseline });
  const metric = deciding(report.k);
  const ranked = report.figures.models.toSorted((a, b) => b.metrics[metric]!.value - a.metrics[metric]!.value);
  const best = ranked[0]!;
  assert(ranked.length > 1, 'there is something to compare');

  const warm = [...measurement.windows.keys()].filter((i) => !isCold(measurement.windows[i]!.test));
  const others = figuresOf(measurement, warm, best.model, options.seed).models;
  const lessBest = Object.fromEntries(
    others.flatMap(({ model, difference }) => (difference === undefined ? [] : [[model, difference]])),
  );
  const alike = ranked.slice(1).filter(({ model }) => lessBest[model]![metric]!.high >= 0);
  const above = (best.difference?.[metric]?.low ?? 0) > 0;
  const evidence = evidenceOf(report.decides, above, signal);
  return {
    ...{ protocol, ...report, lessBest },
    verdict: {
      ...{ best: best.model, evidence, alike: alike.map(({ model }) => model) },
      choice: evidence === 'sufficient' ? best.model : baseline,
    },
  };
}

function evidenceOf(decides: boolean, above: boolean, signal: ComparisonOptions['signal']): Verdict['evidence'] {
  if (!decides) return 'too few test cases';
  if (!above) return 'not above popularity';
  return signal?.verdict === 'none' ? 'no taste measurable' : 'sufficient';
}

export interface Decision {
  readonly choice: string;
  /** Contenders that no protocol which may judge them tells from it. */
  readonly alike: readonly string[];
}

/**
 * The first protocol decides; those it cannot tell apart are judged by the next one with evidence enough, as far as that
 * leaves any. One that mixes times does not judge recent popularity, which looks worse there than it is.
 */
export function decide(comparisons: readonly Comparison[]): Decision {
  const [first, ...others] = comparisons;
  const { best, alike, choice, evidence } = first!.verdict;
  if (evidence !== 'sufficient') return { choice, alike: [] };
  const standing = others
    .filter(({ verdict }) => verdict.evidence === 'sufficient')
    .reduce<readonly string[]>(leftBy, [best, ...alike]);
  return { choice: standing[0]!, alike: standing.slice(1) };
}

function leftBy(standing: readonly string[], { protocol, verdict: { best, alike } }: Comparison): readonly string[] {
  const kept = standing.filter((name) => name === best || alike.includes(name));
  if (kept.length === 0) return standing;
  if (keepsTimes(protocol) || kept.includes(recentBaseline) || !standing.includes(recentBaseline)) return kept;
  // Not judged, it does not come to stand in front of those who were.
  return standing[0] === recentBaseline ? [recentBaseline, ...kept] : [...kept, recentBaseline];
}
