/** Bad days of a Kafka topic: every line comes once and in its place, or the source says which ones it could not get. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { openKafkaThread } from '../../src/ingest/kafka-thread.js';
import type { SourceOptions } from '../../src/ingest/source.js';
import type { KafkaAddress } from '../../src/ingest/kafka/address.js';
import { TestBroker, whyNoBroker, type BrokerOptions } from '../kafka/broker.js';
import { FetchProxy } from '../kafka/proxy.js';
import { Readings } from '../kafka/reading.js';

const reason = whyNoBroker();
if (reason !== undefined) console.log(`skipped: the bad days of Kafka (${reason})`);

/** In a record batch: what the low three bits say is its compression; Kafka has given meanings up to 4. */
const attributesAt = 21;
const unknownCompression = 7;

const impatient = { watchMs: 500, stallMs: 2_000, barMs: 600_000 };
const numbered = (count: number, name = 'line'): string[] => Array.from({ length: count }, (_, n) => `${name} ${n}`);

function open(address: KafkaAddress, options: Partial<SourceOptions> = {}): Readings {
  const all = { from: 'committed', untilEnd: false, positions: new Map(), ...options } as const;
  const readings = new Readings(unwrap(openKafkaThread(address, all, impatient)));
  onTestFinished(() => readings.source.close());
  return readings;
}

async function startBroker(options: BrokerOptions = {}): Promise<TestBroker> {
  const broker = await TestBroker.start(options);
  onTestFinished(() => broker.stop());
  return broker;
}

const kinds = (readings: Readings): string[] => readings.events.map(({ kind }) => kind);
const saysFault = (code: string) => (readings: Readings) => readings.faults.some((fault) => fault.code === code);
const saysRecovered = (readings: Readings): boolean => readings.events.at(-1)?.kind === 'recovered';

