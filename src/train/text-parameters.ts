/** The hyper-parameters of the text model: meaning, limits and defaults. */

import type { Result } from '../core/errors.js';
import { summingLimits, withinLimits } from './limits.js';
import type { PriorParameters } from './prior.js';

export interface TextParameters extends PriorParameters {
  /** d: directions of the texts, the largest ones; fewer when the texts have fewer. */
  readonly dimensions: number;
  /** Weight of a film liked not at all, −4…1: dataset/weight.ts. */
  readonly floor: number;
  /** A film that k films of the history follow counts (1 + k)^−recency in it, 0…4; 0: old ones count as new ones. */
  readonly recency: number;
  readonly seed: number;
}

/** Chosen on validation cuts of the bundled data: docs/training.md. */
export const textDefaults: TextParameters = {
  dimensions: 64,
  floor: 0.5,
  recency: 0.6,
  prior: 3,
  halfLifeDays: 0,
  seed: 1,
};

/** Errors: usage, naming the first value out of its limits. */
export const checkTextParameters = (parameters: TextParameters): Result<TextParameters> =>
  withinLimits(parameters, summingLimits);
