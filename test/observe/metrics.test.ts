import { afterEach, beforeEach, expect, test } from 'vitest';
import { answers, swaps } from '../../src/core/channels.js';
import type { IngestStatus } from '../../src/ingest/ingester.js';
import { watchMetrics, type Metrics } from '../../src/observe/metrics.js';
import type { LlmUsage } from '../../src/text/llm/llm-reader.js';
import { answerEvent } from './events.js';

const build = { version: '1.2.3', commit: 'abc1234' };
let model: { version: string; kind: string; createdMs: number } | undefined;
let metrics: Metrics;
let lines: [string, number][] = [];
const drift = [{ labels: { interface: 'log', feature: 'rating_level' }, value: 0.3 }];
let ingest: IngestStatus | undefined;
let llm: LlmUsage | undefined;

beforeEach(() => {
  model = { version: 'ials-1', kind: 'ials', createdMs: Date.now() - 90_000 };
  metrics = watchMetrics({
    build,
    transport: () => 'uws',
    model: () => model,
    queueLength: () => 4,
    lines: () => lines,
    ingest: () => ingest,
    drift: () => drift,
    profiles: { count: () => 70, waiting: () => 3 },
    llm: () => llm,
  });
});
afterEach(() => {
  metrics.close();
});

/** The samples of one metric, `name{labels}` → value. */
async function samples(name: string): Promise<Record<string, number>> {
  const lines = (await metrics.text()).split('\n').filter((line) => line.startsWith(`matinee_${name}`));
  return Object.fromEntries(
    lines.map((line) => {
      const blank = line.lastIndexOf(' ');
      return [line.slice('matinee_'.length, blank), Number(line.slice(blank + 1))];
    }),
  );
}

test('durations are cumulative buckets by tier and code, whatever the model', async () => {
  answers.publish(answerEvent({ seconds: 0.001 }));
  answers.publish(answerEvent({ seconds: 0.5, model: 'ials-2' }));
  answers.publish(answerEvent({ seconds: 2, model: 'ials-2' }));
  answers.publish(answerEvent({ tier: 'popular', miss: 'deadline', seconds: 0.25 }));
  const durations = await samples('http_request_duration_seconds');
  const personal = 'tier="personal",code="200"';
  expect(durations).toMatchObject({
    [`http_request_duration_seconds_bucket{${personal},le="0.001"}`]: 1,
    [`http_request_duration_seconds_bucket{${personal},le="0.25"}`]: 1,
    [`http_request_duration_seconds_bucket{${personal},le="0.6"}`]: 2,
    [`http_request_duration_seconds_bucket{${personal},le="1"}`]: 2,
    [`http_request_duration_seconds_bucket{${personal},le="+Inf"}`]: 3,
    [`http_request_duration_seconds_count{${personal}}`]: 3,
    [`http_request_duration_seconds_sum{${personal}}`]: 2.501,
    'http_request_duration_seconds_count{tier="popular",code="200"}': 1,
  });
  expect(Object.keys(durations)).toHaveLength(2 * 13);
});

test('answers are counted by tier, model and arm, over all codes', async () => {
  answers.publish(answerEvent());
  answers.publish(answerEvent({ code: 503 }));
  answers.publish(answerEvent({ arm: 'b' }));
  expect(await samples('recommend_total')).toEqual({
    'recommend_total{tier="personal",model="ials-1",arm="control"}': 2,
    'recommend_total{tier="personal",model="ials-1",arm="b"}': 1,
  });
});

test('misses are counted by reason, invalid ids and deadlines also by their own names', async () => {
  for (const miss of ['invalid-id', 'deadline', 'deadline', 'overloaded', 'worker-died'] as const) {
    answers.publish(answerEvent({ tier: 'popular', miss }));
  }
  expect(await samples('misses_total')).toMatchObject({
    'misses_total{reason="deadline"}': 2,
    'misses_total{reason="overloaded"}': 1,
    'misses_total{reason="worker-died"}': 1,
    'misses_total{reason="no-history"}': 0,
  });
  expect(await samples('invalid_ids_total')).toEqual({ invalid_ids_total: 1 });
  expect(await samples('deadline_exceeded_total')).toEqual({ 'deadline_exceeded_total{stage="engine"}': 2 });
});

