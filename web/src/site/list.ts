/** What is recommended now, and how it differs from the list before. */

import { signal } from '@preact/signals';
import type { Recommendations } from '../../../src/sim/page/answers.js';
import { ask } from './api.js';
import { compare, type Changes } from './changes.js';

/** The newest that came; undefined before. */
export const list = signal<Recommendations>();
/** Since the list before; undefined of the first one. */
export const changes = signal<Changes>();
export const waiting = signal(false);

/** What somebody does is in the log a world second later, and in the next answer when the recommender has read it. */
const WAITS_MS = [400, 600, 1000, 2000, 3000];

let newest = 0;

export async function firstList(user: number): Promise<void> {
  const mine = ++newest;
  waiting.value = true;
  const asked = await recommendations(user);
  if (mine !== newest) return;
  waiting.value = false;
  list.value = asked;
}

/** Asks until the list is another one than the one that is shown, a few times. */
export async function nextList(user: number): Promise<void> {
  const mine = ++newest;
  const before = list.value;
  let after = before;
  waiting.value = true;
  for (const waitMs of WAITS_MS) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (mine !== newest) return;
    after = (await recommendations(user)) ?? before;
    if (mine !== newest) return;
    if (after?.status === 200 && idsOf(after) !== idsOf(before)) break;
  }
  waiting.value = false;
  list.value = after;
  changes.value = before?.status === 200 && after?.status === 200 ? compare(before.films, after.films) : undefined;
}

export function forgetList(): void {
  newest++;
  waiting.value = false;
  list.value = undefined;
  changes.value = undefined;
}

const recommendations = (user: number): Promise<Recommendations | undefined> =>
  ask<Recommendations>(`/site/${user}/recommendations`);

const idsOf = (list: Recommendations | undefined): string | undefined => list?.films.map(({ id }) => id).join();
