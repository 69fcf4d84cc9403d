/** `users.parquet`: everybody with a profile or a history, by user id. */

import type { State } from '../../store/state.js';
import type { UserProfile } from '../../store/users.js';
import type { Table } from './table.js';

const columns = {
  user_id: 'int64',
  age: 'double?',
  gender: 'string?',
  occupation: 'string?',
  likes: 'string?', // in the user's own words
  dislikes: 'string?',
  created_ts: 'timestamp?', // when the log said that the account was created
  looked_up_ts: 'timestamp?',
  has_profile: 'boolean', // the log or the user API told of the user, not only of a film that the user watched or rated
} as const;

const nothing = { age: null, gender: null, occupation: null, likes: null, dislikes: null };

export const userTable: Table<typeof columns> = {
  name: 'users',
  columns,
  *rows(state) {
    for (const [user, profile] of everybody(state)) {
      const { createdMs, lookedUpMs, ...facts } = profile ?? { ...nothing, createdMs: 0, lookedUpMs: 0 };
      const times = { created_ts: createdMs || null, looked_up_ts: lookedUpMs || null };
      yield { user_id: BigInt(user), ...facts, ...times, has_profile: profile !== undefined };
    }
  },
  restore: ({ users }, rows) => {
    for (const { user_id, created_ts, looked_up_ts, has_profile, ...facts } of rows) {
      if (!has_profile) continue;
      users.put(Number(user_id), { ...facts, createdMs: created_ts ?? 0, lookedUpMs: looked_up_ts ?? 0 });
    }
  },
};

/** Merges two ascending sequences. */
function* everybody({ users, histories }: State): Generator<[user: number, profile: UserProfile | undefined]> {
  const watching = histories.users()[Symbol.iterator]();
  let next = watching.next();
  for (const [user, profile] of users.all()) {
    for (; next.done !== true && next.value <= user; next = watching.next()) {
      if (next.value < user) yield [next.value, undefined];
    }
    yield [user, profile];
  }
  for (; next.done !== true; next = watching.next()) yield [next.value, undefined];
}
