/** A Kafka topic into a state, against a consumer that throws the messages away. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { built } from '../../src/core/package.js';
import { byForm, wholeBar } from '../harness/form.js';
import { figureRow, type Row } from '../harness/rows.js';
import { messagesOf, type Broker } from './broker.js';
import { inDataFolder } from './data-folder.js';
import { catalogueOnly, madeLog, PARTITIONS, type MadeLog } from './log.js';
import { rateOf, runIngest } from './run.js';

const LINES = byForm({ short: 200_000, usual: 2_000_000 });
const ROUNDS = byForm({ short: 1, usual: 3, long: 5 });
const TOPIC = 'backlog';
/** A batch of lines: about half a megabyte, of which a broker takes one. */
const BATCH = 8_000;

export interface KafkaFigures {
  readonly row: Row;
  /** Lines a second of each of our rounds. */
  readonly rates: readonly number[];
}

export async function measureKafka(broker: Broker): Promise<KafkaFigures> {
  const [log, catalogue] = [await madeLog(LINES), await catalogueOnly()];
  await fill(broker, log);
  const rates = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    rates.peer.push(LINES / (await throwAway(broker)));
    await inDataFolder(catalogue, async (folder) => {
      rates.ours.push(rateOf(await runIngest(folder, broker.source(TOPIC))));
    });
  }
  const row = figureRow({
    ...{ name: 'Kafka → committed state, against a consumer that throws the messages away', unit: 'lines/s' },
    ...{ ours: rates.ours, peer: rates.peer, bar: wholeBar(0.6), better: 'higher', versions: broker.versions },
    note: `${LINES} lines in ${PARTITIONS} partitions`,
  });
  return { row, rates: rates.ours };
}

async function fill(broker: Broker, log: MadeLog): Promise<void> {
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
async function throwAway({ address }: Broker): Promise<number> {
  const child = fork(built('bench/ingest/consumer.js'), [address, TOPIC, String(LINES)]);
  const [seconds] = (await once(child, 'message')) as [number];
  return seconds;
}
