/** The limits of hyper-parameters, and how a value outside of them is refused. */

import { fail, succeed, type Result } from '../core/errors.js';

export interface Limit {
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
}

export const whole = (from: number, to: number): Limit => ({ from, to, whole: true });
export const real = (from: number, to: number): Limit => ({ from, to, whole: false });

/** Of parameters that several models have. */
export const sharedLimits = {
  dimensions: whole(1, 256),
  floor: real(-4, 1),
  prior: real(0, 1e6),
  halfLifeDays: real(0, 1e6),
  seed: whole(0, 2 ** 32 - 1),
};

/** Of models that sum a history. */
export const summingLimits = { ...sharedLimits, recency: real(0, 4) };

/** Errors: usage, naming the first value out of its limits. */
export function withinLimits<Parameters extends object>(
  parameters: Parameters,
  limits: Readonly<Record<keyof Parameters, Limit>>,
): Result<Parameters> {
  for (const [name, { from, to, whole: isWhole }] of Object.entries<Limit>(limits)) {
    const value = parameters[name as keyof Parameters] as number;
    if (value >= from && value <= to && (!isWhole || Number.isInteger(value))) continue;
    const kind = isWhole ? 'a whole number' : 'a number';
    return fail('usage', `${name} is ${value}; it must be ${kind} from ${from} to ${to}`, { fields: { name, value } });
  }
  return succeed(parameters);
}
