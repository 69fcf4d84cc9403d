/** The answer for the user in the address. */

import { effect, signal } from '@preact/signals';
import type { ExplainedAnswer } from '../../src/serve/admin-answers.js';
import { ask, type Asked } from './api.js';
import { user } from './route.js';

/** The newest answer that came; undefined before any user was asked for. */
export const answer = signal<Asked<ExplainedAnswer>>();
export const asking = signal(false);

let newest = 0;

/** Asks for the user in the address, also when the same was asked before: the history may have grown. */
export async function lookUp(): Promise<void> {
  const mine = ++newest;
  asking.value = user.value !== '';
  const asked =
    user.value === '' ? undefined : await ask<ExplainedAnswer>(`/api/recommend/${encodeURIComponent(user.value)}`);
  // An answer that was overtaken by a later question is of no interest.
  if (mine !== newest) return;
  answer.value = asked;
  asking.value = false;
}

export function followUser(): void {
  effect(() => {
    document.title = user.value === '' ? 'Matinee' : `User ${user.value} · Matinee`;
    void lookUp();
  });
}
