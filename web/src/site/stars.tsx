/** As many stars as the site's scale has; those of the newest rating are full. */

import type { SiteFilm } from '../../../src/sim/page/answers.js';
import { facts, rate, ratingOf } from './session.js';

export function Stars({ film }: { readonly film: SiteFilm }) {
  const scale = facts.value?.ratingScale ?? 0;
  const given = ratingOf(film) ?? 0;
  return (
    <span class="stars">
      {Array.from({ length: scale }, (_, i) => i + 1).map((rating) => (
        <button
          key={rating}
          type="button"
          class={rating <= given ? 'star full' : 'star'}
          aria-label={`Rate ${film.title} ${rating} of ${scale}`}
          aria-pressed={rating === given}
          onClick={() => void rate(film, rating)}
        >
          {rating <= given ? '★' : '☆'}
        </button>
      ))}
    </span>
  );
}
