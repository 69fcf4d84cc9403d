/**
 * Has a language model read the words of those whose local profile is stored, a few at once, and lays over what it adds:
 *
 *   1. `turn` starts questions about those who stand in the lane `model`;
 *   2. their answers wait in memory, the users stay in the lane;
 *   3. `apply` stores what came in. Whoever said something else meanwhile stays.
 */

import type { State } from '../../store/state.js';
import { isSaidAlike, type UserProfile } from '../../store/users.js';
import type { LlmFailure } from '../../text/llm/failure.js';
import type { LlmReader, Reading } from '../../text/llm/llm-reader.js';
import type { TitleIndex } from '../../text/title-index.js';
import { backOff } from '../back-off.js';
import { storedProfileOf } from './stored-profile.js';

/** Questions in flight at once. */
export const ASKING_MAX = 4;

/**
 * Nobody's text is the cause: it is asked about again. After any other failure the local profile stays, so that no text stands
 * in the way of the others, or is paid for again and again.
 */
const PASSING: readonly LlmFailure['code'][] = [
  ...(['rate-limited', 'unreachable', 'not-let-in', 'claimed', 'budget-spent', 'overloaded'] as const),
  ...(['storage-failed', 'storage-broken', 'closed'] as const),
];

export interface ModelReadings {
  /** Starts what may be started; returns at once. */
  turn(titles: TitleIndex, nowMs: number): void;
  /** Stores what came in; returns whether anything had. */
  apply(titles: TitleIndex, nowMs: number): boolean;
  /** Something is in flight, waits to be stored, or can be asked now. */
  busy(nowMs: number): boolean;
  /** After which the model is tried with one question at a time; undefined while it answers. */
  failure(): LlmFailure | undefined;
  /** Ends the questions in flight; they are asked again after the next start. */
  close(): Promise<void>;
}

interface Answer {
  readonly user: number;
  readonly said: UserProfile;
  readonly titles: TitleIndex;
  readonly result: Reading;
}

/** Of the text, not of the endpoint. */
const SAYS_NOTHING: readonly LlmFailure['code'][] = ['too-long', 'claimed'];
/** Whoever met a question of another process looks again so much later. */
const CLAIMED_MS = 1000;

/** @param seed of the jitter */
export function createModelReadings(state: State, reader: LlmReader, seed: number): ModelReadings {
  const { users, profiles } = state;
  /** In flight, or answered and not stored yet. */
  const taken = new Set<number>();
  const answers: Answer[] = [];
  /** Behind whoever stays in the lane for having failed: else they would be asked first again, and nobody else ever. */
  let from = 0;
  const pauses = backOff(seed);
  let pausedUntilMs = 0;
  let claimedUntilMs = 0;
  let failure: LlmFailure | undefined;

  async function ask(user: number, titles: TitleIndex): Promise<void> {
    taken.add(user);
    const said = users.get(user)!;
    answers.push({ user, said, titles, result: await reader.read(said, titles) });
  }

  function noteHealth({ result }: Answer, nowMs: number): void {
    if (result.outcome === 'answered') {
      failure = undefined;
      pauses.answered();
    }
    if (result.outcome === 'claimed') claimedUntilMs = nowMs + CLAIMED_MS;
    if (result.ok || SAYS_NOTHING.includes(result.failure.code)) return;
    failure = result.failure;
    const { retryAfterMs } = failure;
    // What was in flight beside the first that failed is of the same outage: one failure, not four.
    const pauseMs = nowMs < pausedUntilMs ? retryAfterMs : pauses.failed(retryAfterMs);
    pausedUntilMs = Math.max(pausedUntilMs, nowMs + pauseMs);
  }

  function store({ user, said, result, ...asked }: Answer, titles: TitleIndex): void {
    if (!isSaidAlike(users.get(user)!, said)) return;
    if (result.ok) {
      // Of the films that are known by now, as the local profile may be.
      const known = asked.titles === titles ? undefined : reader.known(said, titles);
      profiles.put(user, storedProfileOf(known ?? result.value));
    } else if (PASSING.includes(result.failure.code)) {
      from = user + 1;
      return;
    }
    profiles.settled(user, 'model');
  }

  return {
    turn: (titles, nowMs) => {
      if (nowMs < Math.max(pausedUntilMs, claimedUntilMs)) return;
      // One that fails is probed with one question.
      const free = (failure === undefined ? ASKING_MAX : 1) - taken.size;
      if (free <= 0) return;
      const waiting = profiles.wanted('model', ASKING_MAX + taken.size, from).filter((user) => !taken.has(user));
      if (waiting.length === 0) from = 0;
      for (const user of waiting.slice(0, free)) void ask(user, titles);
    },
    apply: (titles, nowMs) => {
      const came = answers.splice(0);
      if (came.length === 0) return false;
      for (const answer of came) {
        taken.delete(answer.user);
        noteHealth(answer, nowMs);
      }
      state.transaction(() => {
        for (const answer of came) store(answer, titles);
      });
      return true;
    },
    busy: (nowMs) => taken.size > 0 || (nowMs >= pausedUntilMs && profiles.wanted('model', 1).length > 0),
    failure: () => failure,
    close: () => reader.close(),
  };
}
