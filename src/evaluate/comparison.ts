/**
 * Several contenders at the same test cases: each against popularity, each against the best, and whether the evidence is
 * enough to choose.
 *
 * The best has the largest mean nDCG. It is chosen when there are test cases enough and the paired interval of its
 * difference from popularity lies above zero; else popularity is. Whom it cannot be told from is named: among those, cost
 * may decide. In a log without taste a personal model is in front for other reasons: there only rules without taste are
 * chosen from.
 */

import assert from 'node:assert/strict';
import { baseline, recentBaseline, simpleRules } from './baselines.js';
import { isCold } from './cases.js';
import { figuresOf, type Metrics, type ModelFigures } from './figures.js';
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
  /** What the evidence is enough for: the best, or popularity; without taste, the best simple rule surely above popularity. */
  readonly choice: string;
  readonly evidence: 'sufficient' | 'too few test cases' | 'not above popularity' | 'no taste measurable';
  /** Contenders that the interval does not tell from the best, in the order of their means. */
  readonly alike: readonly string[];
}

export interface ComparisonOptions extends Omit<ReportOptions, 'baseline'> {
  /** Of the log; absent: not asked. */
  readonly signal?: Pick<Signal, 'verdict'>;
  /** Contenders that are simple rules, too: popularity of other half-lives. */
  readonly rules?: readonly string[];
}

/** @param measurement of popularity and at least one more */
export function compareOn(
  protocol: string,
  measurement: Measurement,
  { signal, rules = [], ...options }: ComparisonOptions,
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
  const isTasteless = signal?.verdict === 'none';
  const mayWin = isTasteless ? ranked.filter(({ model }) => [...simpleRules, ...rules].includes(model)) : [best];
  const isAbove = ({ difference }: ModelFigures): boolean => (difference?.[metric]?.low ?? 0) > 0;
  const winner = report.decides ? mayWin.find(isAbove) : undefined;
  return {
    ...{ protocol, ...report, lessBest },
    verdict: {
      ...{ best: best.model, choice: winner?.model ?? baseline, alike: alike.map(({ model }) => model) },
      evidence: evidenceOf(report.decides, isTasteless, winner !== undefined),
    },
  };
}

function evidenceOf(decides: boolean, isTasteless: boolean, isAbove: boolean): Verdict['evidence'] {
  if (!decides) return 'too few test cases';
  if (isTasteless) return 'no taste measurable';
  return isAbove ? 'sufficient' : 'not above popularity';
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
