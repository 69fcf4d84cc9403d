/** The list, best first, and what has changed in it since the list before. */

import { useEffect, useRef } from 'preact/hooks';
import type { Recommendations } from '../../../src/sim/page/answers.js';
import { FilmTitle } from '../film-title.js';
import { summaryOf } from './changes.js';
import { FilmCard } from './film-card.js';
import { changes, list, waiting } from './list.js';

export function Recommended() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The film whose button was pressed may be gone, and the focus with it.
    if (changes.value !== undefined && document.activeElement === document.body) heading.current?.focus();
  }, [changes.value]);
  const { films = [] } = list.value ?? {};
  const gone = changes.value?.gone ?? [];
  return (
    <section class="card" aria-labelledby="recommended">
      <h2 id="recommended" ref={heading} tabIndex={-1}>
        Recommended for you
      </h2>
      <p class="about">{list.value !== undefined && <Origin {...list.value} />}</p>
      <p class={waiting.value ? 'news waiting' : 'news'} role="status">
        {news()}
      </p>
      <ol class="films ranked">
        {films.map((film) => (
          <li key={film.id}>
            <FilmCard film={film} move={changes.value?.moves.get(film.id)} />
          </li>
        ))}
      </ol>
      {gone.length > 0 && (
        <div class="gone">
          <h3>No longer in the list</h3>
          <ul>
            {gone.map((film) => (
              <li key={film.id}>
                <FilmTitle film={film} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function news(): string {
  if (waiting.value) return list.value === undefined ? 'Asking …' : 'Waiting for the next list …';
  if (changes.value !== undefined) return summaryOf(changes.value);
  return '';
}

const origins: Readonly<Record<string, string>> = {
  personal: 'Made for you from what you watched',
  cold: 'Made for you from what you say of yourself',
  popular: 'What everybody watches: not enough is known of you yet',
  static: 'The list that came with the model',
};

function Origin({ status, problem, tier, model, latencyMs }: Recommendations) {
  if (problem !== null) {
    return (
      <>
        The recommender gave no list (status {status}): {problem}
      </>
    );
  }
  return (
    <>
      {tier !== null && <span class={`dot ${tier}`} />} {tier !== null && `${origins[tier] ?? tier} · `}
      {model !== null && `${model} · `}
      {latencyMs} ms
    </>
  );
}