test('swaps, model, queue, loop lag and build', async () => {
  swaps.publish({ result: 'loaded', pointer: 'current', version: 'ials-1', overlay: 0, seconds: 1 });
  expect(await samples('model_swap_total')).toEqual({
    'model_swap_total{result="loaded"}': 1,
    'model_swap_total{result="refused"}': 0,
  });
  expect(await samples('model_info')).toEqual({ 'model_info{version="ials-1",kind="ials"}': 1 });
  expect((await samples('model_age_seconds')).model_age_seconds).toBeCloseTo(90, 0);
  expect(await samples('queue_length')).toEqual({ queue_length: 4 });
  expect(await samples('build_info')).toEqual({
    [`build_info{version="1.2.3",commit="abc1234",node="${process.version}",transport="uws"}`]: 1,
  });
  expect(await metrics.text()).toContain('\nprocess_cpu_seconds_total ');
});

test('a model that is gone leaves no label behind', async () => {
  await metrics.text();
  model = undefined;
  expect(await samples('model_info')).toEqual({});
  expect((await samples('model_age_seconds')).model_age_seconds).toBeNaN();
});

test('the lag of the loop is that of a blocked loop, once', async () => {
  await metrics.text();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const end = performance.now() + 120;
  while (performance.now() < end);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const longest = 'eventloop_lag_seconds{quantile="1"}';
  expect((await samples('eventloop_lag_seconds'))[longest]).toBeGreaterThan(0.08);
  expect((await samples('eventloop_lag_seconds'))[longest]).toBeLessThan(0.08);
});

test('two scrapes count nothing twice, and nothing is counted after the end', async () => {
  answers.publish(answerEvent());
  await metrics.text();
  const key = 'recommend_total{tier="personal",model="ials-1",arm="control"}';
  expect((await samples('recommend_total'))[key]).toBe(1);
  metrics.close();
  answers.publish(answerEvent());
  expect(await samples('recommend_total')).toEqual({});
});

test('lines of the log are counted by outcome, as the state has them', async () => {
  lines = [
    ['accepted watch', 99],
    ['duplicates', 2],
    ['held film-unknown', 3],
    ['holds film-unknown', 7],
    ['observed 200', 11],
    ['rejected time', 5],
  ];
  expect(await samples('ingest_')).toMatchObject({
    'ingest_lines_total{kind="watch"}': 99,
    ingest_duplicates_total: 2,
    'ingest_held_lines{reason="film-unknown"}': 3,
    'ingest_held_total{reason="film-unknown"}': 7,
    'ingest_rejected_total{reason="time"}': 5,
    ingest_last_event_timestamp_seconds: NaN,
  });
  expect(await samples('observed_requests')).toEqual({ 'observed_requests_total{status="200"}': 11 });
});

test('the ingest says how far behind it is and what it asked', async () => {
  ingest = {
    ...{ fault: undefined, caughtUp: false, newestMs: 5000, gaps: [] },
    observed: {
      hour: { requests: 4, byStatus: { 200: 3, 0: 1 }, availability: 0.75 },
      day: { requests: 0, byStatus: {}, availability: undefined },
      ...{ personalShare: 0.25, watchedAfterShare: 0.5 },
    },
    lag: new Map([[1, 40]]),
    lines: {
      lines: 0,
      accepted: { watch: 0, rate: 0, create: 0, recommendation: 0 },
      held: {},
      rejected: {},
      duplicates: 0,
    },
    apis: [{ kind: 'film', healthy: true, lastFailure: undefined, requests: new Map([['200', 3]]), queued: 0 }],
  };
  expect(await samples('ingest_l')).toMatchObject({
    'ingest_lag_messages{partition="1"}': 40,
    ingest_last_event_timestamp_seconds: 5,
  });
  expect(await samples('upstream')).toEqual({ 'upstream_requests_total{api="film",code="200"}': 3 });
  expect(await samples('drift')).toEqual({ 'drift_score{interface="log",feature="rating_level"}': 0.3 });
  expect(await samples('observed_')).toEqual({
    'observed_availability{window="hour"}': 0.75,
    'observed_availability{window="day"}': NaN,
    observed_personal_share: 0.25,
    observed_watched_after_share: 0.5,
    'observed_requests_total{status="200"}': 11,
  });
});

test('profiles, and what a language model did for them and cost', async () => {
  expect(await samples('profile')).toEqual({ profiles: 70, profile_queue_length: 3 });
  expect(await samples('llm_')).toEqual({ llm_spent_usd_total: 0 });
  llm = {
    readings: new Map([
      ['answered', 3],
      ['rate-limited', 1],
    ]),
    ...{ tokens: { input: 2100, output: 180 }, spentUsd: 0.0025 },
  };
  expect(await samples('llm_')).toEqual({
    'llm_readings_total{outcome="answered"}': 3,
    'llm_readings_total{outcome="rate-limited"}': 1,
    'llm_tokens_total{direction="input"}': 2100,
    'llm_tokens_total{direction="output"}': 180,
    llm_spent_usd_total: 0.0025,
  });
});
