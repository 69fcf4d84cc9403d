/** What Matinee recommends, best first, and because of what. */

import type { ExplainedAnswer } from '../../src/serve/admin-answers.js';
import { reasonWords } from '../../src/serve/reason-words.js';
import { FilmTitle } from './film-title.js';

type Item = ExplainedAnswer['items'][number];

export function Recommended(answer: ExplainedAnswer) {
  const { items, tier } = answer;
  const best = Math.max(...items.map(({ score }) => score ?? 0));
  return (
    <section class="card">
      <h2>What Matinee recommends</h2>
      <p class="about">
        <span class={`dot ${tier}`} /> {explanations[tier](answer)}
      </p>
      <ol class="films ranked">
        {items.map((item) => (
          <li key={item.id}>
            <Film item={item} best={best} />
          </li>
        ))}
      </ol>
      {items.length === 0 && <p class="about">No list: there is neither a model nor a film yet.</p>}
    </section>
  );
}

type Explain = (answer: ExplainedAnswer) => string;

const notPersonal =
  (list: string): Explain =>
  ({ historyCount }) =>
    historyCount === 0
      ? `There is no history to go by, so ${list} is shown.`
      : `The model has no personal answer for this history, so ${list} is shown.`;

const explanations: Readonly<Record<ExplainedAnswer['tier'], Explain>> = {
  personal: ({ model }) => `Computed now from this history by ${model ?? 'a model'}.`,
  cold: ({ model }) => `Computed from what the user says of themselves by ${model ?? 'a model'}.`,
  popular: notPersonal('the popular list'),
  static: notPersonal('the list that came with the model'),
};

function Film({ item, best }: { readonly item: Item; readonly best: number }) {
  const { genres, score, reasons } = item;
  return (
    <div class="film">
      <FilmTitle film={item} />
      {score !== null && <Score score={score} best={best} />}
      {genres.length > 0 && (
        <ul class="genres">
          {genres.map((genre) => (
            <li key={genre}>{genre}</li>
          ))}
        </ul>
      )}
      {reasons.length > 0 && (
        <p class="reasons">
          {reasons.some(({ kind }) => kind === 'watched') ? 'because of ' : 'because '}
          {reasons.map((reason, i) => (
            <span key={reason.id ?? reason.title} title={`adds ${reason.contribution.toFixed(3)} to the score`}>
              {i > 0 && ', '}
              <i>{reasonWords(reason)}</i>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

/** As long as the score is, measured by the best of the list. */
function Score({ score, best }: { readonly score: number; readonly best: number }) {
  const share = best > 0 ? Math.max(0, score / best) : 0;
  return (
    <span class="score" aria-label={`score ${score.toFixed(3)}`}>
      <span class="track" aria-hidden="true">
        <span class="bar" style={{ width: `${share * 100}%` }} />
      </span>
      <span aria-hidden="true">{score.toFixed(2)}</span>
    </span>
  );
}
