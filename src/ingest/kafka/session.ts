/**
 * One life of a kafkajs consumer, from connecting to the first thing it does not survive. It reads where the source stands,
 * never where the group stands, and is never repaired: after a failure the source starts another one.
 *
 * kafkajs needs watching: after a batch it cannot decode its consumer is dead for good while the process lives on, an offset
 * out of range is silently replaced by another, and a consumer may stop fetching without a word.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin, Batch, Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { StartAt } from '../source.js';
import type { KafkaAddress } from './address.js';
import { atMost } from './at-most.js';
import { chunksOf, emptyChunk } from './chunks.js';
import { consumerSettings } from './consumer-settings.js';
import type { EventQueue } from './event-queue.js';
import { endsEarly, isUndecodable, sharedGroup, silent, stalled, unreadable } from './faults.js';
import { limitsOf, startsOf } from './limits.js';
import type { Gap, KafkaPositions } from './positions.js';
import type { StandingFaults } from './standing-faults.js';
import type { Suspects } from './suspects.js';

/** What outlives a session. */
export interface Reading {
  readonly address: KafkaAddress;
  readonly from: StartAt;
  readonly positions: KafkaPositions;
  readonly queue: EventQueue;
  readonly faults: StandingFaults;
  readonly suspects: Suspects;
  readonly timings: KafkaTimings;
  /** What is safely stored, by partition. */
  stored: ReadonlyMap<number, number>;
}

export interface KafkaTimings {
  /** Between two looks at the topic's limits and at what has come. */
  readonly watchMs: number;
  /** A partition that has lines and brings none for this long is stalled. */
  readonly stallMs: number;
  /** A partition with a batch that cannot be decoded is left alone for this long. */
  readonly barMs: number;
}

export class KafkaSession {
  readonly #reading: Reading;
  readonly #admin: Admin;
  readonly #consumer: Consumer;
  readonly #ended: Promise<void>;
  #end!: () => void;
  #crash!: (error: Error) => void;
  #over = false;
  /** Ends the pause between two looks when the session is over. */
  readonly #rest = new AbortController();
  #assigned: readonly number[] = [];
  /** When a fetch last came back, or could not be made because our queue is full. */
  #fetchedAt = Date.now();
  /** When each partition last brought something, or had nothing to bring. */
  readonly #movedAt = new Map<number, number>();
  #reported: ReadonlyMap<number, number> = new Map();

