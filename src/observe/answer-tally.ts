/** Counts every answer on the request path, in plain numbers; labels and sums are made when somebody asks. */

import type { AnswerEvent, Miss, Tier } from '../core/channels.js';

/** Upper bounds of the latency buckets in seconds: the customer gives up at 0.6. */
export const BOUNDS: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.6, 1];

/** The answers that agree in all four labels. */
export interface Series {
  readonly tier: Tier;
  readonly code: number;
  readonly model: string;
  readonly arm: string;
  /** Answers within each bound but not the one below; the last is beyond all bounds. */
  readonly buckets: Float64Array;
  /** Sum of their latencies. */
  seconds: number;
}

export interface AnswerTally {
  record(event: AnswerEvent): void;
  readonly series: readonly Series[];
  readonly misses: Readonly<Record<Miss, number>>;
}

export function createAnswerTally(): AnswerTally {
  const series: Series[] = [];
  const misses: Record<Miss, number> = {
    'no-history': 0,
    unsolved: 0,
    'no-model': 0,
    overloaded: 0,
    deadline: 0,
    'worker-died': 0,
    'invalid-id': 0,
  };

  function seriesOf({ tier, code, model, arm }: AnswerEvent): Series {
    // Newest first: what a service answers with now is at the end, models it has replaced are at the beginning.
    for (let i = series.length - 1; i >= 0; i--) {
      const known = series[i]!;
      if (known.tier === tier && known.model === model && known.arm === arm && known.code === code) return known;
    }
    const created = { tier, code, model, arm, buckets: new Float64Array(BOUNDS.length + 1), seconds: 0 };
    series.push(created);
    return created;
  }

  return {
    series,
    misses,
    record(event) {
      const { seconds, miss } = event;
      const counted = seriesOf(event);
      let bucket = 0;
      while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]!) bucket++;
      counted.buckets[bucket]!++;
      counted.seconds += seconds;
      if (miss !== undefined) misses[miss]++;
    },
  };
}
