/** Answers of a language model by the key of their question (see keyOf): the same text is paid for once. A Map is one. */

import type { Answer } from './prompt.js';

export interface AnswerCache {
  get(key: string): Answer | undefined;
  /** May throw `storage-failed`. */
  set(key: string, answer: Answer): void;
}
