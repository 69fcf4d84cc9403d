/**
 * The peer of reading Kafka: a kafkajs consumer that throws the messages away, a process of its own. Started by fork() with
 * broker, topic, how many messages there are and how many bytes of a partition it fetches at once; sends back the seconds from
 * connecting until disconnected.
 */

import { Kafka, logLevel } from 'kafkajs';
import { consumerSettings } from '../../src/ingest/kafka/consumer-settings.js';

const [address, topic, count, fetchBytes] = process.argv.slice(2) as [string, string, string, string];

const started = performance.now();
const consumer = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING }).consumer({
  ...consumerSettings,
  ...{ groupId: `throw-away-${process.pid}`, maxBytesPerPartition: Number(fetchBytes) },
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
