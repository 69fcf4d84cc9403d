/** Folds over users, for the protocols whose test users are strangers to the training. */

import { shuffled, type Random } from '../../core/random.js';

export const folds = 5;

/** Of each user. Of equal size, but for one user. */
export function seededFolds(users: number, draws: Random): Uint8Array {
  const foldOf = new Uint8Array(users);
  for (const [place, user] of shuffled(foldOf.keys(), draws).entries()) foldOf[user] = place % folds;
  return foldOf;
}
