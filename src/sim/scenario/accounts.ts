/**
 * Which users the attackers are. Of a world's users the highest tenth have no account when the log begins, and viewers sign
 * up from its lower end. Attackers take theirs from its upper end: the first act with accounts of its own has the highest
 * ids, the next those below.
 */

import type { Act } from './scenario.js';
import type { SimWorld } from '../world.js';

export interface AccountRange {
  readonly highest: number;
  readonly lowest: number;
}

const accountsOf = ({ parameters }: Act): number => Number(parameters.accounts ?? 0);

export const accountsNeeded = (acts: readonly Act[]): number => acts.reduce((sum, act) => sum + accountsOf(act), 0);

/** Undefined for an act without accounts of its own. */
export function accountRange({ users, firstUser }: SimWorld, acts: readonly Act[], act: Act): AccountRange | undefined {
  const highest = firstUser + users - 1 - accountsNeeded(acts.slice(0, acts.indexOf(act)));
  const count = accountsOf(act);
  return count === 0 ? undefined : { highest, lowest: highest - count + 1 };
}
