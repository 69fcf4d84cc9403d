/** The metrics, as Prometheus scrapes them: counts fed by core's channels, gauges read when asked. */

import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { answers, swaps, type SwapEvent } from '../core/channels.js';
import type { IngestStatus } from '../ingest/ingester.js';
import type { Profiles } from '../store/profiles.js';
import type { LlmUsage } from '../text/llm/llm-reader.js';
import { answerCounts, durationHistogram, type Sample } from './answer-metrics.js';
import { createAnswerTally } from './answer-tally.js';
import {
  availabilitySamples,
  lagSamples,
  llmReadingSamples,
  llmSpentSamples,
  llmTokenSamples,
  tallied,
  upstreamSamples,
} from './ingest-metrics.js';
import { watchLoopLag } from './loop-lag.js';

/** What no channel tells. */
export interface MetricsSources {
  readonly build: { readonly version: string; readonly commit: string | null };
  /** Undefined until the service listens. */
  transport(): string | undefined;
  /** The model that serves now. */
  model(): { readonly version: string; readonly kind: string; readonly createdMs: number } | undefined;
  /** Requests in the engine. */
  queueLength(): number;
  /** Lines of the log by outcome, see ingest/log/outcomes.ts. */
  lines(): Iterable<readonly [name: string, count: number]>;
  /** Of the newest report on data quality. */
  drift(): readonly Sample<'interface' | 'feature'>[];
  /** Undefined when no log is read, or not yet. */
  ingest(): IngestStatus | undefined;
  readonly profiles: Pick<Profiles, 'count' | 'waiting'>;
  /** Undefined without a language model, or before it was said. */
  llm(): LlmUsage | undefined;
}

export interface Metrics {
  /** The text exposition, format 0.0.4. */
  text(): Promise<string>;
  /** Ends the subscriptions. */
  close(): void;
}

const LAG_QUANTILES = [0.5, 0.99, 1];

