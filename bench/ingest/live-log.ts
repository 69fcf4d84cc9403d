/** A log that is being written while it is read: a directory, or a topic. */

import { mkdirSync } from 'node:fs';
import { openLogAppender } from '../../src/sim/log/log-directory.js';
import { messagesOf, type Broker } from './broker.js';
import { PARTITIONS } from './log.js';

export interface LiveLog {
  /** As `--source` takes it. */
  readonly source: string;
  /** `count` lines, each ended by LF: readers can see them when it is done. */
  append(partition: number, lines: Uint8Array, count: number): void | Promise<void>;
  close(): void | Promise<void>;
}

export function liveDirectory(folder: string): LiveLog {
  mkdirSync(folder, { recursive: true });
  const appender = openLogAppender(folder, { partitions: PARTITIONS });
  return {
    source: `dir:${folder}`,
    append: appender.append,
    close: appender.close,
  };
}

export async function liveTopic(broker: Broker, topic: string): Promise<LiveLog> {
  await broker.createTopic(topic);
  const producer = await broker.producer();
  return {
    source: broker.source(topic),
    append: async (partition, lines) => {
      await producer.send({ topic, messages: messagesOf(lines, partition) });
    },
    close: () => producer.disconnect(),
  };
}
