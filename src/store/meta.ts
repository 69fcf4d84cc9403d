/**
 * What a state says of itself: the layout it was written in, the log it was filled from, its rating scale, by what its profiles
 * were made.
 */

import { randomUUID } from 'node:crypto';
import type { Database, RootDatabase } from 'lmdb';

/** Raised when a stored byte changes its meaning. */
export const STATE_LAYOUT = 3;

export interface Meta {
  /** 0 while the state is being made. */
  layout(): number;
  /** To be called when all databases exist: whoever finds a layout finds a whole state. */
  begin(): void;
  /** Tells this state from every other one. */
  id(): string;
  /** Kafka topic or folder name; undefined before the first line. */
  topic(): string | undefined;
  setTopic(topic: string): void;
  /** The highest rating of the scale: the configured one, or that learned so far. */
  ratingHigh(): number | undefined;
  setRatingHigh(high: number): void;
  /** By what the profiles were made; undefined before the first. */
  profilesMadeBy(): ProfilesMadeBy | undefined;
  setProfilesMadeBy(by: ProfilesMadeBy): void;
}

/** When everybody's words were last read anew. */
export interface ProfilesMadeBy {
  readonly rules: string;
  /** So many films were known then. */
  readonly films: number;
}

export function openMeta(root: RootDatabase): Meta {
  const database: Database<string | number | ProfilesMadeBy, string> = root.openDB('meta', {});
  return {
    // A reader may come before there is even this database.
    layout: () => ((database as typeof database | undefined)?.get('layout') as number | undefined) ?? 0,
    begin: () => {
      root.transactionSync(() => {
        database.putSync('layout', STATE_LAYOUT);
        database.putSync('id', randomUUID());
      });
    },
    id: () => database.get('id') as string,
    topic: () => database.get('topic') as string | undefined,
    setTopic: (topic) => {
      database.putSync('topic', topic);
    },
    ratingHigh: () => database.get('rating-high') as number | undefined,
    setRatingHigh: (high) => {
      database.putSync('rating-high', high);
    },
    profilesMadeBy: () => database.get('profiles-made-by') as ProfilesMadeBy | undefined,
    setProfilesMadeBy: (by) => {
      database.putSync('profiles-made-by', by);
    },
  };
}
