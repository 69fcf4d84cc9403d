/** What the user watched and rated, newest first. */

import type { ExplainedAnswer } from '../../src/serve/admin-answers.js';
import { FilmTitle } from './film-title.js';
import { formatDay, formatNumber } from './format.js';

type Watched = ExplainedAnswer['history'][number];

export function History({ user, history, historyCount }: ExplainedAnswer) {
  return (
    <section class="card">
      <h2>What user {user} watched and rated</h2>
      <p class="about">{summary(history.length, historyCount)}</p>
      <ul class="films">
        {history.map((film) => (
          <li key={film.id}>
            <FilmTitle film={film} />
            <Facts {...film} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function summary(shown: number, count: number): string {
  if (count === 0) return 'Nothing yet: this user is new, or unknown.';
  const films = count === 1 ? 'One film' : `${formatNumber(count)} films`;
  return shown < count ? `${films}; the newest ${shown} are shown.` : `${films}, newest first.`;
}

function Facts({ rating, minutes, lastMs }: Watched) {
  const facts = [minutes !== null && `${formatNumber(minutes)} min`, lastMs > 0 && formatDay(lastMs)].filter(
    (fact) => fact !== false,
  );
  return (
    <span class="watched">
      {facts.length > 0 && <span class="when">{facts.join(' · ')}</span>}
      {rating !== null && (
        <span class="rating" aria-label={`rated ${rating}`}>
          ★ {rating}
        </span>
      )}
    </span>
  );
}
