/** The hyper-parameters of the linear autoencoder: meaning, limits and defaults. */

import type { Result } from '../core/errors.js';
import { real, summingLimits, withinLimits } from './limits.js';
import type { PriorParameters } from './prior.js';

export interface LinearParameters extends PriorParameters {
  /** d: directions kept, the largest ones; fewer when the data has fewer. */
  readonly dimensions: number;
  /** λ of the ridge regression: how much must speak for a direction before it counts half. */
  readonly lambda: number;
  /** Weight of a film liked not at all, −4…1: dataset/weight.ts. */
  readonly floor: number;
  /** A film that k films of the history follow counts (1 + k)^−recency in it, 0…4; 0: old ones count as new ones. */
  readonly recency: number;
  readonly seed: number;
}

/** Chosen on validation cuts of the bundled data: docs/training.md. */
export const linearDefaults: LinearParameters = {
  dimensions: 64,
  lambda: 100,
  floor: 0.5,
  recency: 0.6,
  prior: 0.05,
  halfLifeDays: 60,
  seed: 1,
};

const limits = { ...summingLimits, lambda: real(1e-3, 1e9) };

/** Errors: usage, naming the first value out of its limits. */
export const checkLinearParameters = (parameters: LinearParameters): Result<LinearParameters> =>
  withinLimits(parameters, limits);