export function watchMetrics(sources: MetricsSources): Metrics {
  const registry = new Registry();
  const tally = createAnswerTally();
  const swapCounts: Record<SwapEvent['result'], number> = { loaded: 0, refused: 0 };
  const lag = watchLoopLag();
  const subscriptions = [answers.subscribe(tally.record), swaps.subscribe(({ result }) => swapCounts[result]++)];

  const add = addTo(registry);
  registry.registerMetric(
    durationHistogram('matinee_http_request_duration_seconds', 'Time from request to answer, by rung', tally),
  );
  add.counter('recommend_total', 'Answers', ['tier', 'model', 'arm'], () => answerCounts(tally));
  add.counter('misses_total', 'Answers that were not personal, by reason', ['reason'], () =>
    byLabel('reason', tally.misses),
  );
  add.counter('invalid_ids_total', 'Requests whose user id is none', [], () => only(tally.misses['invalid-id']));
  add.counter('deadline_exceeded_total', 'Requests that the next rung answered for lack of time', ['stage'], () =>
    byLabel('stage', { engine: tally.misses.deadline }),
  );
  add.counter('model_swap_total', 'Model versions tried', ['result'], () => byLabel('result', swapCounts));
  add.gauge('model_info', 'The model that serves', ['version', 'kind'], () => {
    const model = sources.model();
    return model === undefined ? [] : [{ labels: { version: model.version, kind: model.kind }, value: 1 }];
  });
  add.gauge('model_age_seconds', 'Time since the serving model was made; NaN while none serves', [], () => {
    return only((Date.now() - (sources.model()?.createdMs ?? NaN)) / 1000);
  });
  add.gauge('queue_length', 'Requests in the engine', [], () => only(sources.queueLength()));
  add.gauge('eventloop_lag_seconds', 'Lag of the main event loop since the last scrape', ['quantile'], () =>
    lag.take(LAG_QUANTILES).map((value, i) => ({ labels: { quantile: String(LAG_QUANTILES[i]) }, value })),
  );
  add.counter('ingest_lines_total', 'Lines of the log that were accepted', ['kind'], () =>
    tallied(sources.lines(), 'accepted ', 'kind'),
  );
  add.counter('ingest_rejected_total', 'Lines of the log that were rejected', ['reason'], () =>
    tallied(sources.lines(), 'rejected ', 'reason'),
  );
  add.counter('ingest_held_total', 'Times that a line was put aside', ['reason'], () =>
    tallied(sources.lines(), 'holds ', 'reason'),
  );
  add.gauge('ingest_held_lines', 'Lines that wait', ['reason'], () => tallied(sources.lines(), 'held ', 'reason'));
  add.counter('ingest_duplicates_total', 'Accepted lines that said nothing new', [], () =>
    only([...sources.lines()].find(([name]) => name === 'duplicates')?.[1] ?? 0),
  );
  add.gauge('ingest_lag_messages', 'Lines not yet read', ['partition'], () => lagSamples(sources.ingest()));
  add.gauge('ingest_last_event_timestamp_seconds', 'Time of the newest line in the state', [], () =>
    only((sources.ingest()?.newestMs ?? NaN) / 1000),
  );
  add.counter('upstream_requests_total', 'Requests to the look-up APIs', ['api', 'code'], () =>
    upstreamSamples(sources.ingest()),
  );
  add.counter('observed_requests_total', "Our answers as the site's log tells them", ['status'], () =>
    tallied(sources.lines(), 'observed ', 'status'),
  );
  add.gauge('observed_availability', 'Requests that the log shows answered with status 200', ['window'], () =>
    availabilitySamples(sources.ingest()),
  );
  add.gauge('observed_personal_share', 'Answers of the last full hour that were personal', [], () =>
    only(sources.ingest()?.observed?.personalShare ?? NaN),
  );
  add.gauge('observed_watched_after_share', 'Answers of the last day with a film begun within two hours', [], () =>
    only(sources.ingest()?.observed?.watchedAfterShare ?? NaN),
  );
  add.gauge('profiles', 'Users of whom is stored what they say of themselves', [], () =>
    only(sources.profiles.count()),
  );
  add.gauge('profile_queue_length', 'Users whose words are still to be read', [], () =>
    only(sources.profiles.waiting()),
  );
  add.counter('llm_readings_total', 'Texts given to the language model', ['outcome'], () =>
    llmReadingSamples(sources.llm()),
  );
  add.counter('llm_tokens_total', 'Tokens of the language model', ['direction'], () => llmTokenSamples(sources.llm()));
  add.counter('llm_spent_usd_total', 'Dollars that these tokens cost', [], () => llmSpentSamples(sources.llm()));
  add.gauge('drift_score', 'Effect sizes of drift in the newest quality report', ['interface', 'feature'], () => [
    ...sources.drift(),
  ]);
  const { version, commit } = sources.build;
  const build = { version, commit: commit ?? 'unknown', node: process.version };
  add.gauge('build_info', 'What runs', ['version', 'commit', 'node', 'transport'], () => [
    { labels: { ...build, transport: sources.transport() ?? 'none' }, value: 1 },
  ]);
  collectDefaultMetrics({ register: registry });

  return {
    text: () => registry.metrics(),
    close: () => {
      for (const unsubscribe of subscriptions) unsubscribe();
      lag.close();
      registry.clear();
    },
  };
}

const only = (value: number): Sample[] => [{ labels: {}, value }];

const byLabel = <Label extends string>(label: Label, values: Readonly<Record<string, number>>): Sample<Label>[] =>
  Object.entries(values).map(([name, value]) => ({ labels: { [label]: name } as Record<Label, string>, value }));

/** Counters and gauges that keep nothing: they read all their samples when they are scraped. */
function addTo(registry: Registry) {
  const registers = [registry];
  return {
    counter<Label extends string>(name: string, help: string, labelNames: Label[], read: () => Sample<Label>[]): void {
      const collect = function (this: Counter<Label>): void {
        this.reset();
        for (const { labels, value } of read()) this.inc(labels, value);
      };
      new Counter({ name: `matinee_${name}`, help, labelNames, registers, collect });
    },
    gauge<Label extends string>(name: string, help: string, labelNames: Label[], read: () => Sample<Label>[]): void {
      const collect = function (this: Gauge<Label>): void {
        this.reset();
        for (const { labels, value } of read()) this.set(labels, value);
      };
      new Gauge({ name: `matinee_${name}`, help, labelNames, registers, collect });
    },
  };
}
