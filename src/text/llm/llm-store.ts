/**
 * What is kept of questions to a language model: an LMDB environment of its own, so that removing its folder forgets all of it.
 * Three databases: `answers` (key of the question → answer), `spending` (UTC day → dollars spent or set aside, in billionths) and
 * `claims` (key of a question that is being asked → until when nobody else is to ask it).
 */

import type { Database, RootDatabase } from 'lmdb';
import { succeed, type Result } from '../../core/errors.js';
import { openRoot } from '../../store/lmdb-root.js';
import { transactor, type Transact } from '../../store/transaction.js';
import { answerIn, type Answer } from './prompt.js';

/** Answers by the key of their question (see keyOf): the same text is paid for once. */
export interface Answers {
  /** Undefined, too, where the row is damaged: the question is asked anew. */
  get(key: string): Answer | undefined;
  /** Throws `storage-failed`. */
  set(key: string, answer: Answer): void;
}

/** Several processes may read one queue; of each text only one is to pay. Times are milliseconds since 1970. */
export interface Claims {
  isHeld(key: string, nowMs: number): boolean;
  /** Until it is released or, after a crash, that time has come. Both throw `storage-failed`. */
  hold(key: string, untilMs: number): void;
  release(key: string): void;
}

/** In billionths of a dollar; what is set aside is spent. */
export interface Spending {
  of(day: string): number;
  /** False, and nothing changed, when the day would come to more than `limit`. Throws `storage-failed`. */
  add(day: string, amount: number, limit?: number): boolean;
}

export interface LlmStore {
  readonly answers: Answers;
  readonly spending: Spending;
  readonly claims: Claims;
  readonly transaction: Transact;
  close(): Promise<void>;
}

/** Errors: file-unreadable, storage-failed. */
export const openLlmStore = (folder: string): Result<LlmStore> =>
  openRoot(
    folder,
    {
      ...{ what: 'the answers of a language model', readOnly: false, missing: '' },
      hint: 'Check its permissions; if the file is damaged, remove the folder: texts are then asked about, and paid for, again.',
    },
    (root) => succeed(storeIn(root, folder)),
  );

function storeIn(root: RootDatabase, folder: string): LlmStore {
  const transact = transactor(root, folder);
  const answers: Database<unknown, string> = root.openDB('answers', {});
  const spending: Database<number, string> = root.openDB('spending', {});
  const claims: Database<number, string> = root.openDB('claims', {});
  return {
    answers: {
      get: (key) => readable(() => answerIn(answers.get(key))),
      set: (key, answer) => transact(() => answers.putSync(key, answer)),
    },
    spending: {
      of: (day) => spending.get(day) ?? 0,
      add: (day, amount, limit = Infinity) =>
        transact(() => {
          const sum = (spending.get(day) ?? 0) + amount;
          if (sum > limit) return false;
          spending.putSync(day, sum);
          return true;
        }),
    },
    claims: {
      isHeld: (key, nowMs) => (claims.get(key) ?? 0) > nowMs,
      hold: (key, untilMs) => transact(() => claims.putSync(key, untilMs)),
      release: (key) => transact(() => claims.removeSync(key)),
    },
    transaction: transact,
    close: () => root.close(),
  };
}

/** Undefined for a row that cannot be decoded. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
