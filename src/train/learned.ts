/** The matrix that a model learns from: every interaction by its weight, those that weigh nothing left out. */

import { fail, succeed, type Result } from '../core/errors.js';
import type { Interactions } from '../dataset/interactions.js';
import { byUser } from '../dataset/sparse.js';
import { weightOf } from '../dataset/weight.js';
import type { Csr } from '../linalg/csr.js';

/**
 * users × films, every value more than 0; `floor` as in dataset/weight.ts. Errors: data-missing, when nothing is left.
 */
export function learnedMatrix(interactions: Interactions, floor: number): Result<Csr> {
  const { users, films, userOf, filmOf, preference } = interactions;
  if (userOf.length === 0) {
    return fail('data-missing', 'there is no interaction to train on', { hint: 'Run `matinee import` first.' });
  }
  const weights = preference.map((liked) => weightOf(liked, floor));
  const counts = (_: number, i: number): boolean => weights[i]! > 0;
  if (weights.every(counts)) return succeed(byUser(interactions, weights));
  const kept = { users, films, userOf: userOf.filter(counts), filmOf: filmOf.filter(counts) };
  if (kept.userOf.length > 0) return succeed(byUser(kept, weights.filter(counts)));
  return fail('data-missing', `no interaction weighs more than 0 with a floor of ${floor}`, {
    hint: 'Give a higher floor; 1 weighs all alike.',
  });
}
