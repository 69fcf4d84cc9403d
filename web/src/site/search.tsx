/** Films beyond the list, by words of their titles. */

import { signal } from '@preact/signals';
import type { SiteFilm } from '../../../src/sim/page/answers.js';
import { ask } from './api.js';
import { FilmCard } from './film-card.js';

/** Undefined while nothing is searched for. */
const found = signal<readonly SiteFilm[]>();
let newest = 0;

async function search(typed: string): Promise<void> {
  const mine = ++newest;
  if (typed.trim() === '') return void (found.value = undefined);
  const answer = await ask<{ films: readonly SiteFilm[] }>(`/site/films?q=${encodeURIComponent(typed)}`);
  if (mine === newest && answer !== undefined) found.value = answer.films;
}

export const Search = () => (
  <section class="card" aria-labelledby="search">
    <h2 id="search">Something else?</h2>
    <input
      type="search"
      aria-labelledby="search"
      placeholder="words of a title"
      autoComplete="off"
      onInput={(event) => void search(event.currentTarget.value)}
    />
    {found.value?.length === 0 && <p class="about">No film has these words in its title.</p>}
    <ul class="films">
      {found.value?.map((film) => (
        <li key={film.id}>
          <FilmCard film={film} />
        </li>
      ))}
    </ul>
  </section>
);
