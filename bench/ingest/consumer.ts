/**
 * The peer of reading Kafka: a kafkajs consumer with our settings that throws the messages away, a process of its own. Started
 * by fork() with broker, topic and how many messages there are; sends back the seconds from connecting until disconnected.
 */

import { Kafka, logLevel } from 'kafkajs';

const [address, topic, count] = process.argv.slice(2) as [string, string, string];

const started = performance.now();
const consumer = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING }).consumer({
  groupId: `throw-away-${process.pid}`,
  // As src/ingest/kafka/session.ts has them.
  ...{ sessionTimeout: 6_000, heartbeatInterval: 2_000, minBytes: 16 * 1024, maxWaitTimeInMs: 100 },
});
await consumer.connect();
await consumer.subscribe({ topic, fromBeginning: true });
let left = Number(count);
await new Promise<void>((resolve) => {
  void consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    eachBatch: ({ batch, resolveOffset }) => {
      left -= batch.messages.length;
      resolveOffset(batch.lastOffset());
      if (left <= 0) resolve();
      return Promise.resolve();
    },
  });
});
await consumer.disconnect();
process.send!((performance.now() - started) / 1000, () => {
  process.disconnect();
});
