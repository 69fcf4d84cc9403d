/** Turns the tally of answers into metrics when they are scraped. */

import type { Metric } from 'prom-client';
import { BOUNDS, type AnswerTally, type Series } from './answer-tally.js';

export interface Sample<Label extends string = string> {
  readonly labels: Readonly<Partial<Record<Label, string>>>;
  readonly value: number;
}

const countOf = ({ buckets }: Series): number => buckets.reduce((sum, count) => sum + count, 0);

/** Answers by tier, model and arm, over all codes. */
export function answerCounts({ series }: AnswerTally): Sample<'tier' | 'model' | 'arm'>[] {
  return series.map((one) => ({ labels: { tier: one.tier, model: one.model, arm: one.arm }, value: countOf(one) }));
}

/**
 * A histogram by tier and code whose values are only made at the scrape. prom-client has no class for that; of a metric its
 * registry needs the name and `get`.
 */
export function durationHistogram(name: string, help: string, tally: AnswerTally): Metric {
  const about = { name, help, type: 'histogram', aggregator: 'sum' };
  const get = () =>
    Promise.resolve({ ...about, values: joinModels(tally.series).flatMap((one) => samplesOf(name, one)) });
  return { ...about, get } as unknown as Metric;
}

type Durations = Omit<Series, 'model' | 'arm'>;

/** One row for each tier and code. */
function joinModels(series: readonly Series[]): Durations[] {
  const joined = new Map<string, Durations>();
  for (const { tier, code, buckets, seconds } of series) {
    const key = `${tier} ${code}`;
    const sum = joined.get(key);
    joined.set(key, {
      ...{ tier, code },
      buckets: buckets.map((count, i) => count + (sum?.buckets[i] ?? 0)),
      seconds: seconds + (sum?.seconds ?? 0),
    });
  }
  return [...joined.values()];
}

/** Buckets of the text format are cumulative. */
function samplesOf(name: string, { tier, code, buckets, seconds }: Durations) {
  const labels = { tier, code: String(code) };
  let count = 0;
  const cumulative = Array.from(buckets, (inBucket, i) => {
    count += inBucket;
    return { metricName: `${name}_bucket`, labels: { ...labels, le: String(BOUNDS[i] ?? '+Inf') }, value: count };
  });
  return [
    ...cumulative,
    { metricName: `${name}_sum`, labels, value: seconds },
    { metricName: `${name}_count`, labels, value: count },
  ];
}
