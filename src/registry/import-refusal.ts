/** How an import says no. */

import { fail, type Result } from '../core/errors.js';

/** `path` names the file; `hint` shows how to write it right. */
export const refuse = (path: string, what: string, hint: string, place: Record<string, string> = {}): Result<never> =>
  fail('format-invalid', `${path}: ${what}`, { hint, fields: { file: path, ...place } });
