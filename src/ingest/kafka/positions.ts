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

export interface Limits {
  readonly partition: number;
  readonly low: number;
  readonly high: number;
}

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
  readonly #positionOf: SourceOptions['positionOf'];
  readonly #places = new Map<number, Place>();

  constructor(positionOf: SourceOptions['positionOf']) {
    this.#positionOf = positionOf;
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

  /** Takes in what the log holds now; a partition seen for the first time starts as stored, else at `starts`, else low. */
  survey(limits: readonly Limits[], starts: ReadonlyMap<number, number>): Gap[] {
    const gaps: Gap[] = [];
    for (const { partition, low, high } of limits) {
      let place = this.#places.get(partition);
      if (place === undefined) {
        const start = this.#positionOf(partition) ?? starts.get(partition) ?? low;
        place = { given: start, queued: start, high, goal: high, endedAt: undefined };
        this.#places.set(partition, place);
      }
      place.high = high;
      if (high < place.queued) {
        place.endedAt ??= high;
      } else if (place.endedAt !== undefined) {
        gaps.push({ kind: 'gap', partition, from: place.endedAt, to: place.queued });
        place.endedAt = undefined;
      }
      if (low > place.queued) gaps.push(this.skipTo(partition, low));
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

  /** The log was seen to begin again before our position, and to end at `high`. */
  lost(partition: number, high: number): void {
    this.#places.get(partition)!.endedAt ??= high;
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
    place.queued = Math.max(place.given, this.#positionOf(partition) ?? 0);
  }

  /** Everything that stood in the topic at the start has been given. */
  get reachedGoal(): boolean {
    return this.#places.size > 0 && [...this.#places.values()].every(({ given, goal }) => given >= goal);
  }

  lag(): Map<number, number> {
    return new Map([...this.#places].map(([partition, { given, high }]) => [partition, Math.max(0, high - given)]));
  }
}
