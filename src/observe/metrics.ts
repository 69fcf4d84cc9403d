/** The metrics, as Prometheus scrapes them: counts fed by core's channels, gauges read when asked. */

import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { answers, swaps, type SwapEvent } from '../core/channels.js';
import { answerCounts, durationHistogram, type Sample } from './answer-metrics.js';
import { createAnswerTally } from './answer-tally.js';
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
