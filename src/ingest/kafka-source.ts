/** A Kafka topic as a source of log lines: sessions follow one another for as long as the source is open. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { succeed, type Result } from '../core/errors.js';
import type { KafkaAddress } from './kafka/address.js';
import { kafkaClients } from './kafka/clients.js';
import { EventQueue } from './kafka/event-queue.js';
import { faultOf } from './kafka/faults.js';
import { KafkaPositions } from './kafka/positions.js';
import { KafkaSession, type KafkaTimings, type Reading } from './kafka/session.js';
import { StandingFaults } from './kafka/standing-faults.js';
import { Suspects } from './kafka/suspects.js';
import type { Source, SourceEvent, SourceOptions } from './source.js';

const pollMs = 50;
const queueBytesMax = 8 * 1024 * 1024;
const retryMsMin = 250;
const retryMsMax = 10_000;
const usualTimings: KafkaTimings = { watchMs: 5_000, stallMs: 20_000, barMs: 600_000 };

export interface KafkaSource extends Source {
  /** The next offset to give, by partition; empty until the topic has been seen. */
  given(): ReadonlyMap<number, number>;
}

/**
 * Opens at once, whether or not the brokers answer: what is in the way comes as a fault, and reading begins by itself when
 * it is gone. Fails only for what no waiting can mend: an address that is none, a CA file that cannot be read.
 */
export function openKafkaSource(
  address: KafkaAddress,
  options: SourceOptions,
  timings: KafkaTimings = usualTimings,
): Promise<Result<KafkaSource>> {
  const clients = kafkaClients(address);
  return Promise.resolve(clients.ok ? succeed(new Sessions(clients.value, address, options, timings)) : clients);
}

class Sessions implements KafkaSource {
  readonly topic: string;
  readonly #untilEnd: boolean;
  readonly #reading: Reading;
  readonly #closing = new AbortController();
  #session: KafkaSession | undefined;
  readonly #sessions: Promise<void>;

  constructor(clients: () => Kafka, address: KafkaAddress, options: SourceOptions, timings: KafkaTimings) {
    this.topic = address.topic;
    this.#untilEnd = options.untilEnd;
    const queue = new EventQueue(queueBytesMax);
    this.#reading = {
      address,
      from: options.from,
      positions: new KafkaPositions(options.positions),
      queue,
      faults: new StandingFaults((event) => queue.push(event)),
      suspects: new Suspects(timings.barMs),
      timings,
      stored: new Map(),
    };
    this.#sessions = this.#runSessions(clients);
  }

  async pull(): Promise<SourceEvent> {
    const { queue, positions } = this.#reading;
    const event = await queue.take(this.#untilEnd && positions.reachedGoal ? 0 : pollMs);
    if (event === undefined) return { kind: this.#untilEnd && positions.reachedGoal ? 'end' : 'idle' };
    if (event.kind === 'lines') positions.give(event.chunk.partition, event.chunk.next);
    if (event.kind === 'gap') positions.give(event.partition, event.to);
    return event;
  }

  lag(): ReadonlyMap<number, number> {
    return this.#reading.positions.lag();
  }

  given(): ReadonlyMap<number, number> {
    return this.#reading.positions.given();
  }

  committed(stored: ReadonlyMap<number, number>): void {
    this.#reading.stored = new Map(stored);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#session?.end();
    await this.#sessions;
  }

  async #runSessions(clients: () => Kafka): Promise<void> {
    const { signal } = this.#closing;
    for (let retryMs = retryMsMin; !signal.aborted;) {
      const session = new KafkaSession(clients(), this.#reading);
      this.#session = session;
      try {
        await session.run();
        retryMs = retryMsMin;
      } catch (error) {
        this.#reading.faults.raise('session', faultOf(error, this.#reading.address));
        retryMs = session.fetched ? retryMsMin : Math.min(2 * retryMs, retryMsMax);
      }
      await sleep(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
