/** What the person watched and rated, newest first. */

import type { PersonDeed } from '../../../src/sim/page/answers.js';
import { FilmTitle } from '../film-title.js';
import { person } from './session.js';

export function Deeds() {
  const did = person.value?.did ?? [];
  return (
    <section class="card" aria-labelledby="did">
      <h2 id="did">What you watched and rated</h2>
      {did.length === 0 && <p class="about">Nothing yet.</p>}
      <ul class="films deeds">
        {did.map((deed) => (
          <li key={`${deed.kind} ${deed.film.id} ${deed.timeMs} ${deed.value}`}>
            <FilmTitle film={deed.film} />
            <What {...deed} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const What = ({ kind, value, film }: PersonDeed) =>
  kind === 'rated' ? (
    <span class="rating" aria-label={`rated ${value}`}>
      ★ {value}
    </span>
  ) : (
    <span class="when">{value < film.runtime ? `${value} of ${film.runtime} min` : `${value} min`}</span>
  );
