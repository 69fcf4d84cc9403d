/** Test cases: what is known of each test user, and what a good list would hold. */

import assert from 'node:assert/strict';
import type { Interactions } from '../dataset/interactions.js';
import { byUser } from '../dataset/sparse.js';
import type { Split } from '../dataset/split.js';

export interface TestCase {
  /** User id. */
  readonly user: number;
  /** Dense films of the training half, oldest first; empty for a cold user. */
  readonly history: Int32Array;
  /** How much each film of `history` was liked, 0…1; NaN when nothing is known of it. */
  readonly preferences: Float32Array;
  /** Dense films of the test half, at least one. */
  readonly relevant: ReadonlySet<number>;
}

/** One case for each user with a test interaction, in order of user. Asserts that no answer stands in the history. */
export function testCases({ train, test }: Split): TestCase[] {
  const known = byUser(train, train.preference);
  const asked = byUser(test);
  const cases: TestCase[] = [];
  for (const [dense, user] of train.users.entries()) {
    const relevant = new Set(rowOf(asked.indices, asked.indptr, dense));
    if (relevant.size === 0) continue;
    const history = rowOf(known.indices, known.indptr, dense);
    for (const film of history) assert(!relevant.has(film), `leak: user ${user} trained on test film ${film}`);
    cases.push({ user, history, preferences: rowOf(known.values, known.indptr, dense), relevant });
  }
  return cases;
}

export const isCold = ({ history }: TestCase): boolean => history.length === 0;

const rowOf = <Column extends Interactions['filmOf'] | Interactions['preference']>(
  column: Column,
  indptr: Int32Array,
  row: number,
): Column => column.subarray(indptr[row], indptr[row + 1]) as Column;
