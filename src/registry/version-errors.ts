/** The errors of versions, worded in one place. */

import { fail, type Result } from '../core/errors.js';
import { nearest } from '../core/nearest.js';

export interface Place {
  readonly tensor?: string;
  readonly chunk?: number;
}

export const corrupt = (id: string, why: string, place: Place = {}): Result<never> =>
  fail('version-corrupt', `version ${id} is damaged: ${why}`, {
    hint: 'Promote another version, then remove this one or import it again.',
    fields: { version: id, ...place },
  });

export function unknown(id: string, ids: readonly string[]): Result<never> {
  const guess = nearest(id, ids);
  return fail('version-unknown', `the registry holds no version ${id}`, {
    hint: guess === undefined ? '`matinee models list` shows what it holds.' : `Did you mean ${guess}?`,
    fields: { version: id },
  });
}
