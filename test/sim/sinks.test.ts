/** Where the log goes: a directory, a real Kafka topic, and what the conditions of the log do to either. */

import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { unwrap } from '../../src/core/errors.js';
import { faultySink } from '../../src/sim/log/faulty-sink.js';
import { openKafkaSink } from '../../src/sim/log/kafka-sink.js';
import type { LogConditions } from '../../src/sim/log/log-conditions.js';
import { openDirectorySink, type Lines, type LogSink } from '../../src/sim/log/sink.js';
import { TestBroker, whyNoBroker } from '../kafka/broker.js';

const linesAs = (partition: number, lines: readonly string[]): Lines => ({
  partition,
  count: lines.length,
  bytes: Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1'),
});

const textOf = ({ bytes }: Lines): string => Buffer.from(bytes).toString('latin1');

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'matinee-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const partitionText = (partition: number): string =>
  readdirSync(join(dir, String(partition)))
    .map((name) => readFileSync(join(dir, String(partition), name), 'latin1'))
    .join('');

test('a directory takes each append at once, and goes on where it ended', async () => {
  const first = unwrap(openDirectorySink(dir, 2));
  await first.append([linesAs(0, ['a', 'b']), linesAs(1, [])]);
  expect([partitionText(0), partitionText(1)]).toEqual(['a\nb\n', '']);
  await first.append([linesAs(0, ['c']), linesAs(1, ['x'])]);
  await first.close();
  const second = unwrap(openDirectorySink(dir, 2));
  await second.append([linesAs(1, ['y'])]);
  await second.close();
  expect([partitionText(0), partitionText(1)]).toEqual(['a\nb\nc\n', 'x\ny\n']);
});

test('a directory that cannot be one is refused in words', () => {
  writeFileSync(join(dir, 'file'), '');
  const refused = openDirectorySink(join(dir, 'file'), 2);
  expect(refused).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
  expect(!refused.ok && refused.error.message).toContain(`cannot write the log directory ${join(dir, 'file')}`);
});

test('an append that the disk does not take is refused in words', async () => {
  const sink = unwrap(openDirectorySink(dir, 1));
  rmSync(join(dir, '0'), { recursive: true });
  writeFileSync(join(dir, '0'), '');
  await expect(sink.append([linesAs(0, ['a'])])).rejects.toMatchObject({ code: 'storage-failed' });
});

/** What reached the inner sink, by append. */
function rememberingSink(): { readonly sink: LogSink; readonly appends: string[]; closed: boolean } {
  const seen = { appends: [] as string[], closed: false };
  const sink: LogSink = {
    append: (batches) => {
      seen.appends.push(batches.map(textOf).join('|'));
      return Promise.resolve();
    },
    close: () => {
      seen.closed = true;
      return Promise.resolve();
    },
  };
  return Object.assign(seen, { sink });
}

const usual = (): LogConditions => ({ faults: 'none', withheld: false, duplicateBatchShare: 0 });

test('what is withheld comes in its order when the outage is over, though its buffer was written over', async () => {
  const { sink, appends } = rememberingSink();
  const conditions = usual();
  const faulty = faultySink(sink, conditions, 1);
  const reused = Buffer.from('0\n');
  const append = async (digit: number): Promise<void> => {
    reused.write(String(digit));
    await faulty.append([{ partition: 0, count: 1, bytes: reused }]);
  };
  await append(1);
  conditions.withheld = true;
  await append(2);
  await append(3);
  expect(appends).toEqual(['1\n']);
  conditions.withheld = false;
  await append(4);
  expect(appends).toEqual(['1\n', '2\n', '3\n', '4\n']);
});

test('an outage ends at the latest when the site does', async () => {
  const inner = rememberingSink();
  const faulty = faultySink(inner.sink, { ...usual(), withheld: true }, 1);
  await faulty.append([linesAs(0, ['a']), linesAs(1, ['b'])]);
  await faulty.close();
  expect(inner.appends).toEqual(['a\n|b\n']);
  expect(inner.closed).toBe(true);
});

