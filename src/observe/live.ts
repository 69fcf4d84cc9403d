/** The feed of the operators' page: what was answered in the last minute, second by second. */

import { answers, type AnswerEvent } from '../core/channels.js';
import type { LiveSnapshot } from '../serve/admin-answers.js';
import { bucketOf, latencyHistogram, quantile, type LatencyHistogram } from './latency-histogram.js';

const SECONDS = 60;
/** One more for the second that is still running: it is not shown, since it is not whole yet. */
const SLOTS = SECONDS + 1;

type TierCounts = { -readonly [Tier in keyof LiveSnapshot['tiers']]: number };

interface Slot {
  /** Which second since the clock's zero the counts are of. */
  second: number;
  requests: number;
  tiers: TierCounts;
  readonly latencies: LatencyHistogram;
}

type LiveAnswers = Omit<LiveSnapshot, 'log'>;

export interface Live {
  snapshot(): LiveAnswers;
  /** Ends the subscription. */
  close(): void;
}

const noTiers = (): TierCounts => ({ personal: 0, cold: 0, popular: 0, static: 0 });
const tierNames = Object.keys(noTiers()) as readonly (keyof TierCounts)[];

/** `now` is a steady clock in milliseconds. */
export function watchLive(now: () => number = () => performance.now()): Live {
  const started = now();
  const slots = Array.from({ length: SLOTS }, (): Slot => ({
    second: -1,
    requests: 0,
    tiers: noTiers(),
    latencies: latencyHistogram(),
  }));

  function record({ tier, seconds }: AnswerEvent): void {
    const second = Math.floor(now() / 1000);
    const slot = slots[second % SLOTS]!;
    if (slot.second !== second) reuse(slot, second);
    slot.requests++;
    slot.tiers[tier]++;
    slot.latencies[bucketOf(seconds)]!++;
  }

  /** The last whole seconds, oldest first; undefined where nothing was answered. */
  function window(): (Slot | undefined)[] {
    const running = Math.floor(now() / 1000);
    return Array.from({ length: SECONDS }, (_, i) => {
      const second = running - SECONDS + i;
      return slots.find((slot) => slot.second === second);
    });
  }

  return {
    snapshot: () => ({ uptimeSeconds: (now() - started) / 1000, ...summarise(window()) }),
    close: answers.subscribe(record),
  };
}

function reuse(slot: Slot, second: number): void {
  slot.second = second;
  slot.requests = 0;
  slot.tiers = noTiers();
  slot.latencies.fill(0);
}

function summarise(window: readonly (Slot | undefined)[]): Omit<LiveAnswers, 'uptimeSeconds'> {
  const latencies = latencyHistogram();
  const tiers = noTiers();
  for (const slot of window) {
    if (slot === undefined) continue;
    for (const [bucket, count] of slot.latencies.entries()) latencies[bucket]! += count;
    for (const tier of tierNames) tiers[tier] += slot.tiers[tier];
  }
  const requests = window.map((slot) => slot?.requests ?? 0);
  const total = requests.reduce((sum, count) => sum + count, 0);
  for (const tier of tierNames) tiers[tier] /= Math.max(1, total);
  return { requests, p50Ms: inMs(quantile(latencies, 0.5)), p99Ms: inMs(quantile(latencies, 0.99)), tiers };
}

const inMs = (seconds: number | undefined): number | null => (seconds === undefined ? null : seconds * 1000);