  constructor(kafka: Kafka, reading: Reading) {
    this.#reading = reading;
    this.#ended = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#crash = reject;
    });
    this.#ended.catch(() => undefined);
    this.#admin = kafka.admin();
    this.#consumer = kafka.consumer({ ...consumerSettings, groupId: reading.address.group });
  }

  /** Whether it ever got as far as fetching. */
  fetched = false;

  end(): void {
    this.#end();
  }

  /** Reads until it fails (rejects), or is to be ended or followed by a new one (resolves; the reason has been told). */
  async run(): Promise<void> {
    const reading = this.#read();
    try {
      await Promise.race([reading, this.#ended]);
    } catch (error) {
      if (this.#assigned.length === 0 || !isUndecodable(error)) throw error;
      this.#blame(error);
    } finally {
      await this.#disconnect(reading);
    }
  }

  async #read(): Promise<void> {
    const { topic } = this.#reading.address;
    const { CRASH, GROUP_JOIN, FETCH, END_BATCH_PROCESS } = this.#consumer.events;
    await this.#admin.connect();
    await this.#survey();
    if (this.#isOver()) return;

    this.#consumer.on(CRASH, ({ payload }) => this.#crash(payload.error));
    this.#consumer.on(GROUP_JOIN, ({ payload }) => this.#takeUp(payload.memberAssignment[topic] ?? []));
    this.#consumer.on(FETCH, () => this.#noteFetch());
    // A batch of nothing but transaction markers never reaches `eachBatch`.
    this.#consumer.on(END_BATCH_PROCESS, ({ payload: { partition, batchSize, lastOffset, highWatermark } }) => {
      if (batchSize === 0) this.#pass(partition, Number(lastOffset) + 1, Number(highWatermark));
    });
    await this.#consumer.connect();
    if (this.#isOver()) return;
    // `fromBeginning`: where kafkajs goes by itself when an offset is out of range; where we begin we say ourselves.
    await this.#consumer.subscribe({ topic, fromBeginning: true });
    if (this.#isOver()) return;
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => this.#enqueue(payload),
    });
    for (;;) {
      await sleep(this.#reading.timings.watchMs, undefined, { ref: false, signal: this.#rest.signal }).catch(
        () => undefined,
      );
      if (this.#isOver()) return;
      await this.#watch();
    }
  }

  /** May change during any wait. */
  #isOver(): boolean {
    return this.#over;
  }

  /** Before the first fetch: compares our positions with what the topic holds, and tells what was lost. */
  async #survey(): Promise<void> {
    const { address, from, positions } = this.#reading;
    const limits = await limitsOf(this.#admin, address.topic);
    const starts = positions.unknown
      ? await startsOf(this.#admin, address.topic, from, limits)
      : new Map<number, number>();
    this.#tell(positions.survey(limits, starts));
  }

  /** Tells gaps, and which partitions wait for their log to grow. */
  #tell(gaps: readonly Gap[]): void {
    const { address, positions, queue, faults } = this.#reading;
    for (const gap of gaps) queue.push(gap);
    for (const partition of positions.partitions) {
      const end = positions.endedAt(partition);
      if (end === undefined) faults.clear(`end of ${partition}`);
      else faults.raise(`end of ${partition}`, endsEarly(partition, end, positions.queued(partition), address));
    }
  }

  /** Called inside the joining of the group, so before the first fetch of the new assignment. */
  #takeUp(assigned: readonly number[]): void {
    const { address, positions, queue, faults } = this.#reading;
    if (this.#over) return;
    const absent = positions.partitions.filter((partition) => !assigned.includes(partition));
    for (const partition of absent) {
      queue.drop(partition);
      positions.rewind(partition);
    }
    this.#assigned = assigned.filter((partition) => positions.partitions.includes(partition));
    for (const partition of this.#assigned) {
      this.#consumer.seek({ topic: address.topic, partition, offset: String(positions.queued(partition)) });
      this.#movedAt.set(partition, Date.now());
    }
    this.#admit();
    // A partition was added since the survey: the next session begins with one that knows it.
    if (assigned.length > this.#assigned.length) this.end();
    if (absent.length === 0) faults.clear('group');
    else faults.raise('group', sharedGroup(absent, address));
  }

  /** Fetches the partitions that can be read, and not the others. */
  #admit(): void {
    const { address, positions, suspects } = this.#reading;
    for (const partition of this.#assigned) {
      const readable = positions.endedAt(partition) === undefined && suspects.mayRead(partition);
      this.#consumer[readable ? 'resume' : 'pause']([{ topic: address.topic, partitions: [partition] }]);
    }
  }

  #noteFetch(): void {
    if (this.#over) return;
    this.fetched = true;
    this.#fetchedAt = Date.now();
    this.#reading.faults.clear('session');
    if (this.#reading.suspects.admit(this.#assigned)) this.#admit();
  }

  #blame(error: unknown): void {
    const { suspects, faults, positions, address } = this.#reading;
    const culprit = suspects.blame(this.#assigned.filter((partition) => suspects.mayRead(partition)));
    if (culprit === undefined) return;
    faults.raise(`partition ${culprit}`, unreadable(error, culprit, positions.queued(culprit), address));
  }

  async #enqueue({ batch, resolveOffset, heartbeat, isRunning, isStale }: EachBatchPayload): Promise<void> {
    const { queue, positions, faults } = this.#reading;
    while (queue.full && !this.#over) {
      await queue.room(consumerSettings.heartbeatInterval / 2);
      this.#fetchedAt = Date.now();
      // Rejects when the group is rebalanced; the batch is then fetched again by whoever has the partition.
      await heartbeat();
    }
    const { partition } = batch;
    if (this.#over || !isRunning() || isStale() || !this.#assigned.includes(partition)) return;

    // Not what was asked for: the offset was out of range, and kafkajs went to the beginning of the log by itself.
    const fetchedOffset = Number((batch as Batch & { readonly fetchedOffset: string }).fetchedOffset);
    const expected = positions.queued(partition);
    if (fetchedOffset < expected) {
      positions.lost(partition, Math.min(Number(batch.highWatermark), expected - 1));
      this.end();
      return;
    }
    if (fetchedOffset > expected) queue.push(positions.skipTo(partition, fetchedOffset));

    const next = Number(batch.lastOffset()) + 1;
    for (const chunk of chunksOf(partition, batch.messages, next)) queue.push({ kind: 'lines', chunk });
    positions.enqueue(partition, next, Number(batch.highWatermark));
    resolveOffset(batch.lastOffset());
    this.#movedAt.set(partition, Date.now());
    faults.clear(`partition ${partition}`);
  }

  #pass(partition: number, next: number, high: number): void {
    const { queue, positions } = this.#reading;
    if (this.#over || !this.#assigned.includes(partition) || next <= positions.queued(partition)) return;
    queue.push({ kind: 'lines', chunk: emptyChunk(partition, next) });
    positions.enqueue(partition, next, high);
    this.#movedAt.set(partition, Date.now());
  }

  async #watch(): Promise<void> {
    const { address, positions, timings } = this.#reading;
    const silence = sleep(timings.stallMs, [], { ref: false });
    const limits = await Promise.race([limitsOf(this.#admin, address.topic), silence]).catch(() => []);
    if (this.#over) return;
    this.#tell(positions.observe(limits));
    this.#admit();
    this.#report();
    this.#endIfStalled(Date.now());
    if (Date.now() - this.#fetchedAt > timings.stallMs) throw silent(timings.stallMs, address);
    // A partition was added to the topic: the consumer would learn of it much later.
    if (limits.length > positions.partitions.length) this.end();
  }

  #endIfStalled(now: number): void {
    const { address, queue, positions, suspects, faults, timings } = this.#reading;
    for (const partition of this.#assigned) {
      const waiting = positions.waiting(partition);
      const held = suspects.isBarred(partition) || positions.endedAt(partition) !== undefined;
      if (waiting <= 0 || queue.full || held) this.#movedAt.set(partition, now);
      if (now - this.#movedAt.get(partition)! <= timings.stallMs) continue;
      faults.raise(`partition ${partition}`, stalled(partition, waiting, timings.stallMs, address));
      this.end();
    }
  }

  /** Commits to the group what is stored: nobody reads it but tools that show the lag of groups. */
  #report(): void {
    const { address, stored } = this.#reading;
    if (stored === this.#reported) return;
    this.#reported = stored;
    const offsets = [...stored]
      .filter(([partition]) => this.#assigned.includes(partition))
      .map(([partition, next]) => ({ topic: address.topic, partition, offset: String(next) }));
    if (offsets.length > 0) this.#consumer.commitOffsets(offsets).catch(() => undefined);
  }

  /** Twice: what `reading` was about to connect when it was ended must not stay connected. */
  async #disconnect(reading: Promise<void>): Promise<void> {
    if (this.fetched && !this.#over) this.#report();
    this.#over = true;
    this.#rest.abort();
    this.#reading.queue.wake();
    await this.#close();
    await atMost(500, reading);
    await this.#close();
  }

  #close(): Promise<void> {
    return atMost(1_000, Promise.all([this.#consumer.disconnect(), this.#admin.disconnect()]));
  }
}