describe.skipIf(reason !== undefined)('a Kafka topic on a bad day', () => {
  let broker: TestBroker;
  beforeAll(async () => (broker = await TestBroker.start()));
  afterAll(() => broker.stop());

  test('the topic is missing at the start: says so, and reads it as soon as it is there', async () => {
    const readings = open(broker.source('late'));
    await readings.until(saysFault('source-missing'), 5_000);
    expect(readings.faults[0]?.message).toContain("has no topic 'late'");
    await broker.createTopic('late');
    await broker.produce('late', 1, numbered(10));
    await readings.untilCount(10);
    expect(kinds(readings)).toEqual(['fault', 'recovered']);
  });

  test('offsets went to retention while nobody read: says which', async () => {
    await broker.createTopic('retained', 1);
    await broker.produce('retained', 0, numbered(1_000));
    await deleteBefore('retained', 400);
    const readings = open(broker.source('retained'), { positions: new Map([[0, 100]]) });
    await readings.untilCount(600);
    expect(readings.events).toEqual([{ kind: 'gap', partition: 0, from: 100, to: 400 }]);
    expect(readings.texts(0)).toEqual(numbered(1_000).slice(400));
  });

  test('offsets go to retention under a slow reader: says which', async () => {
    await broker.createTopic('overtaken', 1);
    const lines = numbered(30_000, 'x'.repeat(1_000));
    await broker.produce('overtaken', 0, lines);
    const readings = open(broker.source('overtaken'));
    await readings.untilCount(1);
    await sleep(2_000);
    await deleteBefore('overtaken', 29_000);
    await readings.until(() => readings.next.get(0) === 30_000);
    const gap = readings.events.find((event) => event.kind === 'gap');
    expect(gap).toMatchObject({ partition: 0, to: 29_000 });
    expect(readings.texts(0)).toEqual([...lines.slice(0, gap!.from), ...lines.slice(29_000)]);
    expect(readings.misplaced).toEqual([]);
  });

  test('the topic was made anew and is shorter than our position: says so and takes no wrong line', async () => {
    await broker.createTopic('anew', 2);
    await broker.produce('anew', 0, numbered(50));
    await broker.produce('anew', 1, numbered(20));
    const readings = open(broker.source('anew'), { positions: new Map([[0, 80]]) });
    await readings.untilCount(20);
    await readings.until(saysFault('source-missing'));
    expect(readings.faults[0]?.message).toContain('partition 0 of topic');
    expect(readings.texts(0)).toEqual([]);
    await broker.produce('anew', 0, numbered(40, 'again'));
    await readings.untilCount(30);
    expect(readings.events.slice(1)).toEqual([{ kind: 'gap', partition: 0, from: 50, to: 80 }, { kind: 'recovered' }]);
    expect(readings.texts(0)).toEqual(numbered(40, 'again').slice(30));
  });

  test('a batch in a compression we cannot read stops its partition and says so; the other goes on', async () => {
    await broker.createTopic('squeezed', 2);
    await broker.produce('squeezed', 0, numbered(10));
    await broker.produce('squeezed', 1, numbered(5));
    await broker.produce('squeezed', 1, numbered(5, 'unknown'));
    broker.corrupt('squeezed', 1, (batch) => batch.writeInt16BE(unknownCompression, attributesAt));

    const readings = open(broker.source('squeezed'));
    await readings.until(saysFault('format-unknown'));
    expect(readings.faults[0]?.message).toMatch(
      /^partition 1 stands still at offset \d+: topic 'squeezed' holds a batch/,
    );
    await broker.produce('squeezed', 0, numbered(10, 'more'));
    await readings.until(() => readings.next.get(0) === 20);
    expect(readings.texts(0)).toEqual([...numbered(10), ...numbered(10, 'more')]);
    expect(readings.misplaced).toEqual([]);
  });

  test('two states share a group: each says what it misses, and has everything when it is alone again', async () => {
    await broker.createTopic('shared', 2);
    const send = async (name: string): Promise<void> => {
      for (const partition of [0, 1]) await broker.produce('shared', partition, numbered(500, name));
    };
    await send('alone');
    const first = open(broker.source('shared'));
    await first.untilCount(1_000);

    const second = open(broker.source('shared'));
    const stop = new AbortController();
    const reading = first.until(() => stop.signal.aborted, 60_000);
    await second.until(saysFault('source-stalled'));
    await send('together');
    await second.untilCount(1_000);
    await second.source.close();
    await send('again alone');
    while (first.count() < 3_000) await sleep(50);
    stop.abort();
    await reading;

    expect(first.faults.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^partitions [01] of topic 'shared' are read by another member of group 'group-shared'$/),
    ]);
    await first.until(saysRecovered);
    for (const partition of [0, 1]) {
      expect(first.texts(partition)).toEqual(
        ['alone', 'together', 'again alone'].flatMap((name) => numbered(500, name)),
      );
    }
    expect([...first.misplaced, ...second.misplaced]).toEqual([]);
  });

  test('keeps its place in the group while nobody pulls for longer than a session, and loses nothing', async () => {
    await broker.createTopic('slow', 1);
    const lines = numbered(30_000, 'x'.repeat(1_000));
    await broker.produce('slow', 0, lines);
    const readings = open(broker.source('slow'));
    await readings.untilCount(1);
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    await readings.untilCount(lines.length);
    expect(readings.texts(0)).toEqual(lines);
    expect(readings.misplaced).toEqual([]);
    expect(readings.events).toEqual([]);
  }, 40_000);

  test('a line of a megabyte comes whole', async () => {
    await broker.createTopic('wide', 1);
    const wide = 'w'.repeat(1_000_000);
    await broker.produce('wide', 0, ['before', wide, 'after']);
    const readings = open(broker.source('wide'));
    await readings.untilCount(3);
    expect(readings.texts(0)).toEqual(['before', wide, 'after']);
  });

  test('the topic gets a new partition: it is read from its beginning', async () => {
    await broker.createTopic('wider', 1);
    await broker.produce('wider', 0, ['old']);
    const readings = open(broker.source('wider'), { from: 'latest' });
    await readings.until((_, event) => event.kind === 'idle' && readings.source.lag().size > 0);
    await broker.administer((admin) => admin.createPartitions({ topicPartitions: [{ topic: 'wider', count: 2 }] }));
    await broker.produce('wider', 1, ['new']);
    await readings.untilCount(1, 10_000);
    expect(readings.texts(1)).toEqual(['new']);
    expect(readings.events).toEqual([]);
  });

  test('the thread that reads is killed, at its start and later: says so, another goes on, no line is lost or comes twice', async () => {
    await broker.createTopic('mortal', 2);
    const threads: Worker[] = [];
    const note = (thread: Worker): void => void threads.push(thread);
    process.on('worker', note);
    onTestFinished(() => void process.off('worker', note));
    const lines = numbered(20_000, 'x'.repeat(500));
    // Where these begin is not stored anywhere: a thread that begins anew must not begin at the end again.
    const readings = open(broker.source('mortal'), { from: 'latest' });
    await readings.until(() => threads.length === 1);
    await threads[0]!.terminate();
    await readings.until(() => readings.source.lag().size > 0);
    for (const partition of [0, 1]) await broker.produce('mortal', partition, lines);
    for (const [killed, count] of [1, 9_000].entries()) {
      await readings.untilCount(count);
      expect(threads.length).toBe(2 + killed);
      await threads.at(-1)!.terminate();
      await readings.until((_, event) => event.kind === 'recovered');
    }
    await readings.untilCount(2 * lines.length);
    for (const partition of [0, 1]) expect(readings.texts(partition)).toEqual(lines);
    expect(readings.misplaced).toEqual([]);
    expect(readings.faults.filter(({ code }) => code === 'worker-died')).toHaveLength(3);
    // While the group waits for the dead, the partitions may be said to be stalled too.
    await readings.until(saysRecovered);
    expect(kinds(readings)).not.toContain('gap');
  }, 60_000);

  test('the broker is killed, comes back, is killed again: reading goes on by itself', async () => {
    const mortal = await startBroker();
    await mortal.createTopic('killed', 2);
    const readings = open(mortal.source('killed'));
    for (let round = 0; round < 2; round += 1) {
      for (const partition of [0, 1]) await mortal.produce('killed', partition, numbered(1_000, `round ${round}`));
      await readings.untilCount(2_000 * round + 700);
      mortal.kill();
      await readings.until(saysFault('source-unreachable'), 5_000);
      const restarted = mortal.restart();
      await Promise.all([restarted, readings.until(saysRecovered)]);
    }
    await readings.untilCount(4_000);
    for (const partition of [0, 1]) {
      expect(readings.texts(partition)).toEqual([0, 1].flatMap((round) => numbered(1_000, `round ${round}`)));
    }
    expect(readings.misplaced).toEqual([]);
    expect(kinds(readings)).not.toContain('gap');
  });

  test('the broker hangs without closing a connection: says so, and goes on when it wakes', async () => {
    const sleepy = await startBroker();
    await sleepy.createTopic('hung', 1);
    await sleepy.produce('hung', 0, numbered(10));
    const readings = open(sleepy.source('hung'));
    await readings.untilCount(10);
    sleepy.signal('SIGSTOP');
    await readings.until(saysFault('source-unreachable'));
    sleepy.signal('SIGCONT');
    await sleepy.produce('hung', 0, numbered(10, 'after'));
    await readings.untilCount(20);
    expect(readings.texts(0)).toEqual([...numbered(10), ...numbered(10, 'after')]);
  });

  test('fetches get no answer while all else works: the stall is noticed and the consumer rebuilt', async () => {
    const proxy = await FetchProxy.listen();
    onTestFinished(() => proxy.close());
    const behind = await TestBroker.start({}, proxy);
    onTestFinished(() => behind.stop());
    await behind.createTopic('stalled', 2);
    await behind.produce('stalled', 0, numbered(10));
    const readings = open(behind.source('stalled'));
    await readings.untilCount(10);
    expect(proxy.freeze()).toBe(1);
    await behind.produce('stalled', 0, numbered(10, 'after'));
    await readings.until(saysFault('source-stalled'), 10_000);
    await readings.until(saysRecovered);
    expect(readings.texts(0)).toEqual([...numbered(10), ...numbered(10, 'after')]);
  });

  test('credentials: refused without telling the password, let in as soon as the broker knows them; with TLS', async () => {
    const secure: BrokerOptions = { sasl: true, tls: true };
    const guarded = await startBroker(secure);
    await guarded.createTopic('guarded', 1);
    await guarded.produce('guarded', 0, numbered(10));
    const tls = { caFile: guarded.caFile };
    const base = { ...guarded.source('guarded'), brokers: [guarded.secureAddress] };

    for (const mechanism of ['plain', 'scram-sha-256', 'scram-sha-512'] as const) {
      const sasl = { mechanism, username: 'app', password: 'app-secret' };
      const welcome = open({ ...base, group: mechanism, tls, sasl }, { untilEnd: true });
      await welcome.until((_, event) => event.kind === 'end');
      expect([welcome.count(), kinds(welcome)]).toEqual([10, ['end']]);

      const wrong = open({ ...base, group: 'wrong', tls, sasl: { ...sasl, password: 'open-sesame' } });
      await wrong.until(saysFault('source-refused'), 5_000);
      expect(wrong.faults[0]?.message).toContain("refuses the user 'app'");
      expect(JSON.stringify([wrong.faults[0], wrong.faults[0]?.message, wrong.faults[0]?.hint])).not.toContain(
        'sesame',
      );
    }

    const sasl = { mechanism: 'plain', username: 'late', password: 'late-secret' } as const;
    const untrusting = open({ ...base, group: 'untrusting', tls: {}, sasl });
    await untrusting.until(saysFault('source-refused'), 5_000);
    expect(untrusting.faults[0]?.message).toContain('certificate');

    const inTheClear = open({ ...base, group: 'clear' });
    await inTheClear.until(saysFault('source-unreachable'), 10_000);
    expect(inTheClear.faults[0]?.hint).toContain('TLS');

    const late = open({ ...base, group: 'late', tls, sasl });
    await late.until(saysFault('source-refused'), 5_000);
    await guarded.halt();
    const users = 'org.apache.kafka.common.security.plain.PlainLoginModule required user_late="late-secret";';
    await guarded.restart({ ...secure, properties: [`listener.name.secure.plain.sasl.jaas.config=${users}`] });
    await late.untilCount(10);
    await late.until(saysRecovered);
  });

  const deleteBefore = (topic: string, offset: number): Promise<void> =>
    broker.administer(async (admin) => {
      // Without it the client does not know who leads the partition.
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
    });
});
