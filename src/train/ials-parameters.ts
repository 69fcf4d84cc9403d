/** The hyper-parameters of implicit least squares: meaning, limits and defaults. */

import { fail, succeed, type Result } from '../core/errors.js';

export interface IalsParameters {
  /** d: numbers in a factor row. */
  readonly dimensions: number;
  /** An observed pair of weight w counts 1 + αw, any other pair 1. */
  readonly alpha: number;
  /** λ of a row = reg · (Σ αw of the row + rows of the other side)^regScaling. */
  readonly reg: number;
  readonly regScaling: number;
  readonly iterations: number;
  readonly seed: number;
}

/** Chosen on a validation cut of the bundled data: docs/training.md. */
export const ialsDefaults: IalsParameters = {
  dimensions: 64,
  alpha: 4,
  reg: 0.75,
  regScaling: 0.5,
  iterations: 15,
  seed: 1,
};

interface Limit {
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
}

const limits: Record<keyof IalsParameters, Limit> = {
  dimensions: { from: 1, to: 256, whole: true },
  alpha: { from: 1e-6, to: 1e6, whole: false },
  reg: { from: 1e-9, to: 1e9, whole: false },
  regScaling: { from: 0, to: 2, whole: false },
  iterations: { from: 1, to: 1000, whole: true },
  seed: { from: 0, to: 2 ** 32 - 1, whole: true },
};

/** Errors: usage, naming the first value out of its limits. */
export function checkIalsParameters(parameters: IalsParameters): Result<IalsParameters> {
  for (const [name, { from, to, whole }] of Object.entries(limits)) {
    const value = parameters[name as keyof IalsParameters];
    if (value >= from && value <= to && (!whole || Number.isInteger(value))) continue;
    const kind = whole ? 'a whole number' : 'a number';
    return fail('usage', `${name} is ${value}; it must be ${kind} from ${from} to ${to}`, { fields: { name, value } });
  }
  return succeed(parameters);
}
