/** Composition of an ingest: the state and the quarantine, opened for writing, the source, and the look-up APIs. */

import assert from 'node:assert/strict';
import type { Config } from '../config/load.js';
import { fail, succeed, type Result } from '../core/errors.js';
import { faultOf } from '../core/fault.js';
import { createApiClient, type ApiClient } from '../ingest/api-client.js';
import { openDirectorySource } from '../ingest/directory-source.js';
import { createIngester, type Ingester, type IngestStatus } from '../ingest/ingester.js';
import { openKafkaThread } from '../ingest/kafka-thread.js';
import type { KafkaAddress } from '../ingest/kafka/address.js';
import type { Profiler, ProfilerStatus } from '../ingest/profile/profiler.js';
import { openQuarantine, type Quarantine } from '../ingest/quarantine.js';
import type { Source, SourceOptions, StartAt } from '../ingest/source.js';
import type { LookupKind } from '../store/lookups.js';
import { openState, type State } from '../store/state.js';
import { LogLine } from '../world/log-line.js';
import { quarantineFolderOf, stateFolderOf } from './folders.js';
import { parseLogPlace, type LogPlace } from './log-place.js';
import { openProfiler } from './profiler.js';

export interface IngestOptions {
  readonly from: StartAt;
  readonly untilEnd: boolean;
  readonly onStatus: (status: IngestStatus) => void;
  /** Of the reading of what users say of themselves, which goes on beside. */
  readonly onProfiles: (status: ProfilerStatus) => void;
}

export interface Ingested {
  readonly status: IngestStatus;
  /** Until the log was read; the words of users may take longer. */
  readonly seconds: number;
}

export interface OpenIngest {
  /** Ends like the ingester; what was told until then of users is read before. */
  run(): Promise<Result<Ingested>>;
  stop(): void;
  close(): Promise<void>;
}

const API_TIMEOUT_MS = 10_000;

/**
 * Errors: usage, when no source is configured; file-unreadable, storage-failed. Wants a configuration; it opens nothing of the
 * source yet.
 */
export function openIngest(
  config: Config,
  { from, untilEnd, onStatus, onProfiles }: IngestOptions,
): Result<OpenIngest> {
  const url = config.source;
  if (url === undefined) {
    return fail('usage', 'no log is configured', {
      hint: 'Name it: --source dir:PATH or --source kafka://host:port/topic.',
    });
  }
  const opened = openIngestStores(config);
  if (!opened.ok) return opened;
  const { state, quarantine, close } = opened.value;
  const profiler = openProfiler(config, { state, onStatus: onProfiles });
  const ingester = createIngester({
    ...{ state, quarantine, from, untilEnd, onStatus },
    open: (options) => openSource(config, url, state, options),
    zoneMs: config.logZoneMs,
    scale: config.ratingScale,
    filmApi: apiOf(config, 'film'),
    userApi: apiOf(config, 'user'),
    seed: config.seed,
  });
  return succeed({
    run: () => runBoth(ingester, profiler, untilEnd, onProfiles),
    stop: () => {
      ingester.stop();
      profiler.stop();
    },
    close,
  });
}

async function runBoth(
  ingester: Ingester,
  profiler: Profiler,
  untilEnd: boolean,
  onProfiles: IngestOptions['onProfiles'],
): Promise<Result<Ingested>> {
  const started = performance.now();
  const reading = profiler.run().then((read) => {
    if (!read.ok) onProfiles({ fault: faultOf(read.error), model: undefined });
    return read;
  });
  const run = await ingester.run();
  const seconds = (performance.now() - started) / 1000;
  if (untilEnd && run.ok) profiler.drain();
  else profiler.stop();
  const read = await reading;
  if (!run.ok) return run;
  return read.ok ? succeed({ status: run.value, seconds }) : read;
}

/** What an ingest writes. */
export interface IngestStores {
  readonly state: State;
  readonly quarantine: Quarantine;
  close(): Promise<void>;
}

/** Errors: file-unreadable, storage-failed. */
export function openIngestStores(config: Config): Result<IngestStores> {
  const state = openState(stateFolderOf(config));
  if (!state.ok) return state;
  const quarantine = openQuarantine(quarantineFolderOf(config));
  if (!quarantine.ok) {
    void state.value.close();
    return quarantine;
  }
  const close = async (): Promise<void> => {
    await quarantine.value.close();
    await state.value.close();
  };
  return succeed({ state: state.value, quarantine: quarantine.value, close });
}

function apiOf({ filmApi, userApi, lookupRate }: Config, kind: LookupKind): ApiClient | undefined {
  const url = kind === 'film' ? filmApi : userApi;
  return url === undefined ? undefined : createApiClient({ kind, url, rate: lookupRate, timeoutMs: API_TIMEOUT_MS });
}

async function openSource(config: Config, url: string, state: State, options: SourceOptions): Promise<Result<Source>> {
  const place = parseLogPlace(url);
  assert(place !== undefined, 'a configuration names a place');
  if (place.kind === 'directory') return openDirectorySource(place.path, options, new LogLine(config.logZoneMs));
  return openKafkaThread(kafkaAddressOf(config, place, state), options);
}

function kafkaAddressOf(
  config: Config,
  { brokers, topic }: LogPlace & { readonly kind: 'topic' },
  state: State,
): KafkaAddress {
  const { kafkaGroup, kafkaMechanism: mechanism, kafkaUser, kafkaPassword, kafkaTls, kafkaCa } = config;
  return {
    ...{ brokers, topic, group: kafkaGroup ?? `matinee-${state.meta.id()}` },
    ...(kafkaTls === 'on' && { tls: kafkaCa === undefined ? {} : { caFile: kafkaCa } }),
    ...(kafkaUser !== undefined && { sasl: { mechanism, username: kafkaUser, password: kafkaPassword ?? '' } }),
  };
}
