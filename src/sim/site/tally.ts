/** What a run has come to so far, as the world itself knows it. */

import type { Answered } from './drive.js';
import type { Played } from './site.js';

export interface Tally {
  /** Lines of the log. */
  readonly lines: number;
  /** Recommendation requests that were answered or given up, by status. */
  readonly requests: Readonly<Record<number, number>>;
  /** Viewers who chose after an answer with a list, and of those who chose from the list. */
  readonly shown: number;
  readonly followed: number;
  /** Mean true satisfaction, 0 … 1, with the films that viewers chose after an answer; NaN before the first. */
  readonly satisfaction: number;
  /** As the last answer said; undefined before the first. */
  readonly model: string | undefined;
  add(played: Played, answers: readonly Answered[]): void;
}

export function createTally(): Tally {
  let [lines, shown, followed, chosen, pleasure] = [0, 0, 0, 0, 0];
  let model: string | undefined;
  const requests: Record<number, number> = {};
  return {
    get lines() {
      return lines;
    },
    requests,
    get shown() {
      return shown;
    },
    get followed() {
      return followed;
    },
    get satisfaction() {
      return pleasure / chosen;
    },
    get model() {
      return model;
    },
    add({ batches, truths }, answers) {
      for (const { count } of batches) lines += count;
      for (const { answer } of answers) model = answer.model ?? model;
      for (const { status, list, chosen: choice } of truths) {
        requests[status] = (requests[status] ?? 0) + 1;
        if (choice === null) continue;
        chosen++;
        pleasure += choice.satisfaction;
        if (list.length === 0) continue;
        shown++;
        if (choice.place >= 0) followed++;
      }
    },
  };
}
