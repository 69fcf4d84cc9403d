/**
 * The Kafka source against a real broker, on our thread and on one of its own: what must work on a good day. The bad days are
 * in test/faults.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { openKafkaSource } from '../../src/ingest/kafka-source.js';
import { openKafkaThread } from '../../src/ingest/kafka-thread.js';
import type { SourceOptions } from '../../src/ingest/source.js';
import { TestBroker, whyNoBroker } from '../kafka/broker.js';
import { Readings } from '../kafka/reading.js';

const reason = whyNoBroker();
if (reason !== undefined) console.log(`skipped: the Kafka source (${reason})`);

const numbered = (count: number, name = 'line'): string[] => Array.from({ length: count }, (_, n) => `${name} ${n}`);

const usual: SourceOptions = { from: 'committed', untilEnd: false, positions: new Map() };

const openings = {
  'on our thread': openKafkaSource,
  'on a thread of its own': openKafkaThread,
};

let broker: TestBroker;
if (reason === undefined) {
  beforeAll(async () => (broker = await TestBroker.start()), 120_000);
  afterAll(() => broker.stop(), 60_000);
}

describe.skipIf(reason !== undefined).each(Object.entries(openings))(
  'a Kafka topic as a source, read %s',
  (place, openAt) => {
    /** Every opening has topics and groups of its own. */
    const named = (name: string): string => `${name}-${place.replaceAll(' ', '-')}`;
    const open = async (topic: string, options: Partial<SourceOptions> = {}, group?: string): Promise<Readings> =>
      new Readings(unwrap(await openAt(broker.source(topic, group), { ...usual, ...options })));

    test.each(['uncompressed', 'gzip'])(
      'gives every line of every partition once and then the end: %s',
      async (compression) => {
        const topic = named(compression);
        await broker.createTopic(topic, 2, compression);
        await broker.produce(topic, 0, numbered(12_000, 'zero'));
        await broker.produce(topic, 1, numbered(7_000, 'one'));
        await broker.produce(topic, 1, [
          { value: null },
          { value: '' },
          { value: 'crlf\r\n' },
          { value: 'lf\n' },
          'é\0',
        ]);

        const readings = await open(topic, { untilEnd: true });
        await readings.until((_, event) => event.kind === 'end');
        expect(readings.texts(0)).toEqual(numbered(12_000, 'zero'));
        expect(readings.texts(1)).toEqual([...numbered(7_000, 'one'), '', '', 'crlf', 'lf', 'é\0']);
        expect(readings.misplaced).toEqual([]);
        expect(readings.next).toEqual(new Map([[0, 12_000], [1, 7_005]])); // prettier-ignore
        expect(readings.events).toEqual([{ kind: 'end' }]);
        expect([...readings.source.lag().values()]).toEqual([0, 0]);
        await readings.source.close();
      },
    );

    test('begins at the stored position, whatever else is asked; without one where it is asked to', async () => {
      const topic = named('starts');
      await broker.createTopic(topic, 1);
      const at = (n: number): string => String(Date.UTC(2026, 0, 1, 0, 0, n));
      await broker.produce(topic, 0, numbered(10).map((value, n) => ({ value, timestamp: at(n) }))); // prettier-ignore

      const firstOf = async (options: Partial<SourceOptions>, extra: string[] = []): Promise<string | undefined> => {
        const readings = await open(topic, options, `starts-${Math.floor(performance.now() * 1000)}`);
        if (options.from === 'latest')
          await readings.until((_, event) => event.kind === 'idle' && readings.source.lag().size > 0);
        await broker.produce(topic, 0, extra);
        await readings.untilCount(1);
        await readings.source.close();
        return readings.texts(0)[0];
      };
      expect(await firstOf({})).toBe('line 0');
      expect(await firstOf({ from: 'earliest', positions: new Map([[0, 4]]) })).toBe('line 4');
      expect(await firstOf({ from: Number(at(7)) })).toBe('line 7');
      expect(await firstOf({ from: 'latest' }, ['new'])).toBe('new');
    });

    test('reads on past aborted transactions, which hold offsets but no lines', async () => {
      const topic = named('transactions');
      await broker.createTopic(topic, 1);
      const producer = broker.client().producer({ transactionalId: topic, maxInFlightRequests: 1, idempotent: true });
      await producer.connect();
      for (const [word, commit] of [
        ['kept', true],
        ['dropped', false],
        ['last', false],
      ] as const) {
        // prettier-ignore
        const transaction = await producer.transaction();
        await transaction.send({ topic, messages: [{ value: word }] });
        await (commit ? transaction.commit() : transaction.abort());
      }
      await producer.disconnect();

      const readings = await open(topic, { untilEnd: true });
      await readings.until((_, event) => event.kind === 'end');
      expect(readings.texts(0)).toEqual(['kept']);
      expect(readings.next.get(0)).toBe(6);
      await readings.source.close();
    });

    test('commits what is stored to the group, for tools that show its lag, and closes within a second', async () => {
      const topic = named('lag');
      await broker.createTopic(topic, 1);
      await broker.produce(topic, 0, numbered(100));
      const readings = await open(topic);
      await readings.untilCount(100);
      readings.source.committed(new Map([[0, 60]]));
      const before = performance.now();
      await readings.source.close();
      expect(performance.now() - before).toBeLessThan(1_000);
      const groupId = broker.source(topic).group;
      const offsets = await broker.administer((admin) => admin.fetchOffsets({ groupId, topics: [topic] }));
      expect(offsets[0]?.partitions[0]?.offset).toBe('60');
    });

    test('refuses an address that is none, and a CA file that is not there', async () => {
      const misspelt = await openAt({ brokers: ['localhost'], topic: 't', group: 'g' }, usual);
      expect(misspelt).toMatchObject({ ok: false, error: { code: 'config-invalid' } });
      const address = { brokers: ['localhost:1'], topic: 't', group: 'g', tls: { caFile: '/nowhere.pem' } };
      expect(await openAt(address, usual)).toMatchObject({ ok: false, error: { code: 'file-unreadable' } });
    });
  },
);
