/** Samples of what becomes of the log and of users' words: as the state counts them, and as their threads tell. */

import type { IngestStatus } from '../ingest/ingester.js';
import type { LlmUsage } from '../text/llm/llm-reader.js';
import type { Sample } from './answer-metrics.js';

/** Tallies whose name begins with `prefix`, the rest of the name as the label. */
export function tallied<Label extends string>(
  lines: Iterable<readonly [name: string, count: number]>,
  prefix: string,
  label: Label,
): Sample<Label>[] {
  const samples: Sample<Label>[] = [];
  for (const [name, value] of lines) {
    if (name.startsWith(prefix)) {
      samples.push({ labels: { [label]: name.slice(prefix.length) } as Record<Label, string>, value });
    }
  }
  return samples;
}

export const lagSamples = (status: IngestStatus | undefined): Sample<'partition'>[] =>
  Array.from(status?.lag ?? [], ([partition, value]) => ({ labels: { partition: String(partition) }, value }));

export const upstreamSamples = (status: IngestStatus | undefined): Sample<'api' | 'code'>[] =>
  (status?.apis ?? []).flatMap(({ kind, requests }) =>
    Array.from(requests, ([code, value]) => ({ labels: { api: kind, code }, value })),
  );

/** Of the last hour and the last day of the log. */
export const availabilitySamples = (status: IngestStatus | undefined): Sample<'window'>[] =>
  (['hour', 'day'] as const).map((window) => ({
    labels: { window },
    value: status?.observed?.[window].availability ?? NaN,
  }));

/** None where no language model is configured. */
export const llmReadingSamples = (usage: LlmUsage | undefined): Sample<'outcome'>[] =>
  Array.from(usage?.readings ?? [], ([outcome, value]) => ({ labels: { outcome }, value }));

export const llmTokenSamples = (usage: LlmUsage | undefined): Sample<'direction'>[] =>
  Object.entries(usage?.tokens ?? {}).map(([direction, value]) => ({ labels: { direction }, value: value as number }));

export const llmSpentSamples = (usage: LlmUsage | undefined): Sample[] =>
  usage === undefined ? [] : [{ labels: {}, value: usage.spentUsd }];
