/** The best variant of a weighting for half of the users, judged by the other half: who chose it would flatter it. */

import { random, shuffled } from '../../src/core/random.js';
import type { Interval } from '../../src/evaluate/bootstrap.js';
import { figuresOf } from '../../src/evaluate/figures.js';
import type { Measurement } from '../../src/evaluate/measure.js';

export interface Variant {
  /** Of its contender. */
  readonly name: string;
  readonly weighting: string;
  /** Weight of a film liked not at all; 1 weighs all alike. */
  readonly floor: number;
}

/** Figures of the users who chose nothing. */
export interface Weighed extends Pick<Variant, 'weighting' | 'floor'> {
  readonly value: Interval;
  /** Less that of the baseline, paired; not of that itself. */
  readonly difference?: Interval;
}

/**
 * One of each weighting, in their order.
 * @param which indexes of windows
 * @param variants of the contenders, in their order
 */
export function chosenByHalf(
  measurement: Measurement,
  which: readonly number[],
  variants: readonly Variant[],
  { metric, baseline, seed }: { readonly metric: string; readonly baseline: string; readonly seed: number },
): Weighed[] {
  const isChooser = halfOf(measurement, seed);
  const [choosing, judging] = [which.filter(isChooser), which.filter((window) => !isChooser(window))].map(
    (half) => figuresOf(measurement, half, baseline, seed).models,
  );
  const names = [...new Set(variants.map(({ weighting }) => weighting))];
  return names.map((name) => {
    const own = [...variants.keys()].filter((i) => variants[i]!.weighting === name);
    const valueOf = (i: number): number => choosing![i]!.metrics[metric]!.value;
    const best = own.reduce((before, i) => (valueOf(i) > valueOf(before) ? i : before));
    const { metrics, difference } = judging![best]!;
    const less = difference?.[metric];
    const { weighting, floor } = variants[best]!;
    return { weighting, floor, value: metrics[metric]!, ...(less === undefined ? {} : { difference: less }) };
  });
}

/** Whether a window is of a user who chooses: a seeded half of them. */
function halfOf({ windows }: Measurement, seed: number): (window: number) => boolean {
  const users = [...new Set(windows.map(({ test }) => test.user))];
  const choosers = new Set(shuffled(users, random(seed)).slice(0, users.length >> 1));
  return (window) => choosers.has(windows[window]!.test.user);
}