test('a share of the appends comes twice, the same ones for the same seed, in an outage or not', async () => {
  const delivered = async (seed: number, outage: boolean): Promise<string[]> => {
    const { sink, appends } = rememberingSink();
    const conditions = { ...usual(), duplicateBatchShare: 0.2 };
    const faulty = faultySink(sink, conditions, seed);
    for (let second = 0; second < 1_000; second++) {
      conditions.withheld = outage && second > 300 && second < 600;
      await faulty.append([linesAs(0, [String(second)])]);
    }
    return appends;
  };
  const appends = await delivered(1, false);
  expect([...new Set(appends)].map(Number)).toEqual(Array.from({ length: 1_000 }, (_, second) => second));
  // Five standard deviations.
  expect(Math.abs(appends.length - 1_200)).toBeLessThan(64);
  expect(await delivered(1, true)).toEqual(appends);
  expect(await delivered(2, false)).not.toEqual(appends);
});

test('a broker that is not there is named, with what to do', async () => {
  const refused = await openKafkaSink({ brokers: ['127.0.0.1:1'], topic: 'movielog', partitions: 2 });
  expect(refused).toMatchObject({ ok: false, error: { code: 'source-unreachable' } });
  if (refused.ok) return;
  expect(refused.error.message).toContain("Kafka topic 'movielog' at 127.0.0.1:1 takes no lines");
  expect(refused.error.hint).toContain('Start the broker');
});

const reason = whyNoBroker();
if (reason !== undefined) console.log(`skipped: the Kafka sink (${reason})`);

describe.skipIf(reason !== undefined)('a Kafka topic', () => {
  let broker: TestBroker;
  beforeAll(async () => (broker = await TestBroker.start()), 120_000);
  afterAll(() => broker.stop(), 60_000);

  async function open(topic: string, partitions = 2): Promise<LogSink> {
    const sink = unwrap(await openKafkaSink({ brokers: [broker.address], topic, partitions }));
    onTestFinished(() => sink.close());
    return sink;
  }

  /** Values by partition, in the order of offsets; a message without value is undefined. */
  async function consume(topic: string, count: number): Promise<(string | undefined)[][]> {
    const consumer = broker.client().consumer({ groupId: `group-${topic}` });
    const found: (string | undefined)[][] = [[], []];
    await consumer.connect();
    try {
      await consumer.subscribe({ topic, fromBeginning: true });
      await new Promise<void>((resolve) => {
        void consumer.run({
          eachMessage: ({ partition, message }) => {
            found[partition]!.push(message.value?.toString('latin1'));
            if (found.flat().length === count) resolve();
            return Promise.resolve();
          },
        });
      });
    } finally {
      await consumer.disconnect();
    }
    return found;
  }

  test('is made with two partitions, and takes a message a line in the order of each', async () => {
    const sink = await open('made');
    const lines = (partition: number, append: number): string[] =>
      Array.from({ length: 1_200 }, (_, n) => (n % 400 === 7 ? '' : `${partition}, line ${n} of ${append}, \xe9`));
    for (let append = 0; append < 3; append++) {
      await sink.append([linesAs(0, lines(0, append)), linesAs(1, lines(1, append))]);
    }
    const expected = [0, 1].map((partition) => [0, 1, 2].flatMap((append) => lines(partition, append)));
    // The empty line of a tombstone is a message without a value.
    expect(await consume('made', 7_200)).toEqual(expected.map((all) => all.map((line) => line || undefined)));
  });

  test('goes on behind what it holds, and takes a line of almost a megabyte', async () => {
    const long = 'x'.repeat(1_000_000);
    const first = await open('again');
    await first.append([linesAs(0, ['a', long, 'b']), linesAs(1, [''])]);
    const second = await open('again');
    await second.append([linesAs(0, ['c']), linesAs(1, [])]);
    expect(await consume('again', 5)).toEqual([['a', long, 'b', 'c'], [undefined]]);
  });

  test('that has too few partitions is refused by name', async () => {
    await broker.createTopic('narrow', 1);
    const refused = await openKafkaSink({ brokers: [broker.address], topic: 'narrow', partitions: 2 });
    expect(refused).toMatchObject({ ok: false, error: { code: 'source-refused' } });
    expect(!refused.ok && refused.error.message).toContain("topic 'narrow' has 1 partition(s), the log has 2");
  });

  test('refuses a line that is too long for it at once', async () => {
    const sink = await open('short');
    await expect(sink.append([linesAs(0, ['x'.repeat(2_000_000)])])).rejects.toMatchObject({ code: 'source-refused' });
  });
});
