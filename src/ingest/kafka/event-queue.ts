/** Events between kafkajs, which pushes, and the one who pulls: bounded by the bytes of its chunks. */

import type { SourceEvent } from '../source.js';
import { pause } from './pause.js';

export class EventQueue {
  readonly #bytesMax: number;
  #events: SourceEvent[] = [];
  #bytes = 0;
  #wakeTaker: (() => void) | undefined;
  #wakePusher: (() => void) | undefined;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get full(): boolean {
    return this.#bytes >= this.#bytesMax;
  }

  push(event: SourceEvent): void {
    this.#events.push(event);
    this.#bytes += bytesOf(event);
    this.#wakeTaker?.();
  }

  /** The oldest event; undefined when none has come within `waitMs`. */
  async take(waitMs: number): Promise<SourceEvent | undefined> {
    if (this.#events.length === 0) await pause(waitMs, (wake) => (this.#wakeTaker = wake));
    this.#wakeTaker = undefined;
    const event = this.#events.shift();
    if (event === undefined) return undefined;
    this.#bytes -= bytesOf(event);
    this.#wakePusher?.();
    return event;
  }

  /** Resolves as soon as something was taken, at the latest after `waitMs`. */
  async room(waitMs: number): Promise<void> {
    await pause(waitMs, (wake) => (this.#wakePusher = wake));
    this.#wakePusher = undefined;
  }

  /** Forgets the lines and gaps of a partition. */
  drop(partition: number): void {
    this.#events = this.#events.filter((event) => partitionOf(event) !== partition);
    this.#bytes = this.#events.reduce((sum, event) => sum + bytesOf(event), 0);
    this.#wakePusher?.();
  }

  /** Lets both sides go on at once. */
  wake(): void {
    this.#wakeTaker?.();
    this.#wakePusher?.();
  }
}

const bytesOf = (event: SourceEvent): number => (event.kind === 'lines' ? event.chunk.bytes.length : 0);

function partitionOf(event: SourceEvent): number | undefined {
  if (event.kind === 'lines') return event.chunk.partition;
  return event.kind === 'gap' ? event.partition : undefined;
}
