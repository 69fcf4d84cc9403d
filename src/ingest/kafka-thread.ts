/**
 * A Kafka topic read by a thread of its own: the side of the one who pulls. The thread sends events some way ahead; when it
 * dies, that is told, and another one goes on behind what the last one sent.
 */

import { Worker } from 'node:worker_threads';
import { endThread } from '../core/end-thread.js';
import { MatineeError, succeed, type Result } from '../core/errors.js';
import { built } from '../core/package.js';
import { checkAddress, type KafkaAddress } from './kafka/address.js';
import { unpacked, type FromReader, type ReadingOrder, type ToReader } from './kafka/messages.js';
import { pause } from './kafka/pause.js';
import type { KafkaTimings } from './kafka/session.js';
import type { Source, SourceEvent, SourceOptions } from './source.js';

const POLL_MS = 50;
const RESTART_MS = 1_000;
/** For what the source has to say to the brokers; after it the thread is ended. */
const CLOSE_MS = 2_000;

/** Opens, and fails, as `openKafkaSource` does. */
export function openKafkaThread(address: KafkaAddress, options: SourceOptions, timings?: KafkaTimings): Result<Source> {
  const checked = checkAddress(address);
  return checked.ok ? succeed(new KafkaThread({ ...options, address, timings })) : checked;
}

/** An event that was not yet pulled. */
interface Heard {
  readonly event: SourceEvent;
  readonly lag: ReadonlyMap<number, number>;
  readonly release: () => void;
}

class KafkaThread implements Source {
  readonly topic: string;
  #order: ReadingOrder;
  #thread: Worker;
  #reason: Error | undefined;
  /** A thread has died, and the next one has not yet seen the topic. */
  #renewing = false;
  #restart: NodeJS.Timeout | undefined;
  #closing = false;
  readonly #heard: Heard[] = [];
  #wake: (() => void) | undefined;
  #lag: ReadonlyMap<number, number> = new Map();

  constructor(order: ReadingOrder) {
    this.topic = order.address.topic;
    this.#order = order;
    this.#thread = this.#start();
  }

  async pull(): Promise<SourceEvent> {
    if (this.#heard.length === 0) await pause(POLL_MS, (wake) => (this.#wake = wake));
    this.#wake = undefined;
    const heard = this.#heard[0];
    if (heard === undefined) return { kind: 'idle' };
    this.#lag = heard.lag;
    // The end stays, to be said again.
    if (heard.event.kind !== 'end') this.#heard.shift();
    heard.release();
    return heard.event;
  }

  lag(): ReadonlyMap<number, number> {
    return this.#lag;
  }

  committed(positions: ReadonlyMap<number, number>): void {
    tell(this.#thread, { kind: 'committed', positions });
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearTimeout(this.#restart);
    const request: ToReader = { kind: 'close' };
    await endThread(this.#thread, request, CLOSE_MS);
  }

  #start(): Worker {
    const thread = new Worker(built('src/ingest/kafka-worker.js'), { workerData: this.#order, name: 'kafka' });
    thread.on('message', (message: FromReader) => {
      this.#take(thread, message);
    });
    thread.on('error', (error) => (this.#reason = error));
    // Comes after all that the thread has sent.
    thread.on('exit', () => {
      if (!this.#closing) this.#replace();
    });
    return thread;
  }

  #take(thread: Worker, { event, weight, given, lag }: FromReader): void {
    this.#order = { ...this.#order, positions: new Map([...this.#order.positions, ...given]) };
    if (this.#renewing && (given.size > 0 || event.kind === 'fault')) {
      this.#renewing = false;
      // What is in its way it will take back by itself.
      if (event.kind !== 'fault') this.#hear({ event: { kind: 'recovered' }, lag, release: () => undefined });
    }
    const release = (): void => {
      tell(thread, { kind: 'taken', weight });
    };
    this.#hear({ event: unpacked(event), lag, release });
  }

  #hear(heard: Heard): void {
    this.#heard.push(heard);
    this.#wake?.();
  }

  #replace(): void {
    const { topic } = this;
    const error = new MatineeError(
      'worker-died',
      `the thread that reads topic '${topic}' died${because(this.#reason)}`,
      {
        hint: 'Another one goes on where it was. If it stays so, report it with this message.',
        fields: { topic },
      },
    );
    this.#renewing = true;
    this.#reason = undefined;
    this.#hear({
      event: { kind: 'fault', error },
      lag: this.#heard.at(-1)?.lag ?? this.#lag,
      release: () => undefined,
    });
    this.#restart = setTimeout(() => (this.#thread = this.#start()), RESTART_MS);
  }
}

const because = (reason: Error | undefined): string => (reason === undefined ? '' : `: ${reason.message}`);

function tell(thread: Worker, message: ToReader): void {
  thread.postMessage(message);
}
