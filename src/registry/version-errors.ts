/** The errors of versions, worded in one place. */

import { fail, type Result } from '../core/errors.js';
import { nearest } from '../core/nearest.js';

/** What owns tensors: a version, or one of its overlays. */
export interface Owner {
  readonly id: string;
  readonly overlay?: number;
}

export interface Place {
  readonly tensor?: string;
  readonly chunk?: number;
}

export function corrupt({ id, overlay }: Owner, why: string, place: Place = {}): Result<never> {
  if (overlay === undefined) {
    return fail('version-corrupt', `version ${id} is damaged: ${why}`, {
      hint: 'Promote another version, then remove this one or import it again.',
      fields: { version: id, ...place },
    });
  }
  return fail('version-corrupt', `overlay ${overlay} of version ${id} is damaged: ${why}`, {
    hint: '`matinee models overlay` builds the next one.',
    fields: { version: id, overlay, ...place },
  });
}

export function unknown(id: string, ids: readonly string[]): Result<never> {
  const guess = nearest(id, ids);
  return fail('version-unknown', `the registry holds no version ${id}`, {
    hint: guess === undefined ? '`matinee models list` shows what it holds.' : `Did you mean ${guess}?`,
    fields: { version: id },
  });
}

export const unknownOverlay = (id: string, overlay: number, newest: number): Result<never> =>
  fail('version-unknown', `version ${id} has no overlay ${overlay}`, {
    hint: newest === 0 ? '`matinee models overlay` builds the first.' : `The newest one is ${newest}.`,
    fields: { version: id, overlay },
  });
