/** Every compression that a topic may have, made by the broker itself; and batches whose compressed bytes are broken. */

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { unwrap, type MatineeError } from '../../src/core/errors.js';
import { openKafkaSource } from '../../src/ingest/kafka-source.js';
import { TestBroker, whyNoBroker } from '../kafka/broker.js';
import { Readings } from '../kafka/reading.js';

const reason = whyNoBroker();
if (reason !== undefined) console.log(`skipped: the compressions of Kafka (${reason})`);

const compressions = ['uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'];
const impatient = { watchMs: 500, stallMs: 2_000, barMs: 600_000 };
/** Of a record batch, before its compressed records. */
const headerBytes = 61;

/** Lines as a site writes them: much in common, and never the same. */
const lines = Array.from({ length: 50_000 }, (_, n) => {
  const [user, film] = [(n * 48_271) % 987_654, (n * 16_807) % 27_000];
  const time = new Date(Date.UTC(2026, 0, 1) + n * 137).toISOString();
  return n % 7 === 0 ? `${time},${user},GET /rate/film+${film}=${(n % 5) + 1}` : `${time},${user},GET /data/m/film+${film}/${n % 97}.mpg`; // prettier-ignore
});

describe.skipIf(reason !== undefined)('the compressions of a Kafka topic', () => {
  let broker: TestBroker;
  beforeAll(async () => (broker = await TestBroker.start()));
  afterAll(() => broker.stop());

  const open = async (topic: string, untilEnd: boolean): Promise<Readings> => {
    const options = { from: 'committed', untilEnd, positions: new Map<number, number>() } as const;
    const readings = new Readings(unwrap(await openKafkaSource(broker.source(topic), options, impatient)));
    onTestFinished(() => readings.source.close());
    return readings;
  };

  test.each(compressions)('%s: every line once and in its place', async (compression) => {
    await broker.createTopic(compression, 1, compression);
    await broker.produce(compression, 0, lines);
    const readings = await open(compression, true);
    await readings.until((_, event) => event.kind === 'end');
    expect(readings.texts(0)).toEqual(lines);
    expect(readings.misplaced).toEqual([]);
    expect(readings.events).toEqual([{ kind: 'end' }]);
  });

  test.each(compressions.slice(1))(
    '%s, broken on disk: the partition stands still and says where',
    async (compression) => {
      const topic = `broken-${compression}`;
      await broker.createTopic(topic, 1, compression);
      await broker.produce(topic, 0, lines.slice(0, 10));
      await broker.produce(topic, 0, lines.slice(10, 20));
      broker.corrupt(topic, 0, (batch) => batch.fill(0xff, headerBytes));

      const readings = await open(topic, false);
      // On a busy machine it may first be told that nothing comes: that is true as well.
      const undecoded = (): MatineeError | undefined => readings.faults.find(({ code }) => code === 'format-invalid');
      await readings.until(() => undecoded() !== undefined);
      expect(undecoded()!.message).toMatch(
        /^partition 0 stands still at offset \d+: topic '.*' holds a batch that cannot be decoded/,
      );
      expect(readings.texts(0)).toEqual(lines.slice(0, readings.count()));
    },
  );
});
