/** Test cases: what is known of each test user, and what a good list would hold. */

import type { Interactions } from '../dataset/interactions.js';
import { byUser } from '../dataset/sparse.js';
import type { Split } from '../dataset/split.js';
import type { Stranger } from '../engine/strangers.js';

export interface TestCase {
  /** User id. */
  readonly user: number;
  /** Dense films that the user is known to have met, oldest first; empty for a cold user. */
  readonly history: Int32Array;
  /** How much each film of `history` was liked, 0…1; NaN when nothing is known of it. */
  readonly preferences: Float32Array;
  /** Dense films to be found, at least one. */
  readonly relevant: ReadonlySet<number>;
  /** Dense films that are ranked; absent: all that the user has not met. */
  readonly candidates?: Int32Array;
  /** What the user wrote, and when: milliseconds since 1970, 0 when unknown. */
  readonly text?: { readonly words: string; readonly writtenMs: number };
  /** What was made of the text, in dense films: what is known of a user without a history. No taste, where that is nothing. */
  readonly stranger?: Pick<Stranger, 'seen'> & Partial<Stranger>;
}

/** One round of training and asking. */
export interface Cut {
  /** E.g. `rolling 30 %`. */
  readonly name: string;
  /** With the users and films (dense numbering and vocabulary) of all cuts. */
  readonly train: Interactions;
  readonly cases: readonly TestCase[];
  /** Every training interaction must be strictly before it, milliseconds since 1970. */
  readonly cutMs?: number;
  /** True where no test user may be in the training half. */
  readonly strangers?: boolean;
}

/** One case for each user with a test interaction, in order of user. */
export function testCases({ train, test }: Split): TestCase[] {
  const known = byUser(train, train.preference);
  const asked = byUser(test);
  const cases: TestCase[] = [];
  for (const [dense, user] of train.users.entries()) {
    const relevant = new Set(rowOf(asked.indices, asked.indptr, dense));
    if (relevant.size === 0) continue;
    const history = rowOf(known.indices, known.indptr, dense);
    cases.push({ user, history, preferences: rowOf(known.values, known.indptr, dense), relevant });
  }
  return cases;
}

/** Nothing is known of the user. */
export const isCold = ({ history, text }: TestCase): boolean => history.length === 0 && text === undefined;

const rowOf = <Column extends Interactions['filmOf'] | Interactions['preference']>(
  column: Column,
  indptr: Int32Array,
  row: number,
): Column => column.subarray(indptr[row], indptr[row + 1]) as Column;
