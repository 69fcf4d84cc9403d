/** A film, and what can be done with it: watch it, watch half of it, rate it. */

import type { SiteFilm } from '../../../src/sim/page/answers.js';
import { FilmTitle } from '../film-title.js';
import { watch } from './session.js';
import { Stars } from './stars.js';

export const FilmCard = ({ film, move }: { readonly film: SiteFilm; readonly move?: number | 'new' | undefined }) => (
  <div class="film-card">
    <p class="what">
      <FilmTitle film={film} />
      {move !== undefined && <Move move={move} />}
      <span class="details">
        {film.runtime} min{film.genres.length > 0 && ` · ${film.genres.join(', ')}`}
      </span>
    </p>
    <div class="acts" role="group" aria-label={film.title}>
      <button
        type="button"
        class="plain"
        aria-label={`Watch ${film.title}`}
        onClick={() => void watch(film, film.runtime)}
      >
        Watch
      </button>
      <button
        type="button"
        class="plain"
        aria-label={`Watch half of ${film.title}`}
        onClick={() => void watch(film, Math.floor(film.runtime / 2))}
      >
        Half
      </button>
      <Stars film={film} />
    </div>
  </div>
);

function Move({ move }: { readonly move: number | 'new' }) {
  if (move === 'new') return <span class="move new">new</span>;
  const places = Math.abs(move);
  const up = move > 0;
  return (
    <span class={up ? 'move up' : 'move down'} aria-label={`${up ? 'up' : 'down'} ${places}`}>
      {up ? '↑' : '↓'} {places}
    </span>
  );
}
