/** Reads the words of those who wait in a lane of the queue, without a network, and stores their profiles. */

import type { StoredProfile } from '../../store/profiles.js';
import type { State } from '../../store/state.js';
import { isSaidAlike, type UserProfile } from '../../store/users.js';
import type { LlmReader } from '../../text/llm/llm-reader.js';
import { profileOf } from '../../text/profile.js';
import type { TitleIndex } from '../../text/title-index.js';
import { storedProfileOf } from './stored-profile.js';

/** Users of one transaction, and the time after which no further one is read for it: the log waits meanwhile for neither. */
const USERS_MAX = 256;
const READING_MS = 50;

/**
 * Reads outside the transaction and writes in one. Whoever said something else meanwhile stays in the queue, and so it does no
 * harm when two read at once. Returns whether anybody was.
 * @param model what it has answered before is laid over at once; else whoever has words is to be read by it, too
 */
export function readLane(
  state: State,
  lane: 'new' | 'again',
  titles: TitleIndex,
  model: LlmReader | undefined,
): boolean {
  const { users, profiles } = state;
  const end = performance.now() + READING_MS;
  const readings: { user: number; said: UserProfile; profile: StoredProfile | undefined; asks: boolean }[] = [];
  for (const user of profiles.wanted(lane, USERS_MAX)) {
    const said = users.get(user)!;
    const known = model?.known(said, titles);
    const asks = model !== undefined && known === undefined && hasWords(said);
    readings.push({ user, said, profile: storedProfileOf(known ?? profileOf(said, titles)), asks });
    if (performance.now() > end) break;
  }
  if (readings.length === 0) return false;
  state.transaction(() => {
    for (const { user, said, profile, asks } of readings) {
      if (!isSaidAlike(users.get(user)!, said)) continue;
      profiles.put(user, profile);
      // Read once, read for both reasons.
      for (const reason of ['new', 'again'] as const) profiles.settled(user, reason);
      // Whoever waited for a model that was switched off, or took their words back, waits no longer.
      if (asks) profiles.want(user, 'model');
      else profiles.settled(user, 'model');
    }
  });
  return true;
}

const hasWords = ({ likes, dislikes }: UserProfile): boolean => likes !== null || dislikes !== null;
