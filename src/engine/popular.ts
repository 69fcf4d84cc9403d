/** The popular rung's list: films by the number of users who met them, as the state counts them. */

import type { State } from '../store/state.js';
import { LIST_LENGTH, policyNamed } from './policy.js';

/** Film ids, most users first, ties to the film that the catalogue knew first; only what the policy allows. */
export function mostPopular(state: State, policyName: string): string[] {
  const policy = policyNamed(policyName);
  const users = state.viewers.counts(state.films.count());
  const list: string[] = [];
  for (const film of Uint32Array.from(users.keys()).sort((a, b) => users[b]! - users[a]! || a - b)) {
    if (list.length === LIST_LENGTH) break;
    const known = state.films.get(film)!;
    if (policy.allows(known)) list.push(known.id);
  }
  return list;
}
