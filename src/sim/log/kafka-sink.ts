/** Writes the log to a Kafka topic: a message a line, without key and without LF, at least once and in order. */

import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel, type Message, type Producer } from 'kafkajs';
import { fail, MatineeError, succeed, type Result } from '../../core/errors.js';
import type { Lines, LogSink } from './sink.js';

export interface KafkaTopic {
  /** `host:port` */
  readonly brokers: readonly string[];
  /** Made when it is missing. */
  readonly topic: string;
  readonly partitions: number;
}

const LF = 10;
/** Of one request: a broker takes a mebibyte, and what kafkajs does for a message costs more the more of them there are. */
const SEND_BYTES_MAX = 500_000;
const SEND_LINES_MAX = 500;
/** A broker that restarts is back sooner. */
const PATIENCE_MS = 60_000;
const RETRY_MS = 500;

/**
 * Opens when the topic is there. An append waits out a broker that is away for up to a minute; what it sends again after a
 * connection was lost may be in the log twice, one behind the other.
 * Errors: source-unreachable, source-refused.
 */
export async function openKafkaSink(to: KafkaTopic): Promise<Result<LogSink>> {
  const client = new Kafka({
    clientId: 'matinee-sim',
    brokers: [...to.brokers],
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    // Few and short, as the sink itself tries again.
    retry: { retries: 2, initialRetryTime: 100, maxRetryTime: 500 },
    logLevel: logLevel.NOTHING,
  });
  const producer = client.producer({
    createPartitioner:
      () =>
      ({ message }) =>
        message.partition!,
  });
  try {
    const refusal = await ensureTopic(client, to);
    if (refusal !== undefined) return refusal;
    await producer.connect();
  } catch (cause) {
    return fail('source-unreachable', ...unreachable(to, cause));
  }
  return succeed(sinkInto(producer, to));
}

/** Resolves to an error when there is a topic that does not fit. */
async function ensureTopic(client: Kafka, { topic, partitions }: KafkaTopic): Promise<Result<never> | undefined> {
  const admin = client.admin();
  try {
    await admin.connect();
    if (!(await admin.listTopics()).includes(topic)) {
      await admin.createTopics({ topics: [{ topic, numPartitions: partitions }], waitForLeaders: true });
    }
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const found = topics[0]?.partitions.length ?? 0;
    if (found >= partitions) return undefined;
    return fail('source-refused', `Kafka topic '${topic}' has ${found} partition(s), the log has ${partitions}`, {
      hint: 'Name another topic, or give this one as many partitions.',
      fields: { topic, partitions: found },
    });
  } finally {
    await admin.disconnect();
  }
}

function sinkInto(producer: Producer, to: KafkaTopic): LogSink {
  const closing = new AbortController();

  async function send(messages: Message[]): Promise<void> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        await producer.send({ topic: to.topic, acks: -1, messages });
        return;
      } catch (cause) {
        if (isRefusal(cause)) throw new MatineeError('source-refused', ...refused(to, cause));
        const over = closing.signal.aborted || performance.now() > deadline;
        if (over) throw new MatineeError('source-unreachable', ...unreachable(to, cause));
      }
      await sleep(RETRY_MS, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  async function sendAll(lines: Lines): Promise<void> {
    for (const messages of requestsOf(lines)) await send(messages);
  }

  return {
    append: async (batches) => {
      await Promise.all(batches.map(sendAll));
    },
    close: async () => {
      closing.abort();
      await producer.disconnect();
    },
  };
}

/** Views of the bytes, so nothing is copied before kafkajs does. An empty line is a message without a value. */
function* requestsOf({ partition, bytes }: Lines): Generator<Message[]> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let messages: Message[] = [];
  let requestStart = 0;
  for (let start = 0; start < buffer.length;) {
    const end = buffer.indexOf(LF, start);
    if (messages.length === SEND_LINES_MAX || (messages.length > 0 && end - requestStart > SEND_BYTES_MAX)) {
      yield messages;
      messages = [];
      requestStart = start;
    }
    messages.push({ partition, value: end === start ? null : buffer.subarray(start, end) });
    start = end + 1;
  }
  if (messages.length > 0) yield messages;
}

/** What the broker itself says, and would say again: a line that is too long, a topic that may not be written. */
const isRefusal = (cause: unknown): boolean => {
  const { name, retriable } = cause as { readonly name?: string; readonly retriable?: boolean };
  return name === 'KafkaJSProtocolError' && retriable === false;
};

const refused = (to: KafkaTopic, cause: unknown) =>
  [
    `${whereOf(to)} refuses lines (${(cause as Error).message})`,
    { hint: 'Look what the topic allows: its longest message, and who may write.', fields: fieldsOf(to), cause },
  ] as const;

const unreachable = (to: KafkaTopic, cause: unknown) =>
  [
    `${whereOf(to)} takes no lines (${(cause as Error).message})`,
    {
      hint: 'Start the broker, or correct its address (host:port, as the broker advertises it).',
      fields: fieldsOf(to),
      cause,
    },
  ] as const;

const whereOf = ({ brokers, topic }: KafkaTopic): string => `Kafka topic '${topic}' at ${brokers.join(', ')}`;
const fieldsOf = ({ brokers, topic }: KafkaTopic) => ({ topic, brokers: brokers.join(',') });
