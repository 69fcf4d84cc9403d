/** Who sits before the page, what they did, and what they do now. */

import { signal } from '@preact/signals';
import type { Person, SiteFacts, SiteFilm } from '../../../src/sim/page/answers.js';
import { ask, problem } from './api.js';
import { firstList, forgetList, nextList } from './list.js';

export interface Profile {
  readonly age: number;
  readonly gender: string;
  readonly occupation: string;
  readonly likes: string;
  readonly dislikes: string;
}

/** Undefined until somebody signed up. */
export const person = signal<Person>();
export const facts = signal<SiteFacts>();

/** The browser remembers who they are. */
const KEY = 'simulated-site-user';

export async function start(): Promise<void> {
  const user = localStorage.getItem(KEY);
  facts.value = await ask<SiteFacts>('/site');
  if (facts.value === undefined || user === null) return;
  person.value = await ask<Person>(`/site/${user}`);
  // A new world does not know them: they may sign up again.
  if (person.value === undefined) problem.value = undefined;
  else await firstList(person.value.user);
}

export async function signUp(profile: Profile): Promise<void> {
  person.value = await ask<Person>('/site/sign-up', profile);
  if (person.value === undefined) return;
  const { user } = person.value;
  localStorage.setItem(KEY, String(user));
  await firstList(user);
  // What they said of themselves reaches the recommender by way of the log, too.
  await nextList(user);
}

export function leave(): void {
  localStorage.removeItem(KEY);
  person.value = undefined;
  problem.value = undefined;
  forgetList();
}

export const watch = (film: SiteFilm, minutes: number): Promise<void> => act('watch', { film: film.id, minutes });
export const rate = (film: SiteFilm, rating: number): Promise<void> => act('rate', { film: film.id, rating });

/** The newest rating of a film; undefined where there is none. */
export const ratingOf = (film: SiteFilm): number | undefined =>
  person.value?.did.find((deed) => deed.kind === 'rated' && deed.film.id === film.id)?.value;

async function act(what: string, body: object): Promise<void> {
  const { user } = person.value!;
  const done = await ask<Person>(`/site/${user}/${what}`, body);
  if (done === undefined) return;
  person.value = done;
  await nextList(user);
}
