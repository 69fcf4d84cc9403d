/**
 * What users say of themselves, read: user id → profile, and whose words are still to be read. Derived from `users` and the
 * catalogue: it can be made anew at any time, and is no part of the canonical text or of snapshots.
 *
 * Two databases: `profiles` (user → bytes) and `profile-queue` ([lane, user], so that who has just signed up stands in front).
 */

import type { Database, RootDatabase } from 'lmdb';
import { decodeProfile, encodeProfile, type StoredProfile } from './profile-codec.js';
import type { Transact } from './transaction.js';

export type { StoredProfile } from './profile-codec.js';

/** In the order in which they are read: what users have just said, and what is only to be read by newer rules. */
const lanes = ['new', 'again'] as const;
export type ProfileLane = (typeof lanes)[number];

export interface Profiles {
  get(user: number): StoredProfile | undefined;
  /** Replaces what is stored, undefined removes it; the user is no longer in the queue. */
  put(user: number, profile: StoredProfile | undefined): void;
  count(): number;
  /** Into the queue. */
  want(user: number, lane?: ProfileLane): void;
  /** The first of the queue, perhaps one twice; they stay there until they are put. */
  wanted(limit: number): number[];
  /** Whether the user is in the queue. */
  isWanted(user: number): boolean;
  /** Length of the queue. */
  waiting(): number;
}

type QueueKey = [lane: number, user: number];

export function openProfiles(root: RootDatabase, transact: Transact): Profiles {
  // Undefined for who only reads a state that has none yet.
  const rows = root.openDB('profiles', { encoding: 'binary' }) as Database<Buffer, number> | undefined;
  const queue = root.openDB('profile-queue', { encoding: 'binary' }) as Database<Uint8Array, QueueKey> | undefined;
  const noValue = new Uint8Array(0);
  const entries = (database: Database | undefined): number =>
    (database?.getStats() as { entryCount: number } | undefined)?.entryCount ?? 0;

  return {
    get: (user) => {
      const bytes = rows?.getBinaryFast(user);
      return bytes && decodeProfile(bytes);
    },
    put: (user, profile) => {
      transact(() => {
        if (profile === undefined) rows!.removeSync(user);
        else rows!.putSync(user, encodeProfile(profile) as Buffer);
        for (const lane of lanes.keys()) queue!.removeSync([lane, user]);
      });
    },
    count: () => entries(rows),
    want: (user, lane = 'new') => {
      transact(() => queue!.putSync([lanes.indexOf(lane), user], noValue));
    },
    wanted: (limit) => Array.from(queue?.getKeys({ limit }) ?? [], ([, user]) => user),
    isWanted: (user) => lanes.some((_, lane) => queue?.doesExist([lane, user]) ?? false),
    waiting: () => entries(queue),
  };
}
