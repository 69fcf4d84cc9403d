/** A real Kafka broker for one bench, with data and ports of its own, by scripts/kafka-broker.sh. */

import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { packageRoot } from '../../src/core/package.js';
import { PARTITIONS } from './log.js';

export interface Broker {
  readonly address: string;
  readonly versions: Readonly<Record<string, string>>;
  /** As `--source` takes it. */
  source(topic: string): string;
  createTopic(topic: string): Promise<void>;
  producer(): Promise<Producer>;
  stop(): Promise<void>;
}

const script = join(packageRoot, 'scripts/kafka-broker.sh');
const run = promisify(execFile);

/** Why no broker can run here; undefined when one can. */
export const whyNoBroker = (): string | undefined =>
  spawnSync('java', ['-version']).status === 0 ? undefined : 'the rows of Kafka: no Java here';

export async function startBroker(): Promise<Broker> {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-bench-kafka-'));
  const port = await freePorts(2);
  const { stderr } = await run(script, ['start', String(port), folder]);
  const address = `127.0.0.1:${port}`;
  const kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
  return {
    address,
    versions: { kafka: /Kafka (\S+) ready/.exec(stderr)![1]! },
    source: (topic) => `kafka://${address}/${topic}`,
    createTopic: async (topic) => {
      const admin = kafka.admin();
      await admin.connect();
      await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS }], waitForLeaders: true });
      await admin.disconnect();
    },
    producer: async () => {
      const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
      await producer.connect();
      return producer;
    },
    stop: async () => {
      await run(script, ['stop', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const LF = 10;

/** Each line without its LF; all lines are ended by one. */
export function messagesOf(lines: Uint8Array, partition: number): { value: Buffer; partition: number }[] {
  const messages: { value: Buffer; partition: number }[] = [];
  for (let start = 0; start < lines.length;) {
    const end = lines.indexOf(LF, start);
    messages.push({ value: Buffer.from(lines.buffer, lines.byteOffset + start, end - start), partition });
    start = end + 1;
  }
  return messages;
}

/** The first of `count` neighbouring ports that nobody listens on; below the range from which systems hand out ports. */
async function freePorts(count: number): Promise<number> {
  const start = 20_000 + ((process.pid * 7) % 10_000);
  for (let first = start; ; first += count) {
    const ports = Array.from({ length: count }, (_, index) => first + index);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () =>
      server.close(() => {
        resolve(true);
      }),
    );
  });
}
