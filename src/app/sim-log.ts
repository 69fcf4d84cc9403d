/** Where a simulated site, or a replay, writes its log: a log directory, or a Kafka topic. */

import { fail, type Result } from '../core/errors.js';
import { openKafkaSink } from '../sim/log/kafka-sink.js';
import { openDirectorySink, type LogSink } from '../sim/log/sink.js';
import { parseLogPlace } from './log-place.js';

/**
 * `to` is `dir:PATH` or `kafka://host:port/topic`. `segmentsMax`: what a partition of a directory keeps, of 64 MiB each.
 * Errors: usage, storage-failed, source-unreachable, source-refused.
 */
export async function openLogSink(to: string, partitions: number, segmentsMax?: number): Promise<Result<LogSink>> {
  const place = parseLogPlace(to);
  if (place === undefined) {
    return fail('usage', `${to} is no place for a log`, { hint: 'Give dir:PATH or kafka://host:port/topic.' });
  }
  if (place.kind === 'directory') return openDirectorySink(place.path, partitions, segmentsMax);
  return openKafkaSink({ brokers: place.brokers, topic: place.topic, partitions });
}
