/** Where a simulated site, or a replay, writes its log: a log directory, or a Kafka topic. */

import { fail, type Result } from '../core/errors.js';
import { openKafkaSink } from '../sim/log/kafka-sink.js';
import { openDirectorySink, type LogSink } from '../sim/log/sink.js';

const DIRECTORY = 'dir:';
const KAFKA = /^kafka:\/\/([^\s/]+)\/([^\s/]+)$/;

/**
 * `to` is `dir:PATH` or `kafka://host:port/topic`. `segmentsMax`: what a partition of a directory keeps, of 64 MiB each.
 * Errors: usage, storage-failed, source-unreachable, source-refused.
 */
export async function openLogSink(to: string, partitions: number, segmentsMax?: number): Promise<Result<LogSink>> {
  if (to.startsWith(DIRECTORY) && to.length > DIRECTORY.length) {
    return openDirectorySink(to.slice(DIRECTORY.length), partitions, segmentsMax);
  }
  const match = KAFKA.exec(to);
  if (match !== null) return openKafkaSink({ brokers: match[1]!.split(','), topic: match[2]!, partitions });
  return fail('usage', `${to} is no place for a log`, { hint: 'Give dir:PATH or kafka://host:port/topic.' });
}
