/**
 * How far each partition has been read, and what its log still holds of it. Three offsets rule a partition:
 *
 *   low ........ given ........ queued ........ high
 *                     in our queue    in Kafka
 *
 * `low` and `high` bound what Kafka holds. Retention may push `low` beyond `queued`: a gap, lines lost unread. A topic made
 * anew, or a log that lost its end, leaves `high` before `queued`: the same offsets will then name other lines, and we wait
 * until the log has grown to where we stand.
 */

import type { SourceOptions } from '../source.js';
import type { Limits } from './limits.js';

export interface Gap {
  readonly kind: 'gap';
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

interface Place {
  given: number;
  queued: number;
  high: number;
  /** `high` as it was found at the start. */
  readonly goal: number;
  /** Set while the log ends before `queued`: where it ended when that was seen first. */
  endedAt: number | undefined;
}

export class KafkaPositions {
  readonly #stored: SourceOptions['positions'];
  readonly #places = new Map<number, Place>();

  constructor(stored: SourceOptions['positions']) {
    this.#stored = stored;
  }

  /** Nothing is known of the topic yet. */
  get unknown(): boolean {
    return this.#places.size === 0;
  }

  get partitions(): number[] {
    return [...this.#places.keys()];
  }

  queued(partition: number): number {
    return this.#places.get(partition)!.queued;
  }

  /** Where the log ended before our position, while it does. */
  endedAt(partition: number): number | undefined {
    return this.#places.get(partition)!.endedAt;
  }

  /** Lines in Kafka that are not yet in our queue. */
  waiting(partition: number): number {
    const { high, queued } = this.#places.get(partition)!;
    return high - queued;
  }

  /**
   * Takes in what the log holds while nothing is being fetched. A partition seen for the first time begins as stored, else at
   * `starts`, else at its low. Returns what was lost.
   */
  survey(limits: readonly Limits[], starts: ReadonlyMap<number, number>): Gap[] {
    for (const { partition, low, high } of limits) {
      if (this.#places.has(partition)) continue;
      const start = this.#stored.get(partition) ?? starts.get(partition) ?? low;
      this.#places.set(partition, { given: start, queued: start, high, goal: high, endedAt: undefined });
    }
    for (const { partition, high } of limits) {
      if (high < this.queued(partition)) this.lost(partition, high);
    }
    const expired = limits.filter(({ partition, low }) => low > this.queued(partition));
    return [...this.observe(limits), ...expired.map(({ partition, low }) => this.skipTo(partition, low))];
  }

  /**
   * Takes in what the log held a moment ago, while fetching goes on: fetched lines may be ahead of these limits, so only a
   * partition that waits for its log to grow learns from them. Returns what such a one has lost.
   */
  observe(limits: readonly Limits[]): Gap[] {
    const gaps: Gap[] = [];
    for (const { partition, high } of limits) {
      const place = this.#places.get(partition);
      if (place === undefined) continue;
      place.high = Math.max(high, place.high);
      if (place.endedAt === undefined || high < place.queued) continue;
      gaps.push({ kind: 'gap', partition, from: place.endedAt, to: place.queued });
      place.endedAt = undefined;
    }
    return gaps;
  }

  /** The partition goes on at `to`: what lies between is lost. */
  skipTo(partition: number, to: number): Gap {
    const place = this.#places.get(partition)!;
    const gap: Gap = { kind: 'gap', partition, from: place.queued, to };
    place.queued = to;
    return gap;
  }

  /** The log was seen to end at `high`, before our position. */
  lost(partition: number, high: number): void {
    const place = this.#places.get(partition)!;
    place.endedAt ??= high;
    place.high = high;
  }

  enqueue(partition: number, next: number, high: number): void {
    const place = this.#places.get(partition)!;
    place.queued = next;
    place.high = Math.max(high, next);
  }

  give(partition: number, next: number): void {
    const place = this.#places.get(partition)!;
    place.given = Math.max(place.given, next);
  }

  /** What the queue held of the partition was thrown away. */
  rewind(partition: number): void {
    const place = this.#places.get(partition)!;
    place.queued = Math.max(place.given, this.#stored.get(partition) ?? 0);
  }

  /** The next offset to give. */
  given(): Map<number, number> {
    return new Map([...this.#places].map(([partition, { given }]) => [partition, given]));
  }

  /** Everything that stood in the topic at the start has been given. */
  get reachedGoal(): boolean {
    return this.#places.size > 0 && [...this.#places.values()].every(({ given, goal }) => given >= goal);
  }

  lag(): Map<number, number> {
    return new Map([...this.#places].map(([partition, { given, high }]) => [partition, Math.max(0, high - given)]));
  }
}
