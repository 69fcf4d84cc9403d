/**
 * The rows of a batch in order of user, so that a user's history is read and written once a commit, and histories in ascending order.
 * Numbers of rows count viewings first, then ratings, then creations.
 */

import type { Batch } from './batch.js';
import { VIEWINGS_MAX } from './viewing-table.js';

/** Users are below 2^34 and rows below 2^19: both fit into the 53 bits of one number, which the native sort puts in order. */
const ROWS = 2 ** 19;

const RATINGS_FROM = VIEWINGS_MAX;

export interface UserRows {
  readonly user: number;
  /** Numbers of the first rows of pairs in the viewing table. */
  readonly viewings: number[];
  /** Indexes into the batch's ratings and creations. */
  readonly ratings: number[];
  readonly creations: number[];
}

export function* userGroups(batch: Batch): Iterable<UserRows> {
  const { viewings, ratings, creations } = batch;
  const keys = new Float64Array(viewings.count + ratings.length + creations.length);
  let n = 0;
  for (let row = 0; row < viewings.count; row++) {
    if (viewings.isHead(row)) keys[n++] = viewings.user(row) * ROWS + row;
  }
  const creationsFrom = RATINGS_FROM + ratings.length;
  for (const [i, { user }] of ratings.entries()) keys[n++] = user * ROWS + RATINGS_FROM + i;
  for (const [i, { user }] of creations.entries()) keys[n++] = user * ROWS + creationsFrom + i;
  const sorted = keys.subarray(0, n).sort();

  for (let at = 0; at < n;) {
    const group: UserRows = { user: Math.floor(sorted[at]! / ROWS), viewings: [], ratings: [], creations: [] };
    const end = (group.user + 1) * ROWS;
    for (; at < n && sorted[at]! < end; at++) {
      const row = sorted[at]! - group.user * ROWS;
      if (row < RATINGS_FROM) group.viewings.push(row);
      else if (row < creationsFrom) group.ratings.push(row - RATINGS_FROM);
      else group.creations.push(row - creationsFrom);
    }
    yield group;
  }
}
