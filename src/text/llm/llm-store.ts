/**
 * What is kept of questions to a language model: an LMDB environment of its own, so that removing its folder forgets all of it.
 * Two databases: `answers` (key of the question → answer) and `spending` (UTC day → dollars spent or set aside, in billionths).
 */

import type { Database, RootDatabase } from 'lmdb';
import { succeed, type Result } from '../../core/errors.js';
import { openRoot } from '../../store/lmdb-root.js';
import { transactor } from '../../store/transaction.js';
import type { AnswerCache } from './answer-cache.js';
import type { Answer } from './prompt.js';

export interface Spending {
  of(day: string): number;
  /** False, and nothing changed, when the day would come to more than `limit`. Throws `storage-failed`. */
  add(day: string, amount: number, limit?: number): boolean;
}

export interface LlmStore {
  readonly answers: AnswerCache;
  readonly spending: Spending;
  close(): Promise<void>;
}

/** Errors: file-unreadable. */
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
  const answers: Database<Answer, string> = root.openDB('answers', {});
  const spending: Database<number, string> = root.openDB('spending', {});
  return {
    answers: {
      get: (key) => answers.get(key),
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
    close: () => root.close(),
  };
}
