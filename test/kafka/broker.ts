/** A real Kafka broker for tests: its own data folder and ports, started and stopped by scripts/kafka-broker.sh. */

import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Kafka, logLevel, Partitioners, type Admin, type KafkaConfig, type Message } from 'kafkajs';
import type { FetchProxy } from './proxy.js';
import type { KafkaAddress } from '../../src/ingest/kafka/address.js';

const script = join(import.meta.dirname, '../../scripts/kafka-broker.sh');
const run = promisify(execFile);

/** Why no broker can run here; undefined when one can. */
export function whyNoBroker(): string | undefined {
  return spawnSync('java', ['-version']).status === 0 ? undefined : 'no Java here, so no Kafka broker';
}

export interface BrokerOptions {
  readonly sasl?: boolean;
  readonly tls?: boolean;
  /** Lines for server.properties. */
  readonly properties?: readonly string[];
}

export class TestBroker {
  readonly folder: string;
  readonly port: number;
  #options: BrokerOptions;

  private constructor(folder: string, port: number, options: BrokerOptions) {
    this.folder = folder;
    this.port = port;
    this.#options = options;
  }

  /** `proxy`: clients are told to come through it. */
  static async start(options: BrokerOptions = {}, proxy?: FetchProxy): Promise<TestBroker> {
    const folder = await mkdtemp(join(tmpdir(), 'matinee-kafka-'));
    const advertised = proxy && [`advertised.listeners=PLAINTEXT://127.0.0.1:${proxy.port}`];
    const broker = new TestBroker(folder, await freePorts(3), {
      ...options,
      ...(advertised && { properties: advertised }),
    });
    if (proxy !== undefined) proxy.target = broker.port;
    await broker.restart();
    await broker.awaitGroups();
    return broker;
  }

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Of the listener with SASL, TLS or both. */
  get secureAddress(): string {
    return `127.0.0.1:${this.port + 2}`;
  }

  get caFile(): string {
    return join(this.folder, 'tls/ca.pem');
  }

  /** Starts it again with the data it had, and with other options when some are given. */
  async restart(options = this.#options): Promise<void> {
    this.#options = options;
    const flags = [...(this.#options.sasl ? ['--sasl'] : []), ...(this.#options.tls ? ['--tls'] : [])];
    await run(script, ['start', ...flags, String(this.port), this.folder], {
      env: {
        ...process.env,
        KAFKA_EXTRA_PROPS: this.#options.properties?.join('\n') ?? '',
        KAFKA_HEAP_OPTS: '-Xmx384m',
      },
    });
  }

  /** The first group ever makes a broker set up its group coordinator, which takes a moment. */
  private async awaitGroups(): Promise<void> {
    const ready = async (admin: Admin): Promise<boolean> => {
      const { groups } = await admin.describeGroups(['first']);
      // The types do not say it.
      return (groups[0] as { readonly errorCode?: number } | undefined)?.errorCode === 0;
    };
    while (!(await this.administer(ready).catch(() => false)));
  }

  signal(signal: NodeJS.Signals): void {
    process.kill(Number(readFileSync(join(this.folder, 'broker.pid'), 'utf8')), signal);
  }

  /** Kills the process as a crash would. */
  kill(): void {
    this.signal('SIGKILL');
  }

  async halt(): Promise<void> {
    await run(script, ['stop', this.folder]);
  }

  /** Stops it and removes its data. */
  async stop(): Promise<void> {
    await this.halt();
    await rm(this.folder, { recursive: true, force: true });
  }

  client(config: Partial<KafkaConfig> = {}): Kafka {
    return new Kafka({ brokers: [this.address], logLevel: logLevel.NOTHING, ...config });
  }

  source(topic: string, group = `group-${topic}`): KafkaAddress {
    return { brokers: [this.address], topic, group };
  }

  async administer<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.client().admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  /** `compression`: what the broker makes of whatever is sent; by default it keeps that as it is. */
  async createTopic(topic: string, numPartitions = 2, compression = 'producer'): Promise<void> {
    const configEntries = [{ name: 'compression.type', value: compression }];
    await this.administer((admin) =>
      admin.createTopics({ topics: [{ topic, numPartitions, configEntries }], waitForLeaders: true }),
    );
  }

  /** Changes the newest batch of a partition behind the broker's back, as a failing disk would; it serves what is there. */
  corrupt(topic: string, partition: number, change: (batch: Buffer) => void): void {
    const file = join(this.folder, `logs/${topic}-${partition}/00000000000000000000.log`);
    const log = readFileSync(file);
    let at = 0;
    for (let next = 0; next < log.length; next += 12 + log.readInt32BE(next + 8)) at = next;
    change(log.subarray(at));
    writeFileSync(file, log, { flag: 'r+' });
  }

  /** Sends to one partition: lines, or whole messages where their value may be null or their time is to be set. */
  async produce(topic: string, partition: number, lines: readonly (string | Message)[]): Promise<void> {
    const producer = this.client().producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    try {
      for (const messages of portions(lines)) {
        await producer.send({ topic, messages: messages.map((message) => ({ ...message, partition })) });
      }
    } finally {
      await producer.disconnect();
    }
  }
}

/** Messages in groups of half a megabyte: a broker takes no batch beyond one. */
function* portions(lines: readonly (string | Message)[]): Generator<Message[]> {
  let portion: Message[] = [];
  let bytes = 0;
  for (const line of lines) {
    const message = typeof line === 'string' ? { value: line } : line;
    portion.push(message);
    bytes += (message.value?.length ?? 0) + 20;
    if (bytes < 500_000) continue;
    yield portion;
    portion = [];
    bytes = 0;
  }
  if (portion.length > 0) yield portion;
}

/** The first of `count` neighbouring ports that nobody listens on; below the range from which systems hand out ports. */
async function freePorts(count: number): Promise<number> {
  const start = 20_000 + ((process.pid * 7) % 10_000);
  for (let base = start; ; base += count) {
    const ports = Array.from({ length: count }, (_, index) => base + index);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return base;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
