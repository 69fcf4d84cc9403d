/** The hyper-parameters of implicit least squares: meaning, limits and defaults. */

import type { Result } from '../core/errors.js';
import { real, sharedLimits, whole, withinLimits } from './limits.js';
import type { PriorParameters } from './prior.js';

export interface IalsParameters extends PriorParameters {
  /** d: numbers in a factor row. */
  readonly dimensions: number;
  /** An observed pair of weight w counts 1 + αw, any other pair 1. */
  readonly alpha: number;
  /** λ of a row = reg · (Σ αw of the row + rows of the other side)^regScaling. */
  readonly reg: number;
  readonly regScaling: number;
  readonly iterations: number;
  /** w of a film liked not at all, −4…1: dataset/weight.ts. */
  readonly floor: number;
  readonly seed: number;
}

/** Chosen on a validation cut of the bundled data: docs/training.md. */
export const ialsDefaults: IalsParameters = {
  dimensions: 64,
  alpha: 4,
  reg: 0.75,
  regScaling: 0.5,
  iterations: 15,
  floor: 1,
  prior: 0,
  halfLifeDays: 0,
  seed: 1,
};

const limits = {
  ...sharedLimits,
  alpha: real(1e-6, 1e6),
  reg: real(1e-9, 1e9),
  regScaling: real(0, 2),
  iterations: whole(1, 1000),
};

/** Errors: usage, naming the first value out of its limits. */
export const checkIalsParameters = (parameters: IalsParameters): Result<IalsParameters> =>
  withinLimits(parameters, limits);
