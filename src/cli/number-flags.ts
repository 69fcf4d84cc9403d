/** Flags that take a number: parsers for commander that refuse in our words. */

import { MatineeError } from '../core/errors.js';

/** `flag` is what the refusal names. Throws usage. */
export const wholeNumberFlag =
  (flag: string, low: number, high: number) =>
  (text: string): number => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    return value >= low && value <= high ? value : refuseFlag(flag, text, `a whole number from ${low} to ${high}`);
  };

export const positiveFlag =
  (flag: string) =>
  (text: string): number => {
    const value = Number(text);
    return value > 0 && Number.isFinite(value) ? value : refuseFlag(flag, text, 'a number above 0');
  };

/** `allowed` completes "must be …". */
export function refuseFlag(flag: string, text: string, allowed: string): never {
  throw new MatineeError('usage', `${flag} must be ${allowed}, not ${text}`);
}
