/** What the site says of its users: user id → profile. Who only has a history is not in here. */

import type { Database, RootDatabase } from 'lmdb';
import type { UserRecord } from '../world/user-record.js';
import type { Profiles } from './profiles.js';
import type { Transact } from './transaction.js';

export interface UserProfile extends Omit<UserRecord, 'user'> {
  /** When the log said that the account was created, 0 when it did not. */
  readonly createdMs: number;
  /** When the user API last told of the user, 0 for never. */
  readonly lookedUpMs: number;
}

export interface Users {
  count(): number;
  has(user: number): boolean;
  get(user: number): UserProfile | undefined;
  /** What is not given stays as it is stored, or unknown. Who says something else of themselves than before wants a profile. */
  put(user: number, facts: Partial<UserProfile>): void;
  /** User ids, ascending, not below `from`, and not more than `limit`. */
  all(from?: number, limit?: number): Iterable<readonly [user: number, profile: UserProfile]>;
}

type Row = readonly [
  ...[age: number | null, gender: string | null, occupation: string | null],
  ...[likes: string | null, dislikes: string | null, createdMs: number, lookedUpMs: number],
];

const toRow = ({ age, gender, occupation, likes, dislikes, createdMs, lookedUpMs }: UserProfile): Row => [
  ...([age, gender, occupation] as const),
  ...([likes, dislikes, createdMs, lookedUpMs] as const),
];

const toProfile = ([age, gender, occupation, likes, dislikes, createdMs, lookedUpMs]: Row): UserProfile => ({
  ...{ age, gender, occupation },
  ...{ likes, dislikes, createdMs, lookedUpMs },
});

const unknownFacts: UserProfile = {
  ...{ age: null, gender: null, occupation: null },
  ...{ likes: null, dislikes: null, createdMs: 0, lookedUpMs: 0 },
};

/** Whether both come to the same profile. */
export const isSaidAlike = (a: UserProfile, b: UserProfile): boolean =>
  a.likes === b.likes && a.dislikes === b.dislikes && a.age === b.age && a.gender === b.gender;

export function openUsers(root: RootDatabase, transact: Transact, profiles: Profiles): Users {
  const database: Database<Row, number> = root.openDB('users', {});

  const get = (user: number): UserProfile | undefined => {
    const row = database.get(user);
    return row && toProfile(row);
  };

  return {
    count: () => (database.getStats() as { entryCount: number }).entryCount,
    has: (user) => database.doesExist(user),
    get,
    put: (user, facts) => {
      transact(() => {
        const before = get(user) ?? unknownFacts;
        const after = { ...before, ...facts };
        database.putSync(user, toRow(after));
        if (!isSaidAlike(before, after)) profiles.want(user);
      });
    },
    all: (from = 0, limit = Infinity) =>
      database.getRange({ start: from, limit }).map(({ key, value }) => [key, toProfile(value)] as const),
  };
}
