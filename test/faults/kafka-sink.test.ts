/** The simulated site writes to a Kafka broker that dies in the middle: no line is lost, and their order stays. */

import { expect, onTestFinished, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { openKafkaSource } from '../../src/ingest/kafka-source.js';
import { openKafkaSink } from '../../src/sim/log/kafka-sink.js';
import type { Lines } from '../../src/sim/log/sink.js';
import { TestBroker, whyNoBroker } from '../kafka/broker.js';
import { Readings } from '../kafka/reading.js';

const reason = whyNoBroker();
if (reason !== undefined) console.log(`skipped: the Kafka sink on a bad day (${reason})`);

const linesAs = (partition: number, lines: readonly string[]): Lines => ({
  partition,
  count: lines.length,
  bytes: Buffer.from(lines.map((line) => `${line}\n`).join('')),
});

test.skipIf(reason !== undefined)('a broker that is killed and restarted is waited for', async () => {
  const broker = await TestBroker.start();
  onTestFinished(() => broker.stop());
  const sink = unwrap(await openKafkaSink({ brokers: [broker.address], topic: 'killed', partitions: 2 }));
  onTestFinished(() => sink.close());

  await sink.append([linesAs(0, ['before'])]);
  broker.kill();
  const appended = sink.append([linesAs(0, ['a', 'b']), linesAs(1, ['c'])]);
  await broker.restart();
  await appended;
  await sink.append([linesAs(0, ['after'])]);

  const options = { from: 'earliest', untilEnd: true, positions: new Map() } as const;
  const readings = new Readings(unwrap(await openKafkaSource(broker.source('killed'), options)));
  onTestFinished(() => readings.source.close());
  await readings.until((_, event) => event.kind === 'end');
  // Lines may come twice, one behind the other.
  const distinct = (partition: number): string[] => [...new Set(readings.texts(partition))];
  expect([distinct(0), distinct(1)]).toEqual([['before', 'a', 'b', 'after'], ['c']]);
});
