/**
 * What users say of themselves, read: user id → profile, and whose words are still to be read. Derived from `users` and the
 * catalogue: it can be made anew at any time, and is no part of the canonical text or of snapshots.
 *
 * Two databases: `profiles` (user → bytes) and `profile-queue` ([lane, user]).
 */

import type { Database, RootDatabase } from 'lmdb';
import { decodeProfile, encodeProfile, type StoredProfile } from './profile-codec.js';
import type { Transact } from './transaction.js';

export type { StoredProfile } from './profile-codec.js';

/** `new`: what users have just said; `again`: to be read anew by newer rules; `model`: to be read by a language model, too. */
const lanes = ['new', 'again', 'model'] as const;
export type ProfileLane = (typeof lanes)[number];

export interface Profiles {
  get(user: number): StoredProfile | undefined;
  /** Replaces what is stored; undefined removes it. */
  put(user: number, profile: StoredProfile | undefined): void;
  count(): number;
  /** Into a lane of the queue. */
  want(user: number, lane?: ProfileLane): void;
  /** The first users of a lane, ascending, of those whose number is `from` or above; they stay there until they are settled. */
  wanted(lane: ProfileLane, limit: number, from?: number): number[];
  /** Out of a lane. */
  settled(user: number, lane: ProfileLane): void;
  /** Length of the queue, all lanes together. */
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
      });
    },
    count: () => entries(rows),
    want: (user, lane = 'new') => {
      transact(() => queue!.putSync([lanes.indexOf(lane), user], noValue));
    },
    wanted: (lane, limit, from = 0) => {
      const at = lanes.indexOf(lane);
      return Array.from(queue?.getKeys({ start: [at, from], end: [at + 1, 0], limit }) ?? [], ([, user]) => user);
    },
    settled: (user, lane) => {
      transact(() => queue!.removeSync([lanes.indexOf(lane), user]));
    },
    waiting: () => entries(queue),
  };
}
