/** Errors cross a thread border as plain data: a structured clone of an Error keeps neither its class nor its fields. */

import { fail, type ErrorCode, type Result } from '../core/errors.js';

export type Packed<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      readonly hint: string | undefined;
      readonly fields: Readonly<Record<string, string | number>>;
    };

export function packFailure<T>(result: Result<T>): Packed<T> {
  if (result.ok) return result;
  const { code, message, hint, fields } = result.error;
  return { ok: false, code, message, hint, fields };
}

export function unpackFailure<T>(packed: Packed<T>): Result<T> {
  if (packed.ok) return packed;
  const { code, message, hint, fields } = packed;
  return fail(code, message, { fields, ...(hint === undefined ? {} : { hint }) });
}
