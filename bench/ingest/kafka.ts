/** A Kafka topic into a state, against consumers that throw the messages away. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { built } from '../../src/core/package.js';
import { consumerSettings } from '../../src/ingest/kafka/consumer-settings.js';
import { byForm, wholeBar } from '../harness/form.js';
import { figureRow, type Row } from '../harness/rows.js';
import { messagesOf, type Broker } from './broker.js';
import { inDataFolder } from './data-folder.js';
import { catalogueOnly, madeLog, PARTITIONS } from './log.js';
import { rateOf, runIngest } from './run.js';

const LINES = byForm({ short: 200_000, usual: 2_000_000 });
const ROUNDS = byForm({ short: 1, usual: 5, long: 9 });
const TOPIC = 'backlog';
/** Lines of one batch: some 16 KiB, as producers fill them when nobody tells them otherwise. */
const BATCH = 300;
/** Of a partition at once, as kafkajs has it. */
const USUAL_FETCH_BYTES = 1024 * 1024;

export interface KafkaFigures {
  readonly rows: readonly Row[];
  /** Lines a second of each of our rounds. */
  readonly rates: readonly number[];
}

export async function measureKafka(broker: Broker): Promise<KafkaFigures> {
  const catalogue = await catalogueOnly();
  await fill(broker);
  const ours: number[] = [];
  const peers = { usual: [] as number[], tuned: [] as number[] };
  const memory: number[] = [];
  // The first round warms the broker up.
  for (let round = 0; round <= ROUNDS; round++) {
    const usual = LINES / (await throwAway(broker, USUAL_FETCH_BYTES));
    await inDataFolder(catalogue, async (folder) => {
      const run = await runIngest(folder, broker.source(TOPIC));
      const tuned = LINES / (await throwAway(broker, consumerSettings.maxBytesPerPartition));
      if (round === 0) return;
      ours.push(rateOf(run));
      peers.usual.push(usual);
      peers.tuned.push(tuned);
      memory.push(Math.max(...run.memory.anonymous) / 1e6);
    });
  }
  const name = 'Kafka → committed state, against a kafkajs consumer that throws the messages away';
  const figure = { unit: 'lines/s', ours, better: 'higher', versions: broker.versions } as const;
  const note = `${LINES} lines in ${PARTITIONS} partitions`;
  const rows = [
    figureRow({ ...figure, name, peer: peers.usual, bar: wholeBar(0.6), note: `${note}; the peer as it comes` }),
    figureRow({ ...figure, name: `${name} and fetches as we do`, peer: peers.tuned, note }),
    figureRow({ name: 'reading Kafka: anonymous memory, most', unit: 'MB', ours: memory, bar: 400 }),
  ];
  return { rows, rates: ours };
}

async function fill(broker: Broker): Promise<void> {
  const log = await madeLog(LINES);
  await broker.createTopic(TOPIC);
  const producer = await broker.producer();
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const messages = messagesOf(log.partition(partition), partition);
    for (let at = 0; at < messages.length; at += BATCH) {
      await producer.send({ topic: TOPIC, messages: messages.slice(at, at + BATCH) });
    }
  }
  await producer.disconnect();
}

/** Seconds. */
async function throwAway({ address }: Broker, fetchBytes: number): Promise<number> {
  const child = fork(built('bench/ingest/consumer.js'), [address, TOPIC, String(LINES), String(fetchBytes)]);
  const [seconds] = (await once(child, 'message')) as [number];
  return seconds;
}
