/** How a topic is read by kafkajs. */

import type { ConsumerConfig } from 'kafkajs';

export const consumerSettings = {
  // The shortest that brokers allow by default: after a crash, that is how long the group waits for the dead member.
  sessionTimeout: 6_000,
  heartbeatInterval: 2_000,
  metadataMaxAge: 60_000,
  // Batches of a tenth of a second instead of one fetch a line when little comes; and closing takes no longer than that.
  minBytes: 16 * 1024,
  maxWaitTimeInMs: 100,
  // kafkajs decodes all that a fetch brings before it hands anything out, an object for each line: so few of them at once that
  // they die young. Its usual mebibyte is a fifth slower, in 60 MB more.
  maxBytesPerPartition: 128 * 1024,
  allowAutoTopicCreation: false,
  retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 1_000, restartOnFailure: () => Promise.resolve(false) },
} satisfies Omit<ConsumerConfig, 'groupId'>;
