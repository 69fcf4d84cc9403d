/** Interactions as a sparse matrix. */

import { rowStarts, type Csr } from '../linalg/csr.js';
import type { Interactions } from './interactions.js';

/**
 * users × films; the entries of a row keep the order of the interactions (oldest first).
 * @param weights the value of each interaction; 1 when absent
 */
export function byUser(
  { users, films, userOf, filmOf }: Pick<Interactions, 'users' | 'films' | 'userOf' | 'filmOf'>,
  weights: Float32Array = new Float32Array(userOf.length).fill(1),
): Csr {
  return {
    rows: users.length,
    columns: films.length,
    indptr: rowStarts(userOf, users.length),
    indices: filmOf,
    values: weights,
  };
}
