/**
 * Reads self-descriptions with a language model, beside the local reader and never instead of it: in its own time, a few at
 * once, each text once, within the day's budget. A failure leaves the caller with the local profile, which needs none of this.
 */

import { MatineeError } from '../../core/errors.js';
import { profileOf, type Profile, type SelfDescription } from '../profile.js';
import type { TitleIndex } from '../title-index.js';
import { accept } from './accept.js';
import type { Budget, Settle } from './budget.js';
import type { ChatClient, TokenUsage } from './chat-client.js';
import { failure, type LlmFailure, type LlmResult } from './failure.js';
import { createGate } from './gate.js';
import type { LlmStore } from './llm-store.js';
import { merged } from './merge.js';
import { keyOf, readAnswer, requestFor, sentTextOf, type Answer, type SentText } from './prompt.js';

export interface LlmReaderOptions {
  readonly chat: ChatClient;
  readonly budget: Budget;
  readonly store: LlmStore;
  /** Questions in flight at once, and those that may wait for their turn. */
  readonly askingMax: number;
  readonly waitingMax: number;
}

/** How a reading ended; `empty` is a text without a word. */
export type LlmOutcome = 'answered' | 'cached' | 'empty' | LlmFailure['code'];

export type Reading = LlmResult<Profile> & { readonly outcome: LlmOutcome };

/** Since the reader was made. */
export interface LlmUsage {
  readonly readings: ReadonlyMap<LlmOutcome, number>;
  readonly tokens: TokenUsage;
  readonly spentUsd: number;
}

export interface LlmReader {
  /**
   * The local profile with what the model adds; film numbers are those of `titles`. Seconds, or minutes when many wait: not for
   * the path of a request. Never rejects.
   */
  read(description: SelfDescription, titles: TitleIndex): Promise<Reading>;
  /** What `read` would give, at once and without a question; undefined where the text has not been answered yet. */
  known(description: SelfDescription, titles: TitleIndex): Profile | undefined;
  usage(): LlmUsage;
  /** Ends the questions in flight, and resolves once nothing more is written; later ones fail. */
  close(): Promise<void>;
}

const failed = (why: LlmFailure): { readonly ok: false; readonly failure: LlmFailure } => ({ ok: false, failure: why });

export function createLlmReader({ chat, budget, store, askingMax, waitingMax }: LlmReaderOptions): LlmReader {
  const { answers, claims, transaction } = store;
  const gate = createGate(askingMax, waitingMax);
  /** By key: whoever brings a text that is being asked about waits for the same answer. */
  const asking = new Map<string, Promise<LlmResult<Answer>>>();
  const outcomes = new Map<LlmOutcome, number>();
  let isClosed = false;

  async function ask(said: SentText, key: string): Promise<LlmResult<Answer>> {
    if (isClosed) return failed(failure('closed', 'closed before it was asked'));
    const request = requestFor(said);
    const settle = begin(key, chat.atMost(request));
    if (typeof settle !== 'function') return settle;
    const { answer, usage } = await chat.ask(request);
    const value = answer.ok ? readAnswer(answer.value) : undefined;
    keep(key, value, () => settle(usage));
    if (!answer.ok) return answer;
    if (value === undefined) return failed(failure('bad-answer', 'no JSON of the shape that was asked for'));
    return { ok: true, value };
  }

  /** Sets aside what a question can cost and claims it: else, the answer that another process was given, or why it is not asked. */
  const begin = (key: string, most: TokenUsage): Settle | LlmResult<Answer> =>
    transaction(() => {
      const value = answers.get(key);
      if (value !== undefined) return { ok: true, value };
      const nowMs = Date.now();
      if (claims.isHeld(key, nowMs)) return failed(failure('claimed', 'another process asks about the same text'));
      const settle = budget.reserve(most);
      if (settle === undefined) return failed(notBorne(most));
      claims.hold(key, nowMs + chat.longestMs);
      return settle;
    });

  /** An answer is there and paid for, even where it cannot be kept: what was set aside for it then stands. */
  function keep(key: string, value: Answer | undefined, settle: () => void): void {
    try {
      transaction(() => {
        settle();
        if (value !== undefined) answers.set(key, value);
        claims.release(key);
      });
    } catch {
      // The next question meets the same fault, before it is asked.
    }
  }

  /** Of a budget that bears no question at all no text is the cause. */
  const notBorne = (most: TokenUsage): LlmFailure =>
    !budget.bears(most) && budget.bears(chat.atMost(requestFor({ likes: '', dislikes: '' })))
      ? failure('too-long', "it alone can cost more than a day's budget")
      : failure('budget-spent', "the day's budget is used up");

  /** Undefined when as many wait as may. */
  function question(said: SentText, key: string): Promise<LlmResult<Answer>> | undefined {
    const same = asking.get(key);
    if (same !== undefined) return same;
    const asked = gate
      .run(() => ask(said, key))
      ?.catch((error: unknown) => failed(storageFailure(error)))
      .finally(() => asking.delete(key));
    if (asked !== undefined) asking.set(key, asked);
    return asked;
  }

  async function answerTo(said: SentText): Promise<{ outcome: LlmOutcome; answer: LlmResult<Answer> }> {
    const key = keyOf(said, chat.model);
    const cached = isClosed ? undefined : answers.get(key);
    if (cached !== undefined) return { outcome: 'cached', answer: { ok: true, value: cached } };
    const answer = (await question(said, key)) ?? failed(failure('overloaded', `${waitingMax} questions wait already`));
    return { outcome: answer.ok ? 'answered' : answer.failure.code, answer };
  }

  const count = (outcome: LlmOutcome): void => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);

  const laidOver = (description: SelfDescription, titles: TitleIndex, answer: Answer): Profile =>
    merged(profileOf(description, titles), accept(answer, titles));

  return {
    read: async (description, titles) => {
      const said = sentTextOf(description);
      if (said === undefined) {
        count('empty');
        return { ok: true, value: profileOf(description, titles), outcome: 'empty' };
      }
      const { outcome, answer } = await answerTo(said);
      count(outcome);
      const read = answer.ok ? { ok: true as const, value: laidOver(description, titles, answer.value) } : answer;
      return { ...read, outcome };
    },
    known: (description, titles) => {
      const said = sentTextOf(description);
      const answer = said && answers.get(keyOf(said, chat.model));
      if (answer === undefined) return undefined;
      count('cached');
      return laidOver(description, titles, answer);
    },
    usage: () => ({ readings: outcomes, tokens: budget.tokens(), spentUsd: budget.spentUsd() }),
    close: async () => {
      isClosed = true;
      chat.close();
      await Promise.all(asking.values());
    },
  };
}

/** In the place of one whose store does not open: whoever is to be read stays in the queue. */
export const failingReader = (why: LlmFailure): LlmReader => ({
  read: () => Promise.resolve({ ...failed(why), outcome: why.code }),
  known: () => undefined,
  usage: () => ({ readings: new Map(), tokens: { input: 0, output: 0 }, spentUsd: 0 }),
  close: () => Promise.resolve(),
});

/** Whatever a store throws, a damaged row as well: nobody waits for a rejection. */
function storageFailure(error: unknown): LlmFailure {
  const isBroken = error instanceof MatineeError && error.code === 'storage-broken';
  return failure(
    isBroken ? 'storage-broken' : 'storage-failed',
    error instanceof Error ? error.message : String(error),
  );
}
